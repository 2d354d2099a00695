"""``vanban``: one subcommand for each thing the library does."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from vanban.checks import command as check_command
from vanban.diagnostics import UnreadableError
from vanban.parsing import parse
from vanban.reading import read
from vanban.serialize import to_json
from vanban.writing import command as draft_command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit code: 0 done, 2 a file could not be read."""
    parser = argparse.ArgumentParser(prog="vanban", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_parse(commands)
    _add_read(commands)
    check_command.add_parser(commands)
    draft_command.add_parser(commands)
    chosen = parser.parse_args(arguments)
    code: int = chosen.run(chosen)
    return code


def _add_parse(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("parse", help="print what documents say, one JSON a line, or write DIR/STEM.json")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, metavar="DIR")
    parser.set_defaults(run=run_parse)


def _add_read(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("read", help="print the text of a document of any format")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(run=run_read)


def run_parse(chosen: argparse.Namespace) -> int:
    """Parse every file; a file that cannot be read is named on stderr and the others go on."""
    folder: Path | None = chosen.out
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    for path in chosen.files:
        try:
            data = to_json(parse(read(path)))
        except (UnreadableError, OSError) as error:
            failed += 1
            print(f"vanban parse: {path}: {error}", file=sys.stderr)
            continue
        if folder is None:
            print(json.dumps(data, ensure_ascii=False))
        else:
            target = folder / f"{path.stem}.json"
            target.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return 2 if failed else 0


def run_read(chosen: argparse.Namespace) -> int:
    """Print the text of one file."""
    try:
        source = read(chosen.file)
    except (UnreadableError, OSError) as error:
        print(f"vanban read: {chosen.file}: {error}", file=sys.stderr)
        return 2
    sys.stdout.write(source.text)
    return 0
