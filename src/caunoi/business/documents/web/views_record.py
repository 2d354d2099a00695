"""The page of one document."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from caunoi.business.documents.access import (
    Permission,
    citations_of,
    clauses_of,
    document_by_public_id,
    files_of,
    is_opened,
    may_in,
    obligations_of,
    recipients_of,
)
from caunoi.business.documents.models import (
    Direction,
    Distribution,
    Document,
    DocumentState,
    DraftVersion,
    Opinion,
    OpinionKind,
    ReadMark,
)
from caunoi.business.documents.operations.circulation import mark_read, may_settle
from caunoi.business.documents.operations.outgoing import authority_of, draft_of
from caunoi.business.documents.web.requests import number_of
from caunoi.business.documents.web.shown import shown_citation, shown_obligation
from caunoi.business.documents.web.states import state_of
from caunoi.foundation.audit.public import history, verb_label
from caunoi.foundation.pages.public import Crumb, HistoryEntry, Tone, actor_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from vanban.writing.exchange import draft_from_json

HISTORY_SHOWN = 40
_TONES = {
    OpinionKind.RETURNED.value: Tone.SOON,
    OpinionKind.SETTLED.value: Tone.DONE,
    OpinionKind.SIGNED.value: Tone.DONE,
}
IN_INTAKE = (DocumentState.BEING_READ, DocumentState.REFUSED, DocumentState.TO_REVIEW)


@login_required
@require_GET
def record(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one document; opening it for the first time is noted as read."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    if document.state in IN_INTAKE:
        return HttpResponseRedirect(reverse("documents:review", args=[public_id]))
    if document.direction == Direction.INCOMING and not is_opened(document, by):
        mark_read(document=document, by=by, at=clock.now())
    own = _incoming if document.direction == Direction.INCOMING else _outgoing
    facts = {**_common(document, by), **own(document, by)}
    if (version := _version(document, request.GET.get("version", ""))) is not None:
        facts |= {"draft": draft_from_json(version.draft), "version": version}
    return render(request, f"documents/record_{document.direction}.html", facts)


def _common(document: Document, by: Actor) -> dict[str, object]:
    obligations = [shown_obligation(one) for one in obligations_of(document)]
    citations = [shown_citation(one) for one in citations_of(document)]
    recipients = list(recipients_of(document))
    return {
        "document": document,
        "state": state_of(document.state),
        "crumbs": _crumbs(document),
        "today": clock.today(),
        "files": list(files_of(document)),
        "obligations": [one for one in obligations if not one.plain],
        "plain_duties": [one for one in obligations if one.plain],
        "duty_count": len(obligations),
        "bases": [one for one in citations if one.row.is_basis],
        "mentions": [one for one in citations if not one.row.is_basis],
        "addressees": [one for one in recipients if one.kind == "addressee"],
        "recipients": [one for one in recipients if one.kind == "recipient"],
        "history": _history(document),
        "opinions": [_said(one) for one in Opinion.objects.filter(document=document).order_by("-at", "-id")],
        "may_hand_on": may_in(by, Permission.HAND_ON, document.unit_id),
        "may_register": may_in(by, Permission.REGISTER, document.unit_id),
        "may_distribute": may_in(by, Permission.DISTRIBUTE, document.unit_id),
    }


def _crumbs(document: Document) -> list[Crumb]:
    if document.direction == Direction.INCOMING:
        return [
            Crumb(gettext("Văn bản đến"), reverse("documents:incoming")),
            Crumb(document.code or document.type_name),
        ]
    if document.state == DocumentState.ISSUED:
        return [Crumb(gettext("Văn bản đi"), reverse("documents:outgoing")), Crumb(document.code)]
    return [Crumb(gettext("Dự thảo"), reverse("documents:drafts")), Crumb(document.type_name)]


def _said(one: Opinion) -> HistoryEntry:
    who = f"{one.person_name} ({one.post_title})" if one.post_title else one.person_name
    return HistoryEntry(one.at, who, one.get_kind_display(), one.text, _TONES.get(one.kind, Tone.INFO))


def _history(document: Document) -> list[HistoryEntry]:
    entries = history(kind="document", public_id=str(document.public_id))[:HISTORY_SHOWN]
    return [HistoryEntry(one.at, one.person_name, verb_label(one.verb)) for one in entries]


def _incoming(document: Document, by: Actor) -> dict[str, object]:
    handed = Distribution.objects.filter(document=document).select_related("unit", "post").order_by("id")
    return {
        "clauses": list(clauses_of(document)),
        "distribution": list(handed),
        "readers": ReadMark.objects.filter(document=document).count(),
        "may_settle": may_settle(document, by),
        "waits_for_number": document.state == DocumentState.TO_REGISTER,
        "may_hand_over": may_in(by, Permission.DISTRIBUTE, document.unit_id)
        and document.state in (DocumentState.REGISTERED, DocumentState.DISTRIBUTED),
        "may_annul": may_in(by, Permission.REGISTER, document.unit_id) and document.state == DocumentState.REGISTERED,
    }


def _signing(document: Document, by: Actor, signs: bool) -> dict[str, object]:
    """Return by what right the person would sign, and the words that say so before they do."""
    authority = authority_of(document, by, clock.today()) if signs else None
    if authority is None:
        return {"authority": None}
    printed = " ".join(part for part in (authority.form, authority.head_title) if part) or authority.title
    words = gettext("Ký với quyền hạn “%(form)s”; sau khi ký, văn thư cấp số và phát hành.") % {"form": printed}
    return {"authority": authority, "sign_words": words}


def _version(document: Document, asked: str) -> DraftVersion | None:
    """Return the earlier version of a draft that the address asks for."""
    rows = DraftVersion.objects.filter(document=document)
    return rows.filter(version=number_of(asked)).first()


def _outgoing(document: Document, by: Actor) -> dict[str, object]:
    state = document.state
    copies = Document.objects.filter(issued_from=document)
    signs = may_in(by, Permission.SIGN, document.unit_id) and state == DocumentState.PRESENTED
    return {
        "draft": draft_of(document),
        "clauses": [],
        "versions": DraftVersion.objects.filter(document=document).defer("draft")[:10],
        "copies_count": copies.count() if state == DocumentState.ISSUED else 0,
        "copies_registered": copies.exclude(state=DocumentState.TO_REGISTER).count()
        if state == DocumentState.ISSUED
        else 0,
        **_signing(document, by, signs),
        "may_return": signs,
        "may_edit": may_in(by, Permission.DRAFT, document.unit_id) and state == DocumentState.DRAFT,
        "may_issue": may_in(by, Permission.ISSUE, document.unit_id) and state == DocumentState.SIGNED,
    }
