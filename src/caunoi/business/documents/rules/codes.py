"""Codes of documents: one key for all spellings, numbers as printed, symbols built for outgoing documents."""

from __future__ import annotations

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s/\\\-–—_.]+")
_NUMBER = re.compile(r"^\s*0*(\d+)")
LETTER = "Công văn"


def key(code: str) -> str:
    """Return one key for all spellings of a document code: "05/KH-SGDĐT", "5 / KH – SGDDT" → "5-kh-sgddt".

    Empty for an empty code. Party codes ("38-CT/TW") have the same shape, so the separators do not count.
    """
    parts = [part for part in _SEPARATORS.split(_bare(code)) if part]
    if parts and parts[0].isdigit():
        parts[0] = parts[0].lstrip("0") or "0"
    return "-".join(parts)


def key_of(number: str, notation: str) -> str:
    """Return the key of a number and a notation held apart; empty while either is missing."""
    return key(f"{number}/{notation}") if number.strip() and notation.strip() else ""


def _bare(text: str) -> str:
    lowered = text.lower().replace("đ", "d").replace("ð", "d")
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))


def printed(number: int) -> str:
    """Return a number as it is printed: under ten with a leading zero (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    return f"{number:02d}"


def symbol(*, abbreviation: str, unit: str, desk: str = "") -> str:
    """Return the notation of an outgoing document: "KH-SGDĐT", or "SGDĐT-VP" for a dispatch, which has no abbreviation.

    ``unit`` and ``desk`` are the abbreviations fixed by the head of the body (NĐ 30/2020/NĐ-CP, Điều 8.2).
    """
    if abbreviation:
        return f"{abbreviation}-{unit}"
    return f"{unit}-{desk}" if desk else unit
