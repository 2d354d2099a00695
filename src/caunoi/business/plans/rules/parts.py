"""Which part of a plan a heading opens, and which field of work it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from caunoi.kernel.text import fold

PartName = Literal["purpose", "content", "organisation"]

_OPENINGS: tuple[tuple[str, PartName], ...] = (
    ("to chuc thuc hien", "organisation"),
    ("trach nhiem thuc hien", "organisation"),
    ("che do bao cao", "organisation"),
    ("che do thong tin", "organisation"),
    ("kinh phi", "organisation"),
    ("muc dich", "purpose"),
    ("muc tieu", "purpose"),
    ("quan diem", "purpose"),
    ("yeu cau", "purpose"),
)


def part_of(heading: str) -> PartName:
    """Return the part that a top-level heading opens; words that say nothing of it are content."""
    words = fold(heading)
    return next((part for opening, part in _OPENINGS if opening in words), "content")


def area_of(heading: str, keywords: Mapping[str, Sequence[str]]) -> str | None:
    """Return the code of the field of work whose keyword stands earliest in ``heading``; ``None`` when none does."""
    words = fold(heading)
    found = [
        (words.index(keyword), -len(keyword), code)
        for code, each in keywords.items()
        for keyword in each
        if keyword in words
    ]
    return min(found)[2] if found else None
