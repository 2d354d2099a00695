"""Folding: lower case without accents, one character for one, so that offsets stay true.

Scanned text loses and swaps accents far more often than letters ("Tò trình", "QUYÉT ĐỊNH"); rules that read words are
written against the folded text and answer offsets that hold in the normal text as well.
"""

from __future__ import annotations

import unicodedata

_PLAIN = {"đ": "d", "ð": "d", "“": '"', "”": '"', "–": "-", "—": "-", "‘": "'", "’": "'"}


class _FoldTable(dict[int, int]):
    """Filled as characters are met, so that the table covers all of Unicode and stays small."""

    def __missing__(self, code: int) -> int:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        base = _PLAIN.get(base, base)
        folded = ord(base) if len(base) == 1 else code
        self[code] = folded
        return folded


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """``text`` in lower case without accents, đ as d; same length, same offsets (text must be composed, NFC)."""
    return text.translate(_TABLE)
