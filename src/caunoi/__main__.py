"""The command ``caunoi``: Django's management commands under the project's own name."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one management command, with the settings of a local installation unless told otherwise.

    Its name may be written with hyphens: ``caunoi move-database``.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caunoi.settings.local")
    from django.core.management import execute_from_command_line

    name = [word.replace("-", "_") for word in sys.argv[1:2] if not word.startswith("-")] or sys.argv[1:2]
    execute_from_command_line([*sys.argv[:1], *name, *sys.argv[2:]])


if __name__ == "__main__":
    main()
