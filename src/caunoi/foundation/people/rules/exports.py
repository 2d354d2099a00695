"""What other modules add to the workbook of everything that a unit owns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_SHEETS: Final[dict[str, Callable[..., object]]] = {}


def register_export(key: str, sheet: Callable[..., object]) -> None:
    """Have ``sheet(units, by=, on=)`` add a ``spreadsheets.ListSheet`` about a lazy set of units to every export."""
    _SHEETS[key] = sheet


def registered() -> list[Callable[..., object]]:
    """Return what was registered, in the order of the keys."""
    return [_SHEETS[key] for key in sorted(_SHEETS)]
