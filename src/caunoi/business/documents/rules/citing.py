"""Which held document a citation means, and what to say when that is not clear."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from caunoi.kernel.text import fold


class Found(StrEnum):
    """Whether the cited document is held; the values are those of the citation's state."""

    HELD = "held"
    NOT_HELD = "not_held"
    AMBIGUOUS = "ambiguous"
    CONFLICTING = "conflicting"


@dataclass(frozen=True, slots=True)
class Held:
    """A held document with the code that is cited."""

    id: int
    issued_on: dt.date | None
    issuer: str


def match(*, issued_on: dt.date | None, issuer: str, held: Sequence[Held]) -> tuple[Found, int | None]:
    """Return whether one of ``held`` (all with the cited code) is the cited document, and which.

    Codes begin anew every year, so a date that is printed decides. The same year with another day is a conflict: either
    paper may be wrong. Without a date, one candidate is taken, several are ambiguous.
    """
    fitting = [one for one in held if _same_issuer(one.issuer, issuer)]
    if not fitting:
        return Found.NOT_HELD, None
    if issued_on is None:
        return _only(fitting)
    same_day = [one for one in fitting if one.issued_on == issued_on]
    if same_day:
        return _only(same_day)
    if any(one.issued_on is not None and one.issued_on.year == issued_on.year for one in fitting):
        return Found.CONFLICTING, None
    undated = [one for one in fitting if one.issued_on is None]
    return (Found.AMBIGUOUS, None) if undated else (Found.NOT_HELD, None)


def _only(fitting: Sequence[Held]) -> tuple[Found, int | None]:
    return (Found.HELD, fitting[0].id) if len(fitting) == 1 else (Found.AMBIGUOUS, None)


def _same_issuer(one: str, other: str) -> bool:
    """Whether two names may mean one body; a missing one fits all, a shorter one fits the longer that contains it."""
    a, b = _spelled_out(one), _spelled_out(other)
    return not a or not b or a in b or b in a


_SHORT = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "gd&dt": "giao duc va dao tao",
    "gddt": "giao duc va dao tao",
    "tp": "thanh pho",
    "tp.": "thanh pho",
}
"""Abbreviations that every office uses in running text."""


def _spelled_out(name: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in fold(name).replace(",", " ").split())
