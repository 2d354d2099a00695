"""``vanban draft``: a draft in JSON → docx (or pdf, by the ending of the output's name)."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from vanban.writing.docx import write
from vanban.writing.exchange import InvalidDraftError, draft_from_json
from vanban.writing.pdf import to_pdf


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``draft`` to the subcommands of a program; its ``run`` default takes the namespace, returns the exit code."""
    parser = subparsers.add_parser("draft", help="write a docx (or pdf) from a draft in JSON")
    parser.add_argument("file", type=Path, metavar="FILE.json")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.docx")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the file; 2 when the JSON is no draft."""
    source: Path = arguments.file
    target: Path = arguments.output
    try:
        draft = draft_from_json(json.loads(source.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        print(f"vanban draft: {source}: {error}", file=sys.stderr)
        return 2
    except InvalidDraftError as error:
        wanted = f" ({error.wanted})" if error.wanted else ""
        print(f"vanban draft: {source}: {error.path}: {error.code}{wanted}", file=sys.stderr)
        return 2
    data = write(draft)
    target.write_bytes(to_pdf(data) if target.suffix.casefold() == ".pdf" else data)
    return 0
