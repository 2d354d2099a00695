"""Where in a text something stands: its sentence, and the node of the outline it belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from vanban.document import Clause, ClauseKind
from vanban.rules.codes import UPPER
from vanban.text.normal import NormalText

_WINDOW = 700
_BREAK = re.compile(  # one set of first characters in front of all branches, so that the engine skips to them
    rf"[.;|\n)](?:(?<=[^.][^.\d]\.)\s{{1,99}}(?=[{UPPER}“\"(\-+•–0-9])|(?<=\.)/\.?|(?<=\w\.)(?=[{UPPER}][a-zà-ỹ])"
    rf"|(?<=;)\s|(?<=\|)|(?<=\n)\s{{0,40}}\n(?=\s{{0,20}}[{UPPER}0-9\-+•–])"
    r"|(?<=\n)\s{0,40}(?=[-+•–*]\s|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)]\s?|[a-zđ]\)\s|Điều\s[0-9]"
    r"|[IVX]{1,5}\.\s)"
    rf"|(?<=[^\d\s][.)])(?=[0-9]{{1,2}}\.\s?[{UPPER}]))"
)


def sentence_start(text: str, at: int) -> int:
    """Where the sentence or item that holds ``at`` begins, at most 700 characters before it."""
    low = max(at - _WINDOW, 0)
    start = low
    for found in _BREAK.finditer(text, low, at):
        start = found.end()
    return start


def sentence_end(text: str, at: int) -> int:
    """Where the sentence or item that holds ``at`` ends, at most 700 characters behind it."""
    high = min(at + _WINDOW, len(text))
    found = _BREAK.search(text, at, high)
    return found.start() if found else high


class Outline:
    """The nodes of the outline by place (offsets of the original text)."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.clauses = sorted(clauses, key=lambda clause: clause.own_span.start)
        self._starts = [clause.own_span.start for clause in self.clauses]

    def index_at(self, place: int) -> int | None:
        """Index of the last node that starts at or before ``place``."""
        found = bisect_right(self._starts, place) - 1
        return found if found >= 0 else None

    def id_at(self, place: int) -> str | None:
        """Id of the last node that starts at or before ``place``."""
        found = self.index_at(place)
        return None if found is None else self.clauses[found].id

    def body_start(self, text: NormalText) -> int:
        """Offset in the normal text where numbered nodes begin; the length of the text when there is none."""
        plain = (ClauseKind.PARAGRAPH, ClauseKind.ITEM)
        starts = [clause.own_span.start for clause in self.clauses if clause.kind not in plain and clause.marker]
        return text.from_original(min(starts)) if starts else len(text.text)
