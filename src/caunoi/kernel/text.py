"""Vietnamese text: folding for search, keys for sorting in dictionary order."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS, start=1)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Dictionary order of the tones: level, huyền, hỏi, ngã, sắc, nặng."""
_SPACES = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")


def nfc(text: str) -> str:
    """Return ``text`` composed (NFC)."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """Return ``text`` composed, trimmed, each run of white space one blank."""
    return _SPACES.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents and đ, for search that ignores them."""
    lowered = text.lower().replace("đ", "d").replace("ð", "d")
    bare = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare).strip()


def sort_key(text: str) -> str:
    """Return a key whose plain byte order is Vietnamese dictionary order.

    Letters are compared first over the whole text, tones after that; numbers are compared as numbers.
    """
    letters: list[str] = []
    tones: list[str] = []
    for piece in re.split(r"(\d+)", squeeze(text).lower()):
        if _DIGITS.fullmatch(piece):
            letters.append("0" + f"{len(piece.lstrip('0') or '0'):02d}" + (piece.lstrip("0") or "0"))
            continue
        for char in piece:
            letter, tone = _split_tone(char)
            letters.append(chr(_RANK[letter] + 64) if letter in _RANK else _foreign(letter))
            tones.append(str(tone))
    return "".join(letters) + "\x01" + "".join(tones)


def _split_tone(char: str) -> tuple[str, int]:
    """Return the letter without its tone, and the rank of the tone."""
    pieces = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in pieces if mark in _TONES), 0)
    return unicodedata.normalize("NFC", "".join(mark for mark in pieces if mark not in _TONES)), tone


def _foreign(char: str) -> str:
    return " " if char.isspace() or not char.isalnum() else "\x7e" + char
