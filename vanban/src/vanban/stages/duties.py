"""Units of text in which obligations are looked for: the sentences of each node of the outline."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from vanban.document import Clause, ClauseKind, Deadline
from vanban.rules.codes import UPPER
from vanban.stages.mentions import Page

_SENTENCE = re.compile(rf"\.(?<=[^.][^.\d]\.)\s{{1,99}}(?=[{UPPER}(“\"])|\.(?<=[\w)]\.)(?=[{UPPER}][a-zà-ỹ])")
_QUOTE = re.compile(r"[“\"][^“”\"]{40,3000}[”\"]")
_CARRIES_ON = frozenset(
    (
        "ve",
        "cua",
        "va",
        "cho",
        "qua",
        "cac",
        "voi",
        "tai",
        "theo",
        "do",
        "gui",
        "de",
        "den",
        "tu",
        "trong",
        "ngay",
        "hoac",
    )
)
_PARAGRAPH = re.compile(r"\n\s{0,40}\n|\n(?=\s{0,40}(?:[-+•*]\s|[0-9]{1,2}[.)]\s|[a-zđ]\)\s|Điều\s))")


@dataclass(slots=True)
class Sentence:
    """One sentence in offsets of the normal text, with the node it stands in and the deadlines it holds."""

    start: int
    end: int
    clause: Clause | None
    deadlines: tuple[int, ...]


def sentences_of(page: Page, clauses: Sequence[Clause], deadlines: Sequence[Deadline]) -> list[Sentence]:
    """Every sentence of the body in order; long quotations (provisions of other documents) are left out."""
    starts = [page.normal.from_original(deadline.span.start) for deadline in deadlines]
    result: list[Sentence] = []
    for low, high, clause in _units(page, clauses):
        for start, end in _split(page, low, high):
            held = tuple(range(bisect_left(starts, start), bisect_left(starts, end)))
            result.append(Sentence(start, end, clause, held))
    return result


def _units(page: Page, clauses: Sequence[Clause]) -> list[tuple[int, int, Clause | None]]:
    if clauses:
        return _whole(page, clauses)
    cuts = [0, *(found.end() for found in _PARAGRAPH.finditer(page.text)), len(page.text)]
    return [(low, high, None) for low, high in itertools.pairwise(cuts) if low < high]


def _whole(page: Page, clauses: Sequence[Clause]) -> list[tuple[int, int, Clause | None]]:
    """The stretch of each node; a paragraph that only carries on a broken line belongs to the node before it."""
    back = page.normal.from_original
    result: list[tuple[int, int, Clause | None]] = []
    for clause in clauses:
        low, high = back(clause.own_span.start), back(clause.own_span.end)
        if result and clause.kind is ClauseKind.PARAGRAPH and not clause.marker and _runs_on(page, *result[-1][:2]):
            result[-1] = (result[-1][0], high, result[-1][2])
        else:
            result.append((low, high, clause))
    return result


def _runs_on(page: Page, low: int, high: int) -> bool:
    """Whether a line stops in the middle of a sentence: behind "về", "của" …, a comma, or with a bracket open."""
    last = page.folded[max(low, high - 12) : high].rstrip()
    if not last or last[-1] in ".;:!?/":
        return False
    if last[-1] in ",(" or last.split()[-1] in _CARRIES_ON:
        return True
    near = max(low, high - 300)
    return page.text.count("(", near, high) > page.text.count(")", near, high)


def _split(page: Page, low: int, high: int) -> list[tuple[int, int]]:
    has_quote = page.text.find("“", low, high) >= 0 or page.text.find('"', low, high) >= 0
    quoted = [found.span() for found in _QUOTE.finditer(page.text, low, high)] if has_quote else []
    ends = ((found.start(), found.end()) for found in _SENTENCE.finditer(page.text, low, high))
    cuts = [low, *(end for at, end in ends if not any(a < at < b for a, b in quoted))]
    pieces = zip(cuts, [*cuts[1:], high], strict=True)
    return [(start, end) for start, end in pieces if not any(a - 1 <= start and end <= b + 2 for a, b in quoted)]


def in_quotation(page: Page, low: int, high: int, at: int) -> bool:
    """Whether ``at`` stands inside a long quotation between ``low`` and ``high``."""
    return any(found.start() < at < found.end() for found in _QUOTE.finditer(page.text, low, high))
