"""How much of a plan is the plan above in other clothes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from caunoi.kernel.text import fold

SHINGLE = 8
"""Words in a sequence: long enough that a shared one is copying, not the language of the office."""
_WORD = re.compile(r"\w+")


def copy_ratio(own: Iterable[str], above: Iterable[str]) -> float | None:
    """Return the share (0-1) of the eight-word sequences of ``own`` that stand in ``above``; ``None`` without any."""
    known = {shingle for text in above for shingle in _shingles(text)}
    sequences = [shingle for text in own for shingle in _shingles(text)]
    return sum(shingle in known for shingle in sequences) / len(sequences) if sequences else None


def _shingles(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(fold(text))
    return (tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
