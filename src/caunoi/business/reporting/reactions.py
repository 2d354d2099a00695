"""What reporting does when the tree of units changes: in the same transaction, set by set."""

from __future__ import annotations

from caunoi.business.reporting.operations.changes import follow, take_back
from caunoi.foundation.organisations.public import UnitEventUndone, UnitsChanged
from caunoi.kernel.events import react_to


@react_to(UnitsChanged)
def units_changed(event: object) -> None:
    """Take the event into open campaigns."""
    if isinstance(event, UnitsChanged):
        follow(event)


@react_to(UnitEventUndone)
def event_undone(event: object) -> None:
    """Take it back out of them."""
    if isinstance(event, UnitEventUndone):
        take_back(event)
