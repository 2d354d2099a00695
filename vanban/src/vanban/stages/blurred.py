"""National title and motto when a scan spoilt their letters, found by likeness to the fixed words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from vanban.rules import anchors
from vanban.text.fold import fold, is_capitals

_WORD = re.compile(r"[^\W_]+")
_NATIONAL = ("cong", "hoa", "xa", "hoi", "chu", "nghia", "viet", "nam")
_MOTTO = ("doc", "lap", "tu", "do", "hanh", "phuc")
_ALIKE = 0.62
_HEAD = 1200


@dataclass(frozen=True, slots=True)
class Missing:
    """Which of the two fixed lines cannot be found by its rule in the first part of a text."""

    national: bool
    motto: bool


def missing(text: str) -> Missing:
    """Look for both lines by their rules; a title in small letters of the body does not count."""
    head = text[:_HEAD]
    folded = fold(head)
    titles = [*anchors.NATIONAL.pattern.finditer(folded), *anchors.PARTY_TITLE.pattern.finditer(folded)]
    printed = any(is_capitals(head[match.start() : match.end()], 0.6) for match in titles)
    return Missing(not printed, anchors.MOTTO.pattern.search(folded) is None)


def blurred_title(printed: str, folded: str) -> tuple[int, int] | None:
    """Where a spoilt national title stands in a line of capitals."""
    span = _likest(folded, _NATIONAL)
    return span if span and is_capitals(printed[span[0] : span[1]], 0.6) else None


def blurred_motto(folded: str) -> tuple[int, int] | None:
    """Where a spoilt motto stands in a line."""
    return _likest(folded, _MOTTO)


@lru_cache(maxsize=4096)
def _likeness(word: str, found: str) -> float:
    return SequenceMatcher(None, word, found).ratio()


def _likest(folded: str, wanted: tuple[str, ...]) -> tuple[int, int] | None:
    """The run of words most like ``wanted``, if it is like it at all and at least two words are sound."""
    words = [(match.start(), match.end()) for match in _WORD.finditer(folded)]
    sound = sum(1 for start, end in words if folded[start:end] in wanted)
    if sound < 2 or len(words) < len(wanted) - 2 or len(words) > 40:
        return None
    target = " ".join(wanted)
    best: tuple[float, float, tuple[int, int]] | None = None
    for first in range(len(words) - len(wanted) + 3):
        run = words[first : first + len(wanted)]
        read = [folded[start:end] for start, end in run]
        alike = SequenceMatcher(None, target, " ".join(read), autojunk=False).ratio()
        in_place = sum(_likeness(word, found) for word, found in zip(wanted, read, strict=False))
        score = alike + in_place / len(wanted)
        if best is None or score > best[0]:
            best = score, alike, (run[0][0], run[-1][1])
    return best[2] if best and best[1] >= _ALIKE else None
