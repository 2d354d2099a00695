"""``vanban draft`` writes a draft in JSON as docx; ``vanban convert`` turns a document into another format."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from vanban.diagnostics import UnreadableError
from vanban.parsing import parse
from vanban.reading import read
from vanban.serialize import to_json
from vanban.writing.akn import to_akn
from vanban.writing.docx import write
from vanban.writing.draft import Draft
from vanban.writing.exchange import InvalidDraftError, draft_from_json, draft_to_json
from vanban.writing.pdf import to_pdf
from vanban.writing.redraft import draft_from

_OUTPUTS: dict[str, Callable[[Draft], bytes]] = {
    ".docx": write,
    ".pdf": lambda draft: to_pdf(write(draft)),
    ".draft.json": lambda draft: json.dumps(draft_to_json(draft), ensure_ascii=False, indent=1).encode(),
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``draft`` and ``convert``; the ``run`` default of each takes the namespace and returns the exit code."""
    draft = subparsers.add_parser("draft", help="write a docx (or pdf) from a draft in JSON")
    draft.add_argument("file", type=Path, metavar="FILE.json")
    draft.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.docx")
    draft.set_defaults(run=run)
    convert = subparsers.add_parser("convert", help="turn a document into another format, by the ending of OUT")
    convert.add_argument("file", type=Path, metavar="FILE")
    convert.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="OUT",
        help=".xml (Akoma Ntoso), .json, .txt, .docx, .pdf, .draft.json",
    )
    convert.set_defaults(run=run_convert)


def run(arguments: argparse.Namespace) -> int:
    """Write the file; 2 when the JSON is no draft or the pdf cannot be made."""
    source: Path = arguments.file
    target: Path = arguments.output
    try:
        draft = draft_from_json(json.loads(source.read_text(encoding="utf-8")))
        data = write(draft)
        target.write_bytes(to_pdf(data) if target.suffix.casefold() == ".pdf" else data)
    except InvalidDraftError as error:
        wanted = f" ({error.wanted})" if error.wanted else ""
        return _refused("draft", source, f"{error.path}: {error.code}{wanted}")
    except (OSError, ValueError, UnreadableError) as error:
        return _refused("draft", source, str(error))
    return 0


def run_convert(arguments: argparse.Namespace) -> int:
    """Write OUT; 2 when the file cannot be read or the ending of OUT is unknown."""
    source: Path = arguments.file
    target: Path = arguments.output
    try:
        data = converted(source, target.name.casefold())
        target.write_bytes(data)
    except (OSError, ValueError, UnreadableError) as error:
        return _refused("convert", source, str(error))
    return 0


def converted(source: Path, name: str) -> bytes:
    """The document ``source`` in the format that the ending of ``name`` says; raises ValueError for another ending."""
    parsed = parse(read(source))
    for ending, write_draft in _OUTPUTS.items():
        if name.endswith(ending):
            return write_draft(draft_from(parsed))
    if name.endswith((".xml", ".akn")):
        return to_akn(parsed)
    if name.endswith(".json"):
        return json.dumps(to_json(parsed), ensure_ascii=False, indent=1).encode()
    if name.endswith(".txt"):
        return parsed.text.encode()
    raise ValueError(f"unknown ending: {name}")


def _refused(command: str, source: Path, why: str) -> int:
    print(f"vanban {command}: {source}: {why}", file=sys.stderr)
    return 2
