"""What every view of reporting needs: who asks, and how a refusal is said."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from caunoi.business.reporting.access import Permission, ReportingForbidden
from caunoi.business.reporting.operations.refused import DraftClash
from caunoi.foundation.pages.public import Words, actor_of, sentence
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound, Refused


def permitted(request: HttpRequest, *permissions: Permission) -> Actor:
    """Return who asks. Raises ReportingForbidden when none of the permissions is held anywhere."""
    by = actor_of(request)
    if not any(by.may(permission) for permission in permissions):
        raise ReportingForbidden("reporting.not_permitted")
    return by


def attempt(request: HttpRequest, step: Callable[[], object], done: Words = "") -> bool:
    """Do one step and say that it is done, or why not; returns whether it was.

    Refusals about existence and permission stay what they are: pages 404 and 403; a clash of two people is left to the
    page, which shows both.
    """
    try:
        step()
    except (NotAllowed, NotFound, DraftClash):
        raise
    except Refused as refused:
        messages.error(request, sentence(refused) or gettext("Không thực hiện được việc này."))
        return False
    if done:
        messages.success(request, str(done))
    return True


def text_of(request: HttpRequest, name: str) -> str:
    """Return one posted value without surrounding blanks."""
    return request.POST.get(name, "").strip()
