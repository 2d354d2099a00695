"""What a declarative rule is: a name, a pattern, and the examples that prove it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern with its stable name and its proof.

    ``matches`` are texts in which the pattern is found, ``misses`` texts in which it is not; the tests run both. Where
    several rules hold for one place the most specific wins: the higher ``rank``, then the longer match.
    """

    id: str
    pattern: re.Pattern[str]
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    rank: int = 0
    folded: bool = True
    """Whether the pattern reads folded text (lower case, no accents)."""
    why: str = ""
