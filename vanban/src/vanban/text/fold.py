"""Folding: accents, case and đ removed, one character for one character, so that offsets stay valid.

Optical character recognition loses accents far more often than letters; rules that must survive scans read folded text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def _table() -> dict[int, int]:
    table: dict[int, int] = {}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        table[code] = ord(base) if len(base) == 1 else code
    for letter in "ĐđÐð":
        table[ord(letter)] = ord("d")
    for letter in "§$":  # what scans print for a capital S
        table[ord(letter)] = ord("s")
    return table


_FOLDED = _table()

_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
SMALL = "a-z" + _MARKED
"""The small letters of Vietnamese, for a character class."""
CAPITAL = "A-Z" + _MARKED.upper()
"""The capital letters of Vietnamese, for a character class."""


def fold(text: str) -> str:
    """``text`` in lower case without accents; same length, so an offset in one is an offset in the other."""
    return text.translate(_FOLDED)


fold_whole = lru_cache(maxsize=1)(fold)
"""``fold`` for the whole text of a document, kept for the stages that read the same text one after the other."""


def key(text: str) -> str:
    """Folded ``text`` with only its letters and digits: what two spellings of one name share."""
    return "".join(character for character in fold(text) if character.isalnum())


def collapse(text: str) -> str:
    """``text`` with every run of white space as one space."""
    return " ".join(text.split())


def is_capitals(text: str, share: float = 0.75) -> bool:
    """Whether at least ``share`` of the letters are capitals (and there is one)."""
    allowed = int((1 - share) * len(text)) + 1
    if sum(map(str.islower, text[-2 * allowed :])) > allowed:  # more small letters than the whole may have
        return False
    upper = sum(map(str.isupper, text))
    lower = sum(map(str.islower, text)) if upper else 0
    return upper > 0 and upper >= share * (upper + lower)
