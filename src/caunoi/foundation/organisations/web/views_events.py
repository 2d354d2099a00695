"""Entering an event (form, preview, confirmation) and taking one back. Nothing is saved before the last step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from caunoi.foundation.organisations.access import Permission, require_managed
from caunoi.foundation.organisations.models import Unit, UnitEvent, UnitEventPart
from caunoi.foundation.organisations.operations.carrying import enter_event
from caunoi.foundation.organisations.operations.plan import Plan
from caunoi.foundation.organisations.operations.previewing import Preview, preview
from caunoi.foundation.organisations.operations.refused import TreeRefused
from caunoi.foundation.organisations.operations.resting import footprint_of, resting_on
from caunoi.foundation.organisations.operations.undoing import touched_by, undo_event
from caunoi.foundation.organisations.queries import event_by_public_id
from caunoi.foundation.organisations.rules.kinds import EventKind
from caunoi.foundation.organisations.rules.resting import Resting
from caunoi.foundation.organisations.web.asking import is_uuid, permitted
from caunoi.foundation.organisations.web.forms import FORMS, EventForm, SplitForm
from caunoi.foundation.organisations.web.sharing import Beneath, beneath, folded_in, gatherings
from caunoi.foundation.organisations.web.shown import decision_words, kind_shown, moved_together
from caunoi.foundation.pages.public import Column, Crumb, words_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.errors import Refused

_OWN = frozenset({"csrfmiddlewaretoken", "step", "seen"})
"""Fields of the wizard itself, which are not carried from step to step."""
SHARED = [
    Column("unit", _("Đơn vị"), width="wide"), Column("kind", _("Loại hình")), Column("place", _("Nơi khác, địa danh")),
    Column("to", _("Nơi nhận")),
]  # fmt: skip
"""What the page of sharing out shows of each unit beneath."""


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for an event, show what it would change, enter it."""
    by = permitted(request, Permission.MANAGE)
    if kind not in FORMS:
        raise Http404
    step, posted = request.POST.get("step", ""), folded_in(request.POST)
    form = FORMS[kind](posted if request.method == "POST" else None, initial=_initial(request, kind))
    if request.method == "GET" or step == "edit" or not form.is_valid():
        return _form_page(request, kind, form, wrong=request.method == "POST" and step != "edit")
    try:
        plan = form.plan()
        if step == "confirm":
            return _entered(request, plan, by)
        require_managed(plan.named(), by=by, today=clock.today(), root=plan.uses_root())
    except Refused as refused:
        form.add_error(None, words_of(refused))
        return _form_page(request, kind, form, wrong=True)
    rows = beneath(form, plan.on) if step in ("preview", "share") else []
    if isinstance(form, SplitForm) and rows:
        return _sharing_page(request, form, rows)
    return _preview_page(request, kind, form, preview(plan))


def _initial(request: HttpRequest, kind: str) -> dict[str, object]:
    asked = request.GET.get("unit", "")
    unit = Unit.objects.select_related("kind").filter(public_id=asked).first() if is_uuid(asked) else None
    chosen: dict[str, object] = {"line": Line.PROFESSIONAL.value, "ends": "yes", "unit": unit}
    if unit is not None and kind == EventKind.RENAME:
        names = ("name", "name_en", "symbol", "seat", "code")
        chosen |= {name: getattr(unit, name) for name in names}
    if unit is not None and kind == EventKind.CHANGE_KIND:
        chosen["kind"] = unit.kind.code
    return chosen


def _entered(request: HttpRequest, plan: Plan, by: Actor) -> HttpResponse:
    enter_event(plan=plan, by=by, at=clock.now(), seen=_seen(request.POST.get("seen", "")))
    messages.success(request, gettext("Đã ghi nhận thay đổi."))
    shown = [opening.unit for opening in plan.openings if opening.unit is not None] or plan.subjects
    return redirect("organisations:unit", shown[0].public_id)


def _seen(text: str) -> Mapping[UUID, int]:
    try:
        pairs = json.loads(text)
        return {UUID(key): int(value) for key, value in pairs.items()}
    except (ValueError, AttributeError, TypeError):
        return {}


def _crumbs(label: object) -> list[Crumb]:
    return [Crumb(pgettext_lazy("nhiều", "Đơn vị"), reverse("organisations:units")), Crumb(label)]


def _form_page(request: HttpRequest, kind: str, form: EventForm, *, wrong: bool) -> HttpResponse:
    shown = kind_shown(kind)
    if not wrong and request.method == "POST":
        form = FORMS[kind](initial=_posted(form))
    context = {
        "form": form,
        "kind": shown,
        "crumbs": _crumbs(shown.action),
        "subject_fields": [one for one in form.visible_fields() if one.name not in EventForm.DECISION],
        "decision_fields": [form[name] for name in EventForm.DECISION],
    }
    return render(request, "organisations/event_form.html", context, status=422 if wrong else 200)


def _posted(form: EventForm) -> dict[str, object]:
    return {name: form[name].value() for name in form.fields}


def _kept(request: HttpRequest, *, without: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Return what was asked for so far, as the hidden fields of the next step."""
    held = folded_in(request.POST).lists()
    return [(name, value) for name, values in held if name not in _OWN | without for value in values]


def _sharing_page(request: HttpRequest, form: SplitForm, rows: list[Beneath]) -> HttpResponse:
    shown = kind_shown(EventKind.SPLIT)
    context = {
        "kind": shown,
        "crumbs": _crumbs(shown.action),
        "unit": form.cleaned_data["unit"],
        "receivers": form.receivers(),
        "rows": rows,
        "columns": SHARED,
        "gatherings": gatherings(rows),
        "kept": _kept(request, without=frozenset({"shares"})),
    }
    return render(request, "organisations/event_sharing.html", context)


def _preview_page(request: HttpRequest, kind: str, form: EventForm, found: Preview) -> HttpResponse:
    context = {
        "kind": kind_shown(kind),
        "crumbs": _crumbs(kind_shown(kind).action),
        "found": found,
        "plan": found.plan,
        "faults": list(dict.fromkeys(words_of(fault) for fault in found.faults)),
        "moved": moved_together(found.plan),
        "may_share": bool(beneath(form, found.plan.on)),
        "kept": _kept(request),
        "seen": json.dumps({str(key): value for key, value in found.seen.items()}),
        "decision": form.decision(),
    }
    return render(request, "organisations/event_preview.html", context)


def _listed(items: list[Resting], by: Actor) -> list[tuple[str, str]]:
    """Return words and page of what rests on an event; a later event is called by its kind."""
    later = UnitEvent.objects.filter(public_id__in=[one.event for one in items if one.event is not None])
    kinds = dict(later.values_list("public_id", "kind"))
    return [
        (f"{kind_shown(kinds[one.event]).done}: {one.label}" if one.event in kinds else one.label, _page_of(one, by))
        for one in items
    ]


def _page_of(one: Resting, by: Actor) -> str:
    """Return the page of something that rests on an event, if the actor may open it."""
    if one.event is not None:
        return reverse("organisations:event_undo", args=[one.event])
    if one.group is not None:
        return reverse("organisations:group", args=[one.group])
    return one.url if not one.permission or by.may(one.permission) else ""


@login_required
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what taking an event back would restore, or what rests on it; take it back."""
    by = permitted(request, Permission.MANAGE)
    event = event_by_public_id(public_id)
    parts = list(Unit.objects.filter(pk__in=UnitEventPart.objects.filter(event=event).values("unit_id")))
    require_managed(touched_by(event), by=by, today=clock.today())
    refusal = ""
    if request.method == "POST":
        try:
            undo_event(event=event, by=by, at=clock.now())
        except TreeRefused as refused:
            refusal = words_of(refused)
        else:
            messages.success(request, gettext("Đã hoàn tác; các đơn vị trở lại như trước."))
            left = Unit.objects.filter(pk__in=[one.pk for one in parts]).first()
            return redirect("organisations:unit", left.public_id) if left else redirect("organisations:units")
    footprint = footprint_of(event)
    context = {
        "event": event,
        "what": kind_shown(event.kind).done,
        "decision": decision_words(event),
        "crumbs": _crumbs(_("Hoàn tác")),
        "resting": _listed(resting_on(event), by) if event.undone_at is None else [],
        "refusal": refusal,
        "opened": Unit.objects.filter(pk__in=footprint.opened),
        "closed": Unit.objects.filter(pk__in=footprint.closed),
        "moved": len(footprint.moved),
    }
    return render(request, "organisations/event_undo.html", context, status=409 if refusal else 200)
