"""Reads pictures of pages with tesseract (``vie``): words with boxes and confidence."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from vanban.diagnostics import UnreadableError
from vanban.reading.children import find_tool, own_folder, run_limited
from vanban.reading.images import Picture, straighten
from vanban.reading.limits import Limits
from vanban.reading.words import PageWords, Word

_INCH = 72.0
_WORD = "5"
_NOISE = 0.15
"""Marks read with less confidence than this are dirt, not words, unless they hold three letters or digits."""


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    left: int
    top: int
    width: int
    height: int
    confidence: float


def recognise(picture: Picture, number: int, limits: Limits) -> PageWords:
    """The words printed in ``picture``, in points of the page once it is set straight.

    Raises ``tool_missing`` without tesseract, ``timeout``, and ``corrupt`` when tesseract fails on the picture.
    """
    image = straighten(picture.image.convert("L"))
    program = find_tool("tesseract")
    with own_folder() as folder:
        page = folder / "page.pgm"
        image.save(page)
        table = _tesseract(program, page, folder, picture.dpi, limits)
    scale = _INCH / picture.dpi
    words = tuple(
        Word(
            read.text,
            read.left * scale,
            read.top * scale,
            (read.left + read.width) * scale,
            (read.top + read.height) * scale,
            read.confidence,
        )
        for read in _table(table)
        if _is_word(read)
    )
    return PageWords(number, picture.width, picture.height, words, scanned=True)


def _tesseract(program: str, page: Path, folder: Path, dpi: float, limits: Limits) -> str:
    command = [program, page.name, "stdout", "-l", "vie", "--dpi", str(round(dpi)), "--psm", "3", "tsv"]
    output = run_limited(command, folder=folder, seconds=limits.page_seconds, memory=limits.child_memory)
    if output is None:
        raise UnreadableError("corrupt")
    return output.decode("utf-8", "replace")


def _table(text: str) -> list[_Read]:
    found: list[_Read] = []
    for row in csv.DictReader(StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("level") != _WORD or not (row.get("text") or "").strip():
            continue
        found.append(
            _Read(
                row["text"].strip(),
                int(row["left"]),
                int(row["top"]),
                int(row["width"]),
                int(row["height"]),
                max(0.0, min(float(row["conf"]) / 100, 1.0)),
            )
        )
    return found


def _is_word(read: _Read) -> bool:
    solid = sum(1 for letter in read.text if letter.isalnum())
    return read.confidence >= _NOISE or solid >= 3
