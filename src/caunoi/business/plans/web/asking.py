"""Small things every view of plans needs: who asks, on which day, how a refusal is said."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext

from caunoi.business.plans.access import Permission, PlansForbidden
from caunoi.foundation.pages.public import actor_of, sentence
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound, Refused


def permitted(request: HttpRequest, permission: Permission = Permission.READ) -> Actor:
    """Return who asks. Raises PlansForbidden without the permission."""
    by = actor_of(request)
    if not by.may(permission):
        raise PlansForbidden("plans.not_permitted")
    return by


def words_of(refused: Refused) -> str:
    """Return the sentence of a refusal; what is about existence and permission becomes a page instead."""
    if isinstance(refused, NotAllowed | NotFound):
        raise refused
    return sentence(refused) or gettext("Không thực hiện được việc này.")


def is_uuid(text: str) -> bool:
    """Whether a text of the address or a form is a public id."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
