"""Small things every view of documents needs: who asks, what they sent, how a refusal is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from caunoi.business.documents.access import Permission
from caunoi.foundation.pages.public import actor_of, sentence
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound, Refused

MOST_DIGITS = 9
"""Digits of the largest id, year or version that an address may name."""


class PageForbidden(NotAllowed):
    """A page for which the person's post has no permission."""


def permitted(request: HttpRequest, permission: Permission) -> Actor:
    """Return who asks. Raises PageForbidden without the permission."""
    by = actor_of(request)
    if not by.may(permission):
        raise PageForbidden("documents.not_permitted")
    return by


def words_of(refused: Refused) -> str:
    """Return the sentence of a refusal."""
    return sentence(refused) or gettext("Không thực hiện được việc này.")


def back_to_record(public_id: UUID) -> HttpResponseRedirect:
    """Return to the page of a document."""
    return HttpResponseRedirect(reverse("documents:record", args=[public_id]))


Step = Callable[[HttpRequest, UUID], HttpResponseBase]


def step(view: Step) -> Step:
    """A POST that does one thing to a document; refused, it returns to the record with the sentence.

    Refusals about existence and permission stay what they are: pages 404 and 403.
    """

    @wraps(view)
    def answer(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
        try:
            return view(request, public_id)
        except (NotAllowed, NotFound):
            raise
        except Refused as refused:
            messages.error(request, words_of(refused))
            return back_to_record(public_id)

    guarded: Step = login_required(require_POST(answer))
    return guarded


def text_of(request: HttpRequest, name: str) -> str:
    """Return one posted value without surrounding blanks."""
    return request.POST.get(name, "").strip()


def number_of(text: str) -> int:
    """Return the number that a request names; -1, which is no id, year or place in a list, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else -1


def said(response: HttpResponse, words: str, tone: str = "late") -> HttpResponse:
    """Have the page say a sentence in its corner when it gets this answer."""
    response.headers["HX-Trigger"] = json.dumps({"pages:say": {"text": words, "tone": tone}})
    return response
