"""``vanban check FILE [--register DIR] [--json]``: what is wrong with a document, a line or a JSON object a finding."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from vanban.checks.checking import check
from vanban.checks.finding import Finding, finding_to_json
from vanban.checks.register import KnownDocument, Register, built_in, rows_from
from vanban.diagnostics import Severity, UnreadableError
from vanban.document import ParsedDocument
from vanban.parsing import parse
from vanban.reading import read

_WORDS = {Severity.ERROR: "LỖI", Severity.WARNING: "cảnh báo", Severity.NOTE: "lưu ý"}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``check`` to the subcommands of a program; its ``run`` default takes the namespace, returns the exit code."""
    parser = subparsers.add_parser("check", help="say what is wrong with a document")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--register",
        type=Path,
        metavar="DIR",
        help="documents to compare with; *.json files with a list `documents` add rows of validity",
    )
    parser.add_argument("--json", action="store_true", help="print one list of findings as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the findings: 0 no error among them, 1 errors, 2 the file or the register could not be read."""
    path: Path = arguments.file
    folder: Path | None = arguments.register
    try:
        document = parse(read(path))
        register = register_from(folder, without=path) if folder else None
    except (UnreadableError, OSError, ValueError, KeyError) as error:
        print(f"vanban check: {error}", file=sys.stderr)
        return 2
    findings = check(document, register=register)
    if arguments.json:
        print(json.dumps([finding_to_json(one) for one in findings], ensure_ascii=False, indent=1))
    else:
        for one in findings:
            print(_line(document.text, one))
    return 1 if any(one.severity is Severity.ERROR for one in findings) else 0


def register_from(folder: Path, *, without: Path) -> Register:
    """The documents and rows of ``folder`` but the file ``without`` itself; unreadable files are named on stderr.

    Raises ValueError or KeyError when a register file is malformed.
    """
    known: list[KnownDocument] = list(built_in())
    documents: list[tuple[str, ParsedDocument]] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or not path.is_file() or _same(path, without):
            continue
        if path.suffix.casefold() == ".json":
            known.extend(rows_from(path))
            continue
        try:
            documents.append((path.stem, parse(read(path))))
        except UnreadableError as error:
            print(f"vanban check: {path}: {error}", file=sys.stderr)
    return Register(tuple(documents), tuple(known))


def _same(path: Path, other: Path) -> bool:
    """Whether both are one file, or hold the same bytes under two names."""
    return path.resolve() == other.resolve() or path.read_bytes() == other.read_bytes()


def _line(text: str, finding: Finding) -> str:
    line = text.count("\n", 0, finding.span.start) + 1
    rank = f" #{finding.rank}" if finding.rank else ""
    said = f"{finding.text[:60]}…" if len(finding.text) > 60 else finding.text
    return f"{line}: {_WORDS[finding.severity]} {finding.klass}{rank} “{said}”: {finding.why} {finding.mend}"
