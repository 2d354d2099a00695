"""What may be done with a task in each state."""

from __future__ import annotations

from typing import Final

ALLOWED: Final[dict[str, frozenset[str]]] = {
    "accept": frozenset({"assigned"}),
    "report_progress": frozenset({"assigned", "accepted"}),
    "report_done": frozenset({"assigned", "accepted"}),
    "confirm": frozenset({"reported_done"}),
    "return": frozenset({"reported_done"}),
    "extend": frozenset({"assigned", "accepted", "reported_done"}),
    "cancel": frozenset({"assigned", "accepted", "reported_done"}),
}
"""Step → the states from which it may be taken."""


def may_take(step: str, state: str) -> bool:
    """Whether ``step`` is allowed in ``state``."""
    return state in ALLOWED[step]


def steps_from(state: str) -> tuple[str, ...]:
    """Return the steps allowed in ``state``, in their usual order."""
    return tuple(step for step, states in ALLOWED.items() if state in states)
