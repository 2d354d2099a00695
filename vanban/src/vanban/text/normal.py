"""The normal form that every stage reads, with the way back to the offsets of the text as stored.

What changes: Unicode is composed (NFC), typographic spaces become spaces, invisible characters go, line ends become
``\\n``, the fraction slash becomes ``/``, non-breaking hyphens become ``-``, the Icelandic eth printed for ``Đ``
becomes ``Đ``, two spaces between words become one, Markdown emphasis and escapes go, ``<br>`` inside a table cell
becomes ``\\v``. Nothing else: words are never mended here, so that what is printed stays readable from it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from vanban.document import Span

_ONE_TO_ONE = (
    *(
        (odd, " ")
        for odd in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    ),
    *((odd, " ") for odd in "\x00\x0b"),
    *((odd, "\n") for odd in "\x0c\x1c\x1d\x1e\x85\u2028\u2029"),
    *((odd, "/") for odd in "\u2044\u2215"),
    *((odd, "-") for odd in "\u2010\u2011"),
    ("Ð", "Đ"),
    ("ð", "đ"),
)
_ACCENTS = "\u0300-\u036f"
_ANY_ACCENT = re.compile(f"[{_ACCENTS}]")
_INVISIBLE = "\u200b-\u200f\u2060\ufeff\u00ad"
_ADDRESS = r"(?:https?:|mailto:|www\.|\.{0,2}/|#)[^()\s]{0,500}"
_ALWAYS = (
    "(?<=\r)\n?",
    f"(?<=[{_INVISIBLE}])",
    r"(?<=\*)(?:\*+|(?=[^\W\d_])|(?<=[\w.,;:!?%)\"”]\*)(?=[\s.,;:!?)\"”]|\Z))",  # Markdown emphasis
    r"(?<![^\n]#)(?<=\#)\#{0,5}[ ]",
    r"(?<=\\)(?=[-.*_#|\[\]()&+!])",  # Markdown escapes
    r"(?<=<)br[ ]?/?>",
    rf"(?<=\[)(?=[^\[\]\n]{{1,200}}\]\({_ADDRESS}\))",  # a Markdown link: its words stay, its address goes
    rf"(?<=\])\({_ADDRESS}\)",
)
_LOOSE_ACCENTS = f"(?<=[^\\W\\d_][{_ACCENTS}])[{_ACCENTS}]*"
_TWO_SPACES = "(?<=[^ \n] ) (?=[^ \n])"


def _changes(accents: bool, spaces: bool) -> re.Pattern[str]:
    """One set of first characters in front of all alternatives lets the engine skip what cannot change."""
    first = r"[\r*#\\<\[\]" + _INVISIBLE + _ACCENTS * accents + " " * spaces + "]"
    return re.compile(f"{first}(?:{'|'.join((*_ALWAYS, *[_LOOSE_ACCENTS] * accents, *[_TWO_SPACES] * spaces))})")


_PATTERNS = {(accents, spaces): _changes(accents, spaces) for accents in (False, True) for spaces in (False, True)}


_PAGE_NUMBER = re.compile(
    r"\n[ \t]{0,200}(?:\n[ \t]{0,200}){0,2}(?:[-–—] ?)?\d{1,3}(?: ?[-–—])?[ \t]{0,200}\n"
    r"(?=[ \t]{0,200}(?:\n[ \t]{0,200}){0,2}(?!(?:tháng|năm|giờ|phút|ngày|người)\b)[a-zà-ỹđ][^\n]{20})"
)
"""A line of its own that holds a number, above a line that goes on in small letters."""
_BROKEN_SENTENCE = re.compile(
    r"[^\n]{40}(?<![.;:!?…|/])(?<!ngày)(?<!tháng)(?<!năm)(?<!số)(?<!Điều)(?<!điều)(?<!khoản)(?<!lớp)(?<!quý)\Z"
)


def _without_page_numbers(text: str) -> str:
    """``text`` with blanks for the page numbers that stand in the middle of a sentence; as long as before."""
    for found in reversed(list(_PAGE_NUMBER.finditer(text))):
        start, end = found.span()
        if _BROKEN_SENTENCE.search(text[max(start - 60, 0) : start].rstrip(" \t")):
            text = f"{text[: start + 1]}{' ' * (end - start - 1)}{text[end:]}"
    return text


def _replacement(piece: str) -> str:
    first = piece[0]
    if first == "\r":
        return "\n"
    if first == "<":
        return "\v"
    if first == " ":
        return " "
    return unicodedata.normalize("NFC", piece) if first.isalpha() else ""


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text in normal form; ``to_original`` leads any span of ``text`` back to ``original``.

    ``text`` and ``original`` share one string when nothing had to change. The map is a list of pieces: piece ``k``
    starts at ``_normal[k]`` in the normal text and covers ``original[_starts[k]:_ends[k]]``.
    """

    text: str
    original: str
    _normal: tuple[int, ...] = ()
    _starts: tuple[int, ...] = ()
    _ends: tuple[int, ...] = ()

    @classmethod
    def of(cls, original: str) -> NormalText:
        """Normalise ``original``; linear in its length."""
        text = original
        for odd, plain in _ONE_TO_ONE:
            text = text.replace(odd, plain)
        text = _without_page_numbers(text)
        changes = _PATTERNS[_ANY_ACCENT.search(text) is not None, "  " in text]
        if not changes.search(text):
            return cls(text, original)
        out: list[str] = []
        normal: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        length = done = 0

        def put(piece: str, start: int, end: int) -> None:
            nonlocal length
            if piece:
                out.append(piece)
                normal.append(length)
                starts.append(start)
                ends.append(end)
                length += len(piece)

        for match in changes.finditer(text):
            start, end = match.span()
            if "\u0300" <= text[start] <= "\u036f":  # an accent takes the letter before it along
                start = max(start - 1, done)
            put(text[done:start], done, start)
            put(_replacement(text[start:end]), start, end)
            done = end
        put(text[done:], done, len(text))
        return cls("".join(out), original, tuple(normal), tuple(starts), tuple(ends))

    def _piece(self, at: int) -> int:
        return max(bisect_right(self._normal, at) - 1, 0)

    def _start_of(self, at: int) -> int:
        if at >= len(self.text):
            return len(self.original)
        piece = self._piece(at)
        inside = at - self._normal[piece]
        return min(self._starts[piece] + inside, self._ends[piece] - 1)

    def _end_of(self, at: int) -> int:
        """Where the character that ends at ``at`` ends in the original."""
        if at <= 0:
            return 0
        piece = self._piece(at - 1)
        last = piece + 1 >= len(self._normal)
        length = (len(self.text) if last else self._normal[piece + 1]) - self._normal[piece]
        whole = self._ends[piece] - self._starts[piece]
        if length != whole:
            return self._ends[piece] if at - self._normal[piece] == length else self._starts[piece]
        return self._starts[piece] + at - self._normal[piece]

    def to_original(self, start: int, end: int) -> Span:
        """The span of ``original`` that ``text[start:end]`` came from."""
        if not self._normal:
            return Span(start, end)
        piece = bisect_right(self._normal, start) - 1
        if piece >= 0 and start < end and piece + 1 < len(self._normal):  # nearly always inside one unchanged piece
            base, next_base, there = self._normal[piece], self._normal[piece + 1], self._starts[piece]
            if end <= next_base and self._ends[piece] - there == next_base - base:
                return Span(start - base + there, end - base + there)
        first = self._start_of(start)
        return Span(first, max(self._end_of(end), first) if end > start else first)

    def from_original(self, at: int) -> int:
        """The offset in ``text`` that stands for offset ``at`` of ``original``."""
        if not self._normal:
            return at
        piece = max(bisect_right(self._starts, at) - 1, 0)
        if at >= self._ends[piece]:
            return self._normal[piece + 1] if piece + 1 < len(self._normal) else len(self.text)
        last = piece + 1 >= len(self._normal)
        length = (len(self.text) if last else self._normal[piece + 1]) - self._normal[piece]
        return self._normal[piece] + min(at - self._starts[piece], length)

    def printed(self, start: int, end: int) -> str:
        """The original characters behind ``text[start:end]``."""
        span = self.to_original(start, end)
        return self.original[span.start : span.end]
