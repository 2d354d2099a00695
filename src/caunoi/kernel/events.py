"""Word sent upward: a lower module announces what happened, higher modules react in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

E = TypeVar("E")

_reactions: dict[type[object], list[Callable[[object], None]]] = {}


def react_to(event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register the decorated function to run, inside the transaction, whenever ``event`` is announced."""

    def register(reaction: Callable[[E], None]) -> Callable[[E], None]:
        known = _reactions.setdefault(event, [])
        if reaction not in known:
            known.append(reaction)  # type: ignore[arg-type]  # the registry is keyed by the event's own type
        return reaction

    return register


def announce(event: object) -> None:
    """Run every reaction to ``event`` now. An exception in one undoes the whole use case."""
    for reaction in _reactions.get(type(event), ()):
        reaction(event)
