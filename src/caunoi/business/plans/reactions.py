"""What plans do when a module below tells them something."""

from __future__ import annotations

from caunoi.business.documents.public import DocumentIssued
from caunoi.business.plans.models import Plan
from caunoi.business.plans.public import announce_plan
from caunoi.kernel.events import react_to


@react_to(DocumentIssued)
def plan_in_force(event: DocumentIssued) -> None:
    """Tell those concerned of the tasks of a plan whose document has been issued; they are active from now on."""
    plan = Plan.objects.filter(document_id=event.document_id).first()
    if plan is not None:
        announce_plan(plan, event.by, event.at)
