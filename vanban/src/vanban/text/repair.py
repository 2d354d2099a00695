"""What a scan did to accents in the names of bodies, put right by a list of known names."""

from __future__ import annotations

import re
from functools import cache

from vanban.data import words
from vanban.text.fold import fold


@cache
def _known() -> dict[str, str]:
    return {fold(phrase): phrase for phrase in words("bodies.json", "phrases")}


@cache
def _pattern() -> re.Pattern[str]:
    phrases = sorted(_known(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in phrases) + r")\b")


def repaired_name(name: str) -> str:
    """``name`` with the accents of known bodies and provinces put right; the old tone placement is left as printed.

    Only names printed in capitals are touched: there a scan loses accents, and the known names are capitals.
    """
    if name.upper() != name:
        return name
    folded = fold(name)
    pieces: list[str] = []
    done = 0
    for match in _pattern().finditer(folded):
        if match.group() == "quan" and not _BEFORE_DISTRICT.search(folded[: match.start()]):
            continue
        printed, right = name[match.start() : match.end()], _known()[match.group()]
        pieces += [name[done : match.start()], printed if _same_marks(printed, right) else right]
        done = match.end()
    return "".join(pieces) + name[done:]


_BEFORE_DISTRICT = re.compile(r"(?:\A|\b(?:dan|ubnd|hdnd|uy) )\Z")
"""QUAN and QUẢN are words of their own ("HẢI QUAN", "QUẢN LÝ"): a district stands first or behind its council."""


_TONELESS = str.maketrans(
    "ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ",
    "AAAAAĂĂĂĂĂÂÂÂÂÂEEEEEÊÊÊÊÊIIIIIOOOOOÔÔÔÔÔƠƠƠƠƠUUUUUƯƯƯƯƯYYYYY",
)


def _same_marks(printed: str, right: str) -> bool:
    """Whether two names differ only by where the tone stands ("HOÀ", "HÒA"; "UỶ", "ỦY")."""
    return printed.translate(_TONELESS) == right.translate(_TONELESS) and _tones(printed) == _tones(right)


_TONES = ("ÀẰẦÈỀÌÒỒỜÙỪỲ", "ÁẮẤÉẾÍÓỐỚÚỨÝ", "ẢẲẨẺỂỈỎỔỞỦỬỶ", "ÃẴẪẼỄĨÕỖỠŨỮỸ", "ẠẶẬẸỆỊỌỘỢỤỰỴ")
_TONE_OF = {letter: tone for tone, letters in enumerate(_TONES, 1) for letter in letters}


def _tones(name: str) -> list[int]:
    """The tone of each syllable, 0 for level."""
    return [max((_TONE_OF.get(letter, 0) for letter in syllable), default=0) for syllable in name.split()]
