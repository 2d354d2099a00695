"""What reporting does when the tree of units changes or a document goes out: in the same transaction, set by set."""

from __future__ import annotations

from caunoi.business.documents.public import DocumentIssued
from caunoi.business.reporting.operations.changes import follow, take_back
from caunoi.business.reporting.operations.handing_in import hand_in
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


@react_to(DocumentIssued)
def document_issued(event: DocumentIssued) -> None:
    """Hand in the report to the body above with the document of a consolidated report."""
    hand_in(document_id=event.document_id, by=event.by, at=event.at)
