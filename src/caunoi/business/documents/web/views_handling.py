"""Steps of incoming documents: into the book, handed over, settled; duties set aside."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from caunoi.business.documents.access import (
    Permission,
    document_by_public_id,
    obligation_by_public_id,
    require,
)
from caunoi.business.documents.models import Distribution, DistributionRole, Document
from caunoi.business.documents.operations import circulation, intake, numbering, obligations
from caunoi.business.documents.operations.circulation import CirculationRefused, HandedTo
from caunoi.business.documents.web.forms import DistributionForm
from caunoi.business.documents.web.requests import back_to_record, step, text_of, words_of
from caunoi.foundation.organisations.public import children
from caunoi.foundation.pages.public import Crumb, actor_of
from caunoi.foundation.people.public import Post, Role, posts_with_role
from caunoi.kernel import clock

INNER_KINDS = ("department_office",)
"""Kinds of units that are parts of the unit above them and handle its documents."""


@step
def register(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Enter a document that came through the system into the book."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    registered = intake.register_received(document=document, by=by, at=clock.now())
    messages.success(request, gettext("Đã vào sổ: số đến %(number)s.") % {"number": registered.arrival_number})
    return back_to_record(public_id)


@login_required
@require_http_methods(["GET", "POST"])
def distribute(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Hand a document over: lead, supporting, to inform, by when."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    require(by, Permission.DISTRIBUTE, document.unit_id)
    receivers = _receivers(document)
    form = DistributionForm(request.POST or None, receivers=[(key, words) for key, words, _ in receivers],
                            initial=_present(document))  # fmt: skip
    error = ""
    if request.method == "POST" and form.is_valid():
        known = {key: target for key, _, target in receivers}
        try:
            circulation.distribute(
                document=document, to=_handed(form, known), due_on=form.cleaned_data["due_on"],
                opinion=form.cleaned_data["opinion"], by=by, at=clock.now(),
            )  # fmt: skip
            messages.success(request, gettext("Đã chuyển văn bản để xử lý."))
            return back_to_record(public_id)
        except CirculationRefused as refused:
            error = words_of(refused)
    crumbs = [Crumb(document.code or document.type_name, document_url(document)), Crumb(gettext("Phân phối"))]
    facts = {"document": document, "form": form, "error": error, "crumbs": crumbs}
    return render(request, "documents/distribute.html", facts, status=422 if error or form.errors else 200)


def document_url(document: Document) -> str:
    """Return the address of a document's page."""
    return back_to_record(document.public_id).url


def _receivers(document: Document) -> list[tuple[str, str, HandedTo]]:
    """Return whom a document may be handed to: the parts of the unit, then the posts that work in it."""
    day = clock.today()
    inner = children(document.unit, on=day).filter(kind__code__in=INNER_KINDS)
    found = [(f"u{unit.pk}", unit.name, HandedTo(unit, DistributionRole.LEAD)) for unit in inner]
    posts: dict[int, Post] = {}
    for role in (Role.LEADER, Role.SPECIALIST, Role.SCHOOL_OFFICER, Role.CLERK):
        for post in posts_with_role(role, unit_id=document.unit_id, on=day).select_related("unit"):
            posts.setdefault(post.pk, post)
    found += [
        (f"p{post.pk}", post.title, HandedTo(document.unit, DistributionRole.LEAD, post)) for post in posts.values()
    ]
    return found


def _present(document: Document) -> dict[str, object]:
    """Return how the document is handed over now, for the form."""
    by_role: dict[str, list[str]] = {role.value: [] for role in DistributionRole}
    for row in Distribution.objects.filter(document=document):
        by_role[row.role].append(f"p{row.post_id}" if row.post_id else f"u{row.unit_id}")
    lead = by_role[DistributionRole.LEAD]
    return {
        "lead": lead[0] if lead else "",
        "supporting": by_role[DistributionRole.SUPPORTING],
        "inform": by_role[DistributionRole.INFORM],
        "due_on": document.due_on,
    }


def _handed(form: DistributionForm, known: dict[str, HandedTo]) -> list[HandedTo]:
    chosen = [(form.cleaned_data["lead"], DistributionRole.LEAD)]
    chosen += [(key, DistributionRole.SUPPORTING) for key in form.cleaned_data["supporting"]]
    chosen += [(key, DistributionRole.INFORM) for key in form.cleaned_data["inform"]]
    return [HandedTo(known[key].unit, role, known[key].post) for key, role in chosen if key]


@step
def settle(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Close a document with what was done."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    circulation.settle(document=document, note=text_of(request, "note"), by=by, at=clock.now())
    messages.success(request, gettext("Đã xác nhận giải quyết xong."))
    return back_to_record(public_id)


@step
def open_to_unit(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Let everyone in the unit read the document, or no longer."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    is_open = text_of(request, "open") == "1"
    circulation.open_to_unit(document=document, is_open=is_open, by=by, at=clock.now())
    return back_to_record(public_id)


@step
def annul(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Annul the number of a document, with the reason."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    numbering.annul_number(document=document, reason=text_of(request, "reason"), by=by, at=clock.now())
    messages.success(request, gettext("Đã hủy số; số này không dùng lại và được ghi lý do trong sổ."))
    return back_to_record(public_id)


@step
def dismiss(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Set a duty aside; ``public_id`` is that of the duty."""
    by = actor_of(request)
    duty = obligation_by_public_id(public_id, by)
    try:
        obligations.dismiss_obligation(obligation=duty, reason=text_of(request, "reason"), by=by, at=clock.now())
    except obligations.ObligationRefused as refused:
        messages.error(request, words_of(refused))
    return back_to_record(duty.document.public_id)


@step
def reopen(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Take back that a duty was set aside; ``public_id`` is that of the duty."""
    by = actor_of(request)
    duty = obligation_by_public_id(public_id, by)
    obligations.reopen_obligation(obligation=duty, by=by, at=clock.now())
    return back_to_record(duty.document.public_id)
