"""Regimes: the list, the record with what is missing and what comes next, editing, designing, putting in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.business.reporting.access import Permission, ReportingForbidden, owners_for, regime_by_public_id
from caunoi.business.reporting.models import Campaign, RegimeTurn, ReportRegime
from caunoi.business.reporting.operations.ladder import may_set_ladder, rungs_of
from caunoi.business.reporting.operations.opening import expected_units, open_campaign
from caunoi.business.reporting.operations.regimes import (
    change_regime,
    create_regime,
    end_regime,
    put_in_force,
    revise_regime,
    set_reporters,
)
from caunoi.business.reporting.operations.shipped import shipped_regimes, take_over
from caunoi.business.reporting.operations.timetable import TurnDates, coming, next_due, next_turn
from caunoi.business.reporting.operations.turns import set_turns
from caunoi.business.reporting.plugs import REGIME_STATES
from caunoi.business.reporting.queries import facts_of, form_of, regimes_seen
from caunoi.business.reporting.rules.requirements import missing_items
from caunoi.business.reporting.rules.states import RegimeState
from caunoi.business.reporting.web.entry import shown
from caunoi.business.reporting.web.forms import NewRegimeForm, RegimeForm
from caunoi.business.reporting.web.forms_turns import TurnFormSet, turn_rows
from caunoi.business.reporting.web.requests import attempt, permitted, text_of
from caunoi.business.reporting.web.shown import CAMPAIGN_STATES, DAY_OFF_RULES, ITEMS, KINDS, MARKS, RHYTHMS, SPANS
from caunoi.foundation.calendar.public import Due, working_days
from caunoi.foundation.organisations.public import UnitKind
from caunoi.foundation.pages.public import Column, Crumb, Option, chips, paginate
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import fold

COLUMNS = [
    Column("name", _("Chế độ báo cáo"), width="wide"),
    Column("rhythm", _("Tần suất")),
    Column("due", _("Kỳ hạn tới")),
    Column("receiver", _("Nơi nhận")),
    Column("state", _("Trạng thái")),
]


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """One due day of a regime with the dates of its next coming."""

    turn: RegimeTurn
    span: object
    dates: TurnDates | None = None
    is_open: bool = False

    @property
    def heading(self) -> str:
        """The period, with the word for it where that says more."""
        span, period = str(self.span), self.dates.period if self.dates else ""
        if not period:
            return span
        return period[:1].upper() + period[1:] if period.lower().startswith(span.lower()) else f"{span} · {period}"


@login_required
@require_GET
def regimes(request: HttpRequest) -> HttpResponse:
    """Show the newest version of each regime of one's units."""
    by, today = permitted(request, Permission.REGIMES, Permission.READ), clock.today()
    options = [Option(state, REGIME_STATES[state].word) for state in RegimeState]
    row = chips(request.GET, "state", _("Trạng thái"), options)
    rows = regimes_seen(by, on=today)
    if row.value:
        rows = rows.filter(state=row.value)
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(folded__contains=word)
    page = paginate(rows, request)
    listed = [(r, REGIME_STATES[r.state], RHYTHMS[r.rhythm], _next(r, today)) for r in page.object_list]
    context = {
        "page": page, "listed": listed, "row": row, "columns": COLUMNS, "today": today,
        "may_design": by.may(Permission.REGIMES),
    }  # fmt: skip
    return render(request, "reporting/regimes.html", context)


def _next(regime: ReportRegime, on: dt.date) -> Due | None:
    found = next_turn(regime, on=on)
    return found[1] if found is not None else None


@login_required
@require_http_methods(["GET", "POST"])
def new_regime(request: HttpRequest) -> HttpResponse:
    """Begin a regime without an order."""
    by = permitted(request, Permission.REGIMES)
    form = NewRegimeForm(owners_for(by, on=clock.today()), request.POST or None)
    made: list[ReportRegime] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        step = lambda: made.append(  # noqa: E731
            create_regime(owner=data["owner"], name=data["name"], by=by, at=clock.now())
        )
        if attempt(request, step):
            return redirect("reporting:edit_regime", public_id=made[0].public_id)
    crumbs = [Crumb(_("Chế độ báo cáo"), reverse("reporting:regimes")), Crumb(_("Lập chế độ báo cáo"))]
    status = 422 if request.method == "POST" else 200
    return render(request, "reporting/new_regime.html", {"form": form, "crumbs": crumbs}, status=status)


@login_required
@require_GET
def regime(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one regime: its items, what is missing, its next dates, its form and its campaigns."""
    by, today = permitted(request, Permission.REGIMES, Permission.READ), clock.today()
    found = regime_by_public_id(public_id, by, on=today)
    campaigns = list(Campaign.objects.filter(regime=found).order_by("-last_day_on", "-id")[:10])
    form = form_of(found)
    context = {
        **head(found, by), "missing": [ITEMS[item] for item in missing_items(facts_of(found))],
        "turns": _turns(found, campaigns, today), "groups": list(found.groups.select_related("kind", "root")),
        "form": form, "preview": shown(form, None), "rhythm": RHYTHMS[found.rhythm],
        "campaigns": [(c, CAMPAIGN_STATES[c.state]) for c in campaigns],
        "expected": expected_units(found, today).count(),
        "undated": [SPANS[span] for span in found.undated if span in SPANS],
        "kind": KINDS[found.kind], "day_off": DAY_OFF_RULES[found.day_off_rule],
        "may_set_ladder": may_set_ladder(found, by, on=today), "has_ladder": rungs_of(found).exists(),
        "later": ReportRegime.objects.filter(previous=found).first(), "earlier": found.previous,
    }  # fmt: skip
    return render(request, "reporting/regime.html", context)


def head(found: ReportRegime, by: Actor) -> dict[str, object]:
    """Return what every page of a regime shows."""
    return {
        "regime": found, "regime_state": REGIME_STATES[found.state], "today": clock.today(),
        "crumbs": [Crumb(_("Chế độ báo cáo"), reverse("reporting:regimes")), Crumb(found.name)],
        "may_design": by.may(Permission.REGIMES) and found.state == RegimeState.DRAFT,
        "may_run": by.may(Permission.COLLECT) and found.state == RegimeState.IN_FORCE,
        "is_draft": found.state == RegimeState.DRAFT, "in_force": found.state == RegimeState.IN_FORCE,
    }  # fmt: skip


def _turns(found: ReportRegime, campaigns: list[Campaign], on: dt.date) -> list[ShownTurn]:
    listed, working = [], working_days()
    opened = {campaign.due_on for campaign in campaigns}
    for turn in found.turns.all():
        due = next_due(found, turn, on=on, working=working)
        if due is None:
            listed.append(ShownTurn(turn, SPANS[turn.span]))
            continue
        dates = coming(found, turn, due, on=on, working=working)
        listed.append(ShownTurn(turn, SPANS[turn.span], dates, due.day in opened))
    return listed


@login_required
@require_http_methods(["GET", "POST"])
def shipped(request: HttpRequest) -> HttpResponse:
    """Show the regimes that come with the system, and take one over as a draft."""
    by, today = permitted(request, Permission.REGIMES), clock.today()
    owners = list(owners_for(by, on=today))
    if request.method == "POST":
        owner = next((unit for unit in owners if str(unit.public_id) == text_of(request, "owner")), None)
        owner = owner or (owners[0] if owners else None)
        if owner is None:
            raise ReportingForbidden("reporting.not_permitted")
        made = take_over(code=text_of(request, "code"), owner=owner, by=by, at=clock.now())
        messages.success(
            request, gettext("Đã lấy “%(name)s” về làm dự thảo. Hãy điều chỉnh rồi áp dụng.") % {"name": made.name}
        )
        return redirect("reporting:regime", public_id=made.public_id)
    taken = regimes_seen(by, on=today).exclude(shipped_code="")
    held: dict[str, list[ReportRegime]] = {}
    for each in taken:
        held.setdefault(each.shipped_code, []).append(each)
    listed = [
        (each, MARKS[each.mark], RHYTHMS[each.rhythm], KINDS[each.kind], [SPANS[s] for s in each.spans],
         [SPANS[s] for s in each.undated], held.get(each.code, []))
        for each in shipped_regimes()
    ]  # fmt: skip
    crumbs = [Crumb(_("Chế độ báo cáo"), reverse("reporting:regimes")), Crumb(_("Mẫu chế độ có sẵn"))]
    return render(request, "reporting/shipped.html", {"listed": listed, "owners": owners, "crumbs": crumbs})


@login_required
@require_http_methods(["GET", "POST"])
def edit_regime(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change the items and the due days of a draft."""
    by, today = permitted(request, Permission.REGIMES), clock.today()
    found = regime_by_public_id(public_id, by, on=today)
    form = RegimeForm(found, today, request.POST or None, initial=RegimeForm.initial_of(found))
    turns = TurnFormSet(request.POST or None, initial=turn_rows(found), prefix="turn")
    if request.method == "POST" and form.is_valid() and turns.is_valid():
        kept = attempt(request, lambda: _write(request, found, form, turns, by), _("Đã lưu chế độ báo cáo."))
        if kept:
            return redirect("reporting:regime", public_id=public_id)
    earlier = [(group.kind, group.days_earlier) for group in found.groups.select_related("kind")]
    context = {**head(found, by), "form": form, "turns": turns, "earlier": earlier, "spans": SPANS}
    return render(request, "reporting/edit_regime.html", context, status=422 if request.method == "POST" else 200)


def _write(request: HttpRequest, found: ReportRegime, form: RegimeForm, turns: object, by: Actor) -> None:
    at, data = clock.now(), form.cleaned_data
    with transaction.atomic():  # all of the page or nothing
        change_regime(regime=found, facts=form.facts(), by=by, at=at)
        on = clock.day_of(at)
        lines = [line.turn(data["bound"], form.facts()["onward_bound"], on) for line in turns]  # type: ignore[attr-defined]  # a formset of TurnForm
        asked = [line.still_asked() for line in turns]  # type: ignore[attr-defined]  # the same formset
        set_turns(
            regime=found, turns=[line for line in lines if line is not None],
            undated=[span for span in asked if span is not None], by=by, at=at,
        )  # fmt: skip
        kinds = list(data["kinds"])
        set_reporters(
            regime=found, kinds=kinds, root=found.owner, days_earlier=_days_earlier(request, kinds), by=by, at=at
        )


def _days_earlier(request: HttpRequest, kinds: list[UnitKind]) -> dict[int, int]:
    """Return by kind the working days that were typed; what is no number counts as none."""
    typed = {kind.pk: text_of(request, f"earlier_{kind.pk}") for kind in kinds}
    return {pk: min(int(text), 60) for pk, text in typed.items() if text.isascii() and text.isdigit()}


@login_required
@require_POST
def step_regime(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a regime in force, revise it, end it, or open its next campaign, as the button says."""
    by, act, at = permitted(request, Permission.REGIMES), request.POST.get("act", ""), clock.now()
    found = regime_by_public_id(public_id, by, on=clock.day_of(at))
    on = parse_date(text_of(request, "on") or "-") or clock.day_of(at)
    made: list[ReportRegime] = []
    opened: list[Campaign] = []
    if act == "force":
        attempt(request, lambda: put_in_force(regime=found, on=on, by=by, at=at), _("Chế độ báo cáo đã được áp dụng."))
    elif act == "end":
        attempt(request, lambda: end_regime(regime=found, on=on, by=by, at=at), _("Đã kết thúc chế độ báo cáo."))
    elif act == "revise":
        if attempt(request, lambda: made.append(revise_regime(regime=found, by=by, at=at)), _("Đã lập phiên bản mới.")):
            return redirect("reporting:regime", public_id=made[0].public_id)
    elif act == "open":
        due_on = parse_date(text_of(request, "due_on") or "-")
        step = lambda: opened.append(open_campaign(regime=found, due_on=due_on, by=by, at=at))  # noqa: E731
        if attempt(request, step, _("Đã mở đợt báo cáo.")):
            return redirect("reporting:campaign", public_id=opened[0].public_id)
    return redirect("reporting:regime", public_id=public_id)
