"""Reads pictures of pages with tesseract (``vie``): words with boxes and confidence."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path
from statistics import median

from PIL import Image

from vanban.diagnostics import UnreadableError
from vanban.reading.children import find_tool, own_folder, run_limited
from vanban.reading.images import Picture, is_sideways, straighten
from vanban.reading.limits import Limits
from vanban.reading.mending import Read, mended, without_dirt
from vanban.reading.words import PageWords, Word

_INCH = 72.0
_ROTATE = re.compile(rb"Rotate: (\d+)")
_WORD = "5"
_FIND_COLUMNS, _ONE_COLUMN = "3", "6"
_DOUBTED = 0.4
"""Confidence of a word whose accents were cut off."""


def upright(picture: Picture, limits: Limits) -> Picture:
    """``picture`` as it is read: a sheet that lies on its side turned, its skew taken out."""
    image = picture.image
    if is_sideways(image):
        turn = _turn(image.convert("L"), limits)
        image = image.rotate(turn, expand=True) if turn else image
    return Picture(straighten(image), picture.dpi)


def _turn(image: Image.Image, limits: Limits) -> int:
    """By how many degrees counter-clockwise tesseract would turn a sheet on its side; 0 when it sees none."""
    program = find_tool("tesseract")
    with own_folder() as folder:
        image.save(folder / "page.pgm")
        command = [program, "page.pgm", "stdout", "--psm", "0", "-l", "osd"]
        output = run_limited(command, folder=folder, seconds=limits.page_seconds, memory=limits.child_memory)
    found = _ROTATE.search(output or b"")
    return -int(found.group(1)) if found is not None and found.group(1) in (b"90", b"270") else 0


def recognise(picture: Picture, number: int, limits: Limits) -> PageWords:
    """The words printed in ``picture``, in points of the page once it is set upright and straight.

    Raises ``tool_missing`` without tesseract, ``timeout``, and ``corrupt`` when tesseract fails on the picture.
    """
    program = find_tool("tesseract")
    picture = upright(Picture(picture.image.convert("L"), picture.dpi), limits)
    with own_folder() as folder:
        page = folder / "page.pgm"
        picture.image.save(page)
        found = mended(_tesseract(program, page, folder, picture.dpi, limits), picture.image)
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
        for read in without_dirt(found)
    )
    return PageWords(number, picture.width, picture.height, words, scanned=True)


def _tesseract(program: str, page: Path, folder: Path, dpi: float, limits: Limits) -> list[Read]:
    """What tesseract reads; as one column where its search for columns cut accents off their lines."""

    def once(layout: str) -> tuple[list[Read], list[list[Read]]]:
        command = [program, page.name, "stdout", "-l", "vie", "--dpi", str(round(dpi)), "--psm", layout, "tsv"]
        output = run_limited(command, folder=folder, seconds=limits.page_seconds, memory=limits.child_memory)
        if output is None:
            raise UnreadableError("corrupt")
        found = _table(output.decode("utf-8", "replace"))
        return found, _loose_accents(found)

    found, loose = once(_FIND_COLUMNS)
    if loose:
        again, still_loose = once(_ONE_COLUMN)
        if len(still_loose) < len(loose) and _sureness(again) > _sureness(found) - 0.02:
            found, loose = again, still_loose
    return _without(found, loose) if loose else found


def _sureness(found: list[Read]) -> float:
    weight = sum(len(read.text) for read in found)
    return sum(read.confidence * len(read.text) for read in found) / weight if weight else 0.0


def _table(text: str) -> list[Read]:
    found: list[Read] = []
    for row in csv.DictReader(StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("level") != _WORD or not (row.get("text") or "").strip():
            continue
        found.append(
            Read(
                row["text"].strip(),
                int(row["left"]),
                int(row["top"]),
                int(row["width"]),
                int(row["height"]),
                max(0.0, min(float(row["conf"]) / 100, 1.0)),
                (row["block_num"], row["par_num"], row["line_num"]),
            )
        )
    return found


def _loose_accents(found: list[Read]) -> list[list[Read]]:
    """Lines that are no print but the accents of the line below, cut off."""
    tall = [read.height for read in found if len(read.text) > 1]
    if not tall:
        return []
    lines: dict[tuple[str, str, str], list[Read]] = {}
    for read in found:
        lines.setdefault(read.line, []).append(read)
    usual = median(tall)
    return [line for line in lines.values() if len(line) > 2 and median(read.height for read in line) < 0.45 * usual]


def _without(found: list[Read], loose: list[list[Read]]) -> list[Read]:
    """``found`` without ``loose`` lines; the words whose accents they are become doubtful."""
    usual = median(read.height for read in found if len(read.text) > 1)
    gone = {id(read) for line in loose for read in line}
    return [_doubted(read, loose, usual) for read in found if id(read) not in gone]


def _doubted(read: Read, loose: list[list[Read]], usual: float) -> Read:
    for line in loose:
        for mark in line:
            above = -usual < read.top - (mark.top + mark.height) < 0.8 * usual
            if above and mark.left < read.left + read.width and read.left < mark.left + mark.width:
                return replace(read, confidence=min(read.confidence, _DOUBTED))
    return read
