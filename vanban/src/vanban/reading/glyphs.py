"""Letters of a pdf page gathered to words by where they stand.

The order in which a pdf stores its letters is not trusted: a writer that lacks a glyph in one font prints all letters
of the other font after the line (LibreOffice does), and others draw columns crosswise.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_BREAK = 0.18
"""White between two letters, in parts of their height, that parts words."""
_BASELINE = 0.22
"""How far, in parts of their height, the baselines of letters of one line may lie apart."""


@dataclass(slots=True)
class Glyph:
    """One letter as shown: points from the top left corner; ``index`` is its place in the file."""

    text: str
    index: int
    left: float
    top: float
    right: float
    bottom: float
    base: float
    is_guess: bool = False
    """A space that nobody printed: it counts where the letter on its right follows directly."""

    @property
    def height(self) -> float:
        """Height of its box."""
        return self.bottom - self.top


def gather(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Words: runs of letters on one baseline without white between them, from left to right."""
    for line in _lines(_with_accents(glyphs)):
        yield from _split(_without_doubles(line))


def _with_accents(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Combining accents stored as letters of their own joined to the letter they stand on."""
    out: list[Glyph] = []
    for glyph in glyphs:
        if out and unicodedata.combining(glyph.text[0]):
            out[-1].text += glyph.text
        else:
            out.append(glyph)
    return out


def _lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda item: (item.base, item.left)):
        last = lines[-1] if lines else None
        if last is not None and abs(glyph.base - last[-1].base) <= _BASELINE * min(glyph.height, last[-1].height):
            last.append(glyph)
        else:
            lines.append([glyph])
    for line in lines:
        line.sort(key=lambda item: item.left)
    return lines


def _without_doubles(line: Sequence[Glyph]) -> list[Glyph]:
    """A letter drawn twice a hair apart, to look bold, counts once."""
    out: list[Glyph] = []
    for glyph in line:
        width = max(glyph.right - glyph.left, 0.01)
        if any(other.text == glyph.text and abs(other.left - glyph.left) < 0.3 * width for other in out[-2:]):
            continue
        out.append(glyph)
    return out


def _split(line: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    word: list[Glyph] = []
    for index, glyph in enumerate(line):
        if glyph.is_guess and not _is_free(glyph, line, index):
            continue
        is_space = glyph.text.isspace()
        if word and (is_space or glyph.left - word[-1].right > _BREAK * max(glyph.height, word[-1].height)):
            yield word
            word = []
        if not is_space:
            word.append(glyph)
    if word:
        yield word


def _is_free(space: Glyph, line: Sequence[Glyph], index: int) -> bool:
    following = next((glyph for glyph in line[index + 1 : index + 4] if not glyph.is_guess), None)
    return following is not None and abs(following.left - space.right) < 0.1 * following.height
