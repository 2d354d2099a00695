"""What is read right from other forms of the source documents, and how fast: docx, text pdf and scans.

    python benchmarks/scans.py [--workers 1] [--quick] [--only KIND]

The source documents are found through CAUNOI_SHARED (default ``../shared``). Each is laid out as docx in the form of
the decree, printed to pdf by LibreOffice and scanned: rasterised, turned, blurred, grained, JPEG; the worst on grey
paper with a stamp over the signature. What is parsed from each form is compared with what is parsed from the text. A
citation that differs counts as doubtful when the least certain of its words, those of its date included, is read with a
confidence under 0.7.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import vanban
from vanban.document import ParsedDocument, SourceText
from vanban.reading.fold import fold

REPOSITORY: Final = Path(__file__).resolve().parents[1]
SHARED: Final = Path(os.environ.get("CAUNOI_SHARED") or REPOSITORY.parent / "shared")
sys.path.insert(0, str(REPOSITORY / "vanban" / "tests"))

import makers  # noqa: E402 - found by the line above

DOUBTFUL: Final = 0.7
SCANNERS: Final = {
    "scan 300 dpi": makers.Scanner(),
    "scan 300 dpi, bad": makers.Scanner(skew=1.2, noise=25, blur=0.9, jpeg_quality=45, seed=7),
    "scan 200 dpi": makers.Scanner(dpi=200, skew=1.0, noise=15, jpeg_quality=55, seed=9),
    "scan 200 dpi, worst": makers.Scanner(dpi=200, skew=3.0, noise=15, jpeg_quality=55, seed=11, paper=205, stamp=True),
}


@dataclass(slots=True)
class Tally:
    """Counts of one form over all documents."""

    pages: int = 0
    seconds: float = 0.0
    words: int = 0
    words_found: int = 0
    right: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    citations: int = 0
    flagged: int = 0
    silent: int = 0


def facts(document: ParsedDocument) -> dict[str, list[str]]:
    """Facts by kind, as text."""
    head = document.header
    names = ("doc_type", "number", "symbol", "issue_date", "issuer", "superior", "title")
    return {
        "citation key and date": [f"{citation.key} {citation.date}" for citation in document.citations],
        "deadline": [f"{deadline.kind} {deadline.dates}" for deadline in document.deadlines],
        "heading": [f"{heading.level} {fold(heading.text)[:20]}" for heading in document.headings],
        "head": [f"{name} {fold(str(getattr(getattr(head, name), 'value', None)))}" for name in names],
        "recipient": [fold(recipient.name) for recipient in document.recipients or ()],
    }


def common(wanted: Sequence[str], found: Sequence[str]) -> int:
    """How many of ``wanted`` stand in ``found`` in the same order."""
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def count(tally: Tally, text: str, data: bytes, workers: int) -> None:
    """Read ``data`` and add what is right to ``tally``."""
    begun = time.perf_counter()
    source = vanban.read(data, workers=workers)
    tally.seconds += time.perf_counter() - begun
    tally.pages += len(source.pages)
    want, have = (Counter(re.findall(r"\w+", fold(part.replace("*", "")))) for part in (text, source.text))
    tally.words += want.total()
    tally.words_found += want.total() - (want - have).total()
    expected, document = vanban.parse(text), vanban.parse(source)
    found = facts(document)
    for name, wanted in facts(expected).items():
        tally.wanted[name] += len(wanted)
        tally.right[name] += common(wanted, found[name])
    doubts(tally, expected, document, source)


def doubts(tally: Tally, expected: ParsedDocument, document: ParsedDocument, source: SourceText) -> None:
    """Count the citations that differ, by whether their words are doubtful, and all that are."""
    right = {(citation.key, citation.date) for citation in expected.citations}
    for citation in document.citations:
        low, high = citation.span.start, citation.span.end + 40
        sure = min((w.confidence for w in source.words if w.span.start < high and low < w.span.end), default=1.0)
        tally.citations += 1
        tally.flagged += sure < DOUBTFUL
        tally.silent += sure >= DOUBTFUL and (citation.key, citation.date) not in right


def show(name: str, tally: Tally) -> None:
    """Print the figures of one form."""
    rate = f"{60 * tally.pages / tally.seconds:8.0f} pages/min" if tally.pages else f"{tally.seconds:8.2f} s in all"
    print(f"{name:20} {rate}   words {tally.words_found}/{tally.words} ({tally.words_found / tally.words:.4f})")
    print("   " + "  ".join(f"{kind} {tally.right[kind]}/{total}" for kind, total in tally.wanted.items()))
    if name.startswith("scan"):
        print(
            f"   citations flagged as doubtful {tally.flagged}/{tally.citations}, wrong and not flagged {tally.silent}"
        )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=1, help="pages read at a time")
    parser.add_argument("--only", choices=SCANNERS, help="one kind of scan alone")
    parser.add_argument("--quick", action="store_true", help="only the good scan")
    options = parser.parse_args()
    paths = sorted((SHARED / "documents").glob("*.txt"))
    if not paths:
        print(f"no source documents in {SHARED.name}/documents; set CAUNOI_SHARED to the folder that holds them")
        return 1
    texts = [path.read_bytes().decode() for path in paths]
    words = [makers.make_docx(text) for text in texts]
    pdfs = [makers.convert_office(word, "pdf") for word in words]
    scanners = dict(list(SCANNERS.items())[:1]) if options.quick else SCANNERS
    scanners = {options.only: SCANNERS[options.only]} if options.only else scanners
    forms: dict[str, Callable[[int], bytes]] = {"docx": words.__getitem__, "text pdf": pdfs.__getitem__}
    for name, scanner in scanners.items():
        forms[name] = lambda index, scanner=scanner: makers.make_scan(pdfs[index], scanner)  # type: ignore[misc]
    print(f"{len(texts)} documents, {sum(map(len, texts))} characters, {options.workers} page(s) at a time")
    for name, make in forms.items():
        tally = Tally()
        for index, text in enumerate(texts):
            count(tally, text, make(index), options.workers)
        show(name, tally)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
