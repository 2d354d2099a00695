"""Folding for recognition of fixed words; never for text that is kept."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]+")
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """``text`` in lower case without accents, ``đ`` as ``d``, runs of whitespace as one space."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text)).casefold()
    return _SPACES.sub(" ", bare.replace("đ", "d").replace("ð", "d")).strip()
