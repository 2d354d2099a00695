"""What a declarative rule is: an id, a pattern, and examples on both sides that the tests run."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern with its own proof. ``folded`` patterns read text without accents and case (``vanban.text.fold``)."""

    id: str
    pattern: re.Pattern[str]
    matches: tuple[str, ...]
    rejects: tuple[str, ...] = ()
    folded: bool = False
    anchored: bool = False
    """Whether the pattern is tried only where a line or cell begins."""
    source: str = ""
    """Article of law or convention the rule rests on."""
    needs: tuple[str, ...] = ()
    """Words one of which stands in whatever matches; looked for first, because that is far cheaper."""

    def find(self, text: str) -> re.Match[str] | None:
        """The first match in ``text`` (already folded when the rule says so)."""
        if self.needs and not any(map(text.__contains__, self.needs)):
            return None
        return self.pattern.match(text) if self.anchored else self.pattern.search(text)
