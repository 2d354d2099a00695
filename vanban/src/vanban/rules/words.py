"""Compiling patterns of words: a space in the pattern stands for any short run of white space, line breaks included."""

from __future__ import annotations

import re

_SPACE_OUTSIDE_CLASSES = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\.| ")


def spaced(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile ``pattern`` with every plain space outside a character class as ``\\s{1,6}``."""
    wide = _SPACE_OUTSIDE_CLASSES.sub(lambda found: r"\s{1,6}" if found.group() == " " else found.group(), pattern)
    return re.compile(wide, flags)
