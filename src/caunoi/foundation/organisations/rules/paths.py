"""Paths: the chain of unit ids from the root, fixed width, so that a subtree is one range of text."""

from __future__ import annotations

WIDTH = 6
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
END = "~"
"""Sorts after every digit of a path: a subtree is ``path <= x < path + END``."""


def segment(unit_id: int) -> str:
    """Return the fixed-width base-36 segment of a unit id. Raises ValueError when the id does not fit."""
    digits, rest = "", unit_id
    while rest:
        rest, digit = divmod(rest, 36)
        digits = _DIGITS[digit] + digits
    if len(digits) > WIDTH or unit_id < 0:
        raise ValueError(f"unit id {unit_id} does not fit a path segment")
    return digits.rjust(WIDTH, "0")


def unit_ids(path: str) -> tuple[int, ...]:
    """Return the unit ids of a path from the root down."""
    return tuple(int(path[i : i + WIDTH], 36) for i in range(0, len(path), WIDTH))
