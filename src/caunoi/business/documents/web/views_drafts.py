"""Drafts: composing, editing the head, presenting, signing, returning, numbering and issuing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from caunoi.business.documents.access import (
    Permission,
    document_by_public_id,
    recipients_of,
    require,
    unit_ids,
)
from caunoi.business.documents.models import Document, DocumentType
from caunoi.business.documents.operations import outgoing as operations
from caunoi.business.documents.operations.outgoing import DraftRefused, draft_of
from caunoi.business.documents.rules.bodies import body_of, text_of_body
from caunoi.business.documents.rules.codes import symbol
from caunoi.business.documents.web.draft_forms import DraftForm, IssueForm
from caunoi.business.documents.web.requests import back_to_record, number_of, permitted, step, text_of, words_of
from caunoi.business.documents.web.views_facts import lines_of
from caunoi.foundation.organisations.public import Unit, ancestors, parent_of, subtree
from caunoi.foundation.pages.public import Crumb, actor_of
from caunoi.foundation.people.public import SigningAuthority, holders_of, signing_authorities
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, Line
from vanban.writing.draft import OFFICIAL_LETTER, Draft, SentTo

MOST_UNITS = 2_000
"""Units offered one by one on the page of issue; a larger tree is chosen by kind."""


@login_required
@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest) -> HttpResponseBase:
    """Write a new draft by hand: a dispatch, a notice, a plan."""
    by = permitted(request, Permission.DRAFT)
    units = Unit.objects.filter(pk__in=unit_ids(by, Permission.DRAFT)).order_by("sort_key", "id")
    unit = units.filter(pk=by.unit_id or 0).first() or units[0]
    initial = {"doc_type": OFFICIAL_LETTER}
    form = DraftForm(request.POST or None, types=_types(), signers=_signers(unit), initial=initial)
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            draft = _with_signer(_composed(form, unit), form, unit)
            document = operations.create_draft(draft=draft, unit=unit, by=by, at=clock.now())
            messages.success(request, gettext("Đã lập dự thảo."))
            return back_to_record(document.public_id)
        except DraftRefused as refused:
            error = words_of(refused)
    crumbs = [Crumb(gettext("Dự thảo"), reverse("documents:drafts")), Crumb(gettext("Soạn văn bản"))]
    facts = {"form": form, "error": error, "crumbs": crumbs, "unit": unit, "composing": True}
    return render(request, "documents/edit_draft.html", facts, status=422 if error or form.errors else 200)


def _types() -> list[tuple[str, str]]:
    """Return the administrative types in force, by name."""
    day = clock.today()
    rows = DocumentType.objects.filter(family="administrative", from_on__lte=day).exclude(until_on__lte=day)
    return [(row.name, row.name) for row in rows.order_by("sort_key")]


def _composed(form: DraftForm, unit: Unit) -> Draft:
    """Return the draft that the form describes, with issuer, place and symbol of the unit."""
    kind = form.cleaned_data["doc_type"]
    row = DocumentType.objects.filter(family="administrative", name=kind).order_by("-from_on").first()
    above = parent_of(unit, line=Line.ADMINISTRATIVE, on=clock.today())
    own = unit.symbol or unit.code
    draft = Draft(
        issuer=unit.name, superior=above.name if above else None, place=unit.seat or unit.name, title="", doc_type=kind,
        symbol=form.cleaned_data["symbol"] or symbol(abbreviation=row.abbreviation if row else "", unit=own),
    )  # fmt: skip
    return _changed(draft, form)


def _changed(draft: Draft, form: DraftForm) -> Draft:
    """Return the draft with what the form holds."""
    data = form.cleaned_data
    sent = tuple(SentTo(name, purpose or None) for name, purpose in lines_of(data["recipients"]))
    changed = replace(
        draft, title=data["title"], addressees=tuple(name for name, _ in lines_of(data["addressees"])), recipients=sent,
        bases=tuple(line.strip() for line in data["bases"].splitlines() if line.strip()),
        archive=data["archive"] or "VT",
        symbol=data["symbol"] or draft.symbol,
    )  # fmt: skip
    if "body" in form.fields:
        changed = replace(changed, body=body_of(data["body"]))
    return changed


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Edit subject, bases, addressees, recipients of a draft; its body too when a person wrote it."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    require(by, Permission.DRAFT, document.unit_id)
    draft = draft_of(document)
    signers = _signers(document.unit)
    initial = _initial(draft, document.unit)
    form = DraftForm(request.POST or None, signers=signers, initial=initial, with_body=not document.origin_kind)
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            changed = _with_signer(_changed(draft, form), form, document.unit)
            operations.update_draft(document=document, draft=changed, by=by, at=clock.now())
            messages.success(request, gettext("Đã lưu dự thảo; bản trước vẫn được giữ."))
            return back_to_record(public_id)
        except DraftRefused as refused:
            error = words_of(refused)
    crumbs = [Crumb(document.type_name, back_to_record(public_id).url), Crumb(gettext("Sửa dự thảo"))]
    facts = {"document": document, "form": form, "error": error, "crumbs": crumbs, "unit": document.unit}
    return render(request, "documents/edit_draft.html", facts, status=422 if error or form.errors else 200)


def _authorities(unit: Unit) -> QuerySet[SigningAuthority]:
    return signing_authorities(unit_id=unit.pk, on=clock.today())


def _signers(unit: Unit) -> list[tuple[str, str]]:
    """Return who may sign for a unit today: form and title, and the name of the holder of the post."""
    return [(str(one.pk), f"{_printed(one)} ({_holder(one)})") for one in _authorities(unit)]


def _printed(authority: SigningAuthority) -> str:
    lines = operations.sign_lines(authority)
    return " – ".join(f"{line.form} {line.title}" if line.form else line.title for line in lines)


def _holder(authority: SigningAuthority) -> str:
    return ", ".join(person.name for person in holders_of(authority.post, on=clock.today()))


def _with_signer(draft: Draft, form: DraftForm, unit: Unit) -> Draft:
    """Return the draft with the signature block of the chosen signer; whoever really signs sets it anew."""
    chosen = _authorities(unit).filter(pk=form.cleaned_data["signer"] or 0).first()
    if chosen is None:
        return draft
    return replace(draft, signing=operations.sign_lines(chosen), signer=_holder(chosen) or None)


def _initial(draft: Draft, unit: Unit) -> dict[str, object]:
    lines = draft.signing
    chosen = next((one.pk for one in _authorities(unit) if operations.sign_lines(one) == lines), "")
    return {
        "signer": str(chosen),
        "title": draft.title,
        "symbol": draft.symbol,
        "bases": "\n".join(draft.bases),
        "addressees": "\n".join(draft.addressees),
        "recipients": "\n".join(f"{one.name} ({one.purpose})" if one.purpose else one.name for one in draft.recipients),
        "archive": draft.archive,
        "body": text_of_body(draft.body),
    }


@step
def present(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Lay a draft before those who sign."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    operations.present_for_signing(document=document, note=text_of(request, "note"), by=by, at=clock.now())
    messages.success(request, gettext("Đã trình ký."))
    return back_to_record(public_id)


@step
def sign(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Sign a draft."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    operations.sign(document=document, by=by, at=clock.now())
    messages.success(request, gettext("Đã ký. Văn thư sẽ cấp số và phát hành."))
    return back_to_record(public_id)


@step
def send_back(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Return a draft with the reason."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    operations.return_draft(document=document, reason=text_of(request, "reason"), by=by, at=clock.now())
    messages.success(request, gettext("Đã trả lại dự thảo cho người soạn."))
    return back_to_record(public_id)


@step
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Give a draft up."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    operations.withdraw_draft(document=document, reason=text_of(request, "reason"), by=by, at=clock.now())
    messages.success(request, gettext("Đã hủy dự thảo."))
    return back_to_record(public_id)


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units of one kind, offered together."""

    code: str
    name: str
    units: list[Unit]
    chosen: frozenset[int]

    @property
    def is_whole(self) -> bool:
        """Whether every unit of the group is chosen."""
        return len(self.chosen) == len(self.units)


@login_required
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Choose the receiving units, then number and issue."""
    by = actor_of(request)
    document = document_by_public_id(public_id, by)
    require(by, Permission.ISSUE, document.unit_id)
    standing = Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=clock.today())
    others = Unit.objects.filter(standing).exclude(pk=document.unit_id)
    form = IssueForm(request.POST or None, initial={"issued_on": clock.today()}, others=others)
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            return _issue(request, document, form, by)
        except DraftRefused as refused:
            error = words_of(refused)
    crumbs = [Crumb(document.type_name, back_to_record(public_id).url), Crumb(gettext("Cấp số, phát hành"))]
    facts = {"document": document, "form": form, "error": error, "crumbs": crumbs, "groups": _groups(document)}
    return render(request, "documents/issue.html", facts, status=422 if error or form.errors else 200)


def _issue(request: HttpRequest, document: Document, form: IssueForm, by: Actor) -> HttpResponseBase:
    chosen = {number_of(value) for value in request.POST.getlist("units")}
    listed = [unit for group in _groups(document) for unit in group.units if unit.pk in chosen]
    units = list({unit.pk: unit for unit in [*listed, *form.cleaned_data["others"]]}.values())
    issued = operations.number_and_issue(
        document=document, recipients_units=units, issued_on=form.cleaned_data["issued_on"], by=by, at=clock.now()
    )
    facts = {"code": issued.code, "units": len(units)}
    messages.success(request, gettext("Đã phát hành số %(code)s, gửi đến %(units)s đơn vị.") % facts)
    return back_to_record(document.public_id)


def _groups(document: Document) -> list[UnitGroup]:
    """Return whom the document may be sent to, by kind: those above, then the subtree; named recipients are chosen."""
    day = clock.today()
    named: set[int] = set()
    for row in recipients_of(document):
        if row.unit_id is not None:
            named.add(row.unit_id)
    above = {unit.pk for line in Line for unit in ancestors(document.unit, line=line, on=day)}
    below = subtree(document.unit, on=day).exclude(pk=document.unit_id).select_related("kind")
    beside = Unit.objects.filter(pk__in=above | named).select_related("kind")
    units = {unit.pk: unit for unit in [*beside, *below[:MOST_UNITS]]}
    return _by_kind(units.values(), frozenset(named))


def _by_kind(units: Iterable[Unit], named: frozenset[int]) -> list[UnitGroup]:
    kinds: dict[int, list[Unit]] = {}
    for unit in sorted(units, key=lambda unit: (unit.kind.position, unit.sort_key)):
        kinds.setdefault(unit.kind_id, []).append(unit)
    return [
        UnitGroup(found[0].kind.code, found[0].kind.name, found, named & {unit.pk for unit in found})
        for found in kinds.values()
    ]
