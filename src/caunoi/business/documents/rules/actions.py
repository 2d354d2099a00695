"""What higher modules let one do with a duty, and where what it became is shown; they register it at the start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ObligationAction:
    """A button beside an open duty: its label (a lazy translation) and the page it opens for the duty's public id."""

    label: object
    address: Callable[[UUID], str]


_actions: Final[list[ObligationAction]] = []
_targets: Final[dict[str, Callable[[UUID], str]]] = {}


def register_obligation_action(*, label: object, address: Callable[[UUID], str]) -> None:
    """Offer a button beside open duties to those who may hand them on; called from ``AppConfig.ready``."""
    _actions.append(ObligationAction(label, address))


def register_obligation_target(kind: str, *, address: Callable[[UUID], str]) -> None:
    """Say where things of a kind ("task", "regime") that duties became are shown; called from ``AppConfig.ready``."""
    _targets[kind] = address


def actions() -> tuple[ObligationAction, ...]:
    """Return the buttons in the order in which they were registered."""
    return tuple(_actions)


def target_address(kind: str, target_id: UUID) -> str:
    """Return the page of what a duty became; empty when its module is not there."""
    address = _targets.get(kind)
    return "" if address is None else address(target_id)
