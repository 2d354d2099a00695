"""The command ``caunoi``: Django's management commands under the project's own name."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one management command, with the settings of a local installation unless told otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caunoi.settings.local")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
