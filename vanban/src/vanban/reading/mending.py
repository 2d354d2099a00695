"""Mends what tesseract is known to misread where the picture itself decides; a mended word stays a little doubtful."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from PIL import Image

from vanban.reading.encodings import is_syllable
from vanban.reading.fold import fold

_ROMAN = re.compile(r"(V?)([IHLTl1i|!ÍÌ]{1,4})([.,:/)]?)")
_DOUBLE_HYPHEN = re.compile(r"(?<=\w)[-–—]{2}(?=\w)")
_POINTS = ".,;:!?()[]“”\"'…/-"
_RULES = "|¦_"
_NOISE = 0.15
"""A single letter or mark read with less confidence than this is dirt."""
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
    """``found`` with the Roman numerals of headings counted again, doubled hyphens made one, stray capitals small."""
    out: list[Read] = []
    for _, line in groupby(found, key=lambda read: read.line):
        words = list(line)
        at = _numeral_place(words)
        if at < len(words) and (numeral := _numeral(words[at], image)) is not None:
            words[at] = _changed(words[at], numeral)
        words = [_changed(word, _DOUBLE_HYPHEN.sub("-", word.text)) for word in words]
        out.extend(_small(words, index) for index in range(len(words)))
    return out


def without_dirt(found: Sequence[Read]) -> list[Read]:
    """``found`` without the rules of tables and under print, and without specks that tesseract does not believe."""
    bare = (replace(read, text=read.text.strip(_RULES)) for read in found)
    return [read for read in bare if read.text and _is_word(read)]


def _numeral_place(words: Sequence[Read]) -> int:
    """Which word of a line may be the numeral of a heading: the first, or the one after "Phụ lục", "Chương" …"""
    named = fold(" ".join(word.text for word in words[:2]))
    if named == "phu luc":
        return 2
    if named.startswith(("chuong ", "phan ", "muc ")):
        return 1
    return 0 if len(words) > 1 else 1


def _small(words: Sequence[Read], index: int) -> Read:
    """A short syllable in capitals between words in small letters: its capitals look like its small letters."""
    word = words[index]
    bare = word.text.strip(_POINTS)
    if not (bare.isupper() and not bare.isascii() and len(bare) <= 3 and is_syllable(bare)):
        return word
    around = [words[other].text for other in (index - 1, index + 1) if 0 <= other < len(words)]
    if not around or any(text.isupper() or not any(letter.islower() for letter in text) for text in around):
        return word
    small = bare.lower() if len(bare) == 1 and index else bare[0] + bare[1:].lower()
    return replace(word, text=word.text.replace(bare, small))


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


def _is_word(read: Read) -> bool:
    solid = sum(1 for letter in read.text if letter.isalnum())
    return solid > 1 or read.confidence >= _NOISE
