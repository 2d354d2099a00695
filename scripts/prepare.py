"""Brings an installation up to date before it starts: translations, tables, static files, demonstration office.

Everything here may be repeated: what is there already is left as it is. One process, because starting Django several
times would take longer than all the work of an ordinary start.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command, get_commands

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "caunoi"


def say(text: str) -> None:
    """Tell the person at the terminal one short line."""
    print(f"· {text}", flush=True)


def compile_translations() -> None:
    """Compile each catalogue that is newer than its compiled form."""
    for source in sorted(PACKAGE.glob("**/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            say(f"compiling translation {source.relative_to(PACKAGE)}")
            subprocess.run(["msgfmt", "--check-format", "-o", compiled, source], check=True)


def migrate() -> None:
    """Bring the tables up to date, in silence when they are."""
    told = io.StringIO()
    call_command("migrate", interactive=False, stdout=told)
    if steps := told.getvalue().count("... OK"):
        say(f"database: {steps} migrations applied")


def collect_static() -> None:
    """Copy style sheets, scripts and pictures to where the web server serves them from."""
    call_command("collectstatic", interactive=False, verbosity=0)


def demonstrate() -> None:
    """Load the fictional office into an empty database and print one account per role."""
    if not getattr(settings, "DEMONSTRATION", False) or "demo" not in get_commands():
        return
    call_command("demo", "--if-empty")
    print()
    call_command("demo", "--accounts")
    print(flush=True)


def main() -> None:
    """Prepare the installation that the environment describes; with the word ``translations`` only these."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caunoi.settings.local")
    compile_translations()
    if sys.argv[1:] == ["translations"]:
        return
    django.setup()
    migrate()
    collect_static()
    demonstrate()


if __name__ == "__main__":
    main()
