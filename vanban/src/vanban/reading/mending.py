"""Mends what tesseract is known to misread where the picture itself decides; a mended word stays a little doubtful."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from PIL import Image

_ROMAN = re.compile(r"(V?)([IHLTl1i|!ÍÌ]{1,4})([.,:/)]?)")
_DOUBLE_HYPHEN = re.compile(r"(?<=\w)[-–—]{2}(?=\w)")
_MENDED = 0.65
"""The most confidence a mended word has."""


@dataclass(frozen=True, slots=True)
class Read:
    """One word as tesseract reports it; the box in pixels."""

    text: str
    left: int
    top: int
    width: int
    height: int
    confidence: float
    line: tuple[str, str, str]
    """The line that tesseract found it on: block, paragraph, line."""


def mended(found: Sequence[Read], image: Image.Image) -> list[Read]:
    """``found`` with Roman numerals at the beginning of lines counted again, and hyphens read twice made one."""
    out: list[Read] = []
    for _, line in groupby(found, key=lambda read: read.line):
        words = list(line)
        if len(words) > 1 and (first := _numeral(words[0], image)) is not None:
            words[0] = _changed(words[0], first)
        out.extend(_changed(word, _DOUBLE_HYPHEN.sub("-", word.text)) for word in words)
    return out


def _changed(read: Read, text: str) -> Read:
    return read if text == read.text else replace(read, text=text, confidence=min(read.confidence, _MENDED))


def _numeral(read: Read, image: Image.Image) -> str | None:
    """The numeral I, II, III, VI, VII or VIII that ``read`` is by the number of its strokes, else ``None``.

    Tesseract drops or joins strokes ("II" for "III", "HI" for "III"); the outline of a document hangs on them.
    """
    match = _ROMAN.fullmatch(read.text)
    if match is None or not {"I", "H"} & set(match.group(2)):
        return None
    five, _, point = match.groups()
    count = _strokes(read, image) - (2 if five else 0)
    return f"{five}{'I' * count}{point}" if 1 <= count <= 3 else None


def _strokes(read: Read, image: Image.Image) -> int:
    """How many upright strokes a horizontal cut through the upper part of the letters meets."""
    top, bottom = read.top + 0.22 * read.height, read.top + 0.4 * read.height
    band = image.crop((read.left - 3, round(top), read.left + read.width + 3, max(round(bottom), round(top) + 1)))
    profile = band.resize((band.width, 1), Image.Resampling.BOX).tobytes()
    middle = (min(profile) + max(profile)) / 2
    return sum(1 for dark, run in groupby(profile, key=lambda value: value < middle) if dark and len(list(run)) > 1)
