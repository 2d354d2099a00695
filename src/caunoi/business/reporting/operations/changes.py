"""What the birth, merger, move or end of units means to campaigns with a frozen list: by rule, open to decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import F, Q, QuerySet

from caunoi.business.reporting.access import Permission, require_gathering
from caunoi.business.reporting.models import Campaign, CampaignChange, ExpectedReporter
from caunoi.business.reporting.operations.branch_seal import recounted
from caunoi.business.reporting.operations.campaigns import reporter_subject, subject_of
from caunoi.business.reporting.operations.opening import expected_units, last_days_of
from caunoi.business.reporting.operations.refused import CampaignRefused
from caunoi.business.reporting.operations.telling import tell, tell_gatherers
from caunoi.business.reporting.operations.totals import Shift, add_places, shift_totals
from caunoi.business.reporting.rules.changes import RELEASING, after_end, decided, role_in
from caunoi.business.reporting.rules.states import SENT, UNSENT, CampaignState, ChangeState, ReporterState
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.calendar.public import working_days
from caunoi.foundation.organisations.public import Unit, UnitEventUndone, UnitsChanged, path_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, Line

CHUNK: Final = 900


@dataclass(frozen=True, slots=True)
class Happened:
    """The event, with the units it names and the moment."""

    event: UnitsChanged
    heirs: dict[int, int]
    units: dict[int, Unit]


def follow(event: UnitsChanged) -> None:
    """Take an event into every open campaign, in its transaction; on one whose list is being made it waits.

    Units that end before their report is due are released, or their heir is asked for it; units that begin and belong
    to those who report are offered. Reports that were sent stay. Each is shown as a line on the page of the campaign.
    """
    heirs: dict[int, int] = {}
    for old, new in event.successors:
        heirs.setdefault(old, new)
    named = {*event.closed, *event.opened, *event.moved, *heirs.values()}
    happened = Happened(event, heirs, Unit.objects.in_bulk(list(named)))
    lines = [*_waiting(happened), *_ended(happened), *_moved(happened), *_begun(happened)]
    touched = {line.campaign_id: line.campaign for line in lines}
    CampaignChange.objects.bulk_create(lines, ignore_conflicts=True)
    for campaign in touched.values():
        tell_gatherers("changed", campaign, by=event.by, at=event.at)


def _waiting(happened: Happened) -> list[CampaignChange]:
    """Note the event on every campaign whose list is being made; locked, so that freezing it sees what is noted."""
    event, named = happened.event, {*happened.event.closed, *happened.event.opened, *happened.event.moved}
    preparing = Campaign.objects.select_for_update(of=("self",)).filter(state=CampaignState.PREPARING)
    return [
        _line(happened, campaign, pk, ChangeState.WAITING, heir=happened.heirs.get(pk))
        for campaign in preparing.filter(last_day_on__gte=event.effective_on).select_related("owner").order_by("pk")
        for pk in sorted(named)
    ]


@use_case
def settle_waiting(*, campaign: Campaign, by: Actor, at: dt.datetime) -> int:
    """Decide by rule what came while the list of a campaign was being made; return how many lines that were.

    A line about a unit that neither stands on the list nor belongs there goes. Doing it twice changes nothing.
    """
    waiting = CampaignChange.objects.filter(campaign=campaign, state=ChangeState.WAITING)
    _hold(ExpectedReporter.objects.filter(campaign=campaign, unit__in=waiting.values("unit")))
    rows = waiting.select_for_update(of=("self",))
    lines = list(rows.select_related("campaign__regime", "campaign__owner", "unit__kind", "heir").order_by("pk"))
    if not lines or campaign.state != CampaignState.OPEN:
        return 0
    for line in lines:
        _settle(line, by, at)
    record(by=by, at=at, verb="reporting.settle_changes", subject=subject_of(campaign),
           changes={"units": (None, len(lines))})  # fmt: skip
    tell_gatherers("changed", campaign, by=by, at=at)
    return len(lines)


def _hold(places: QuerySet[ExpectedReporter]) -> None:
    """Lock places of units before the campaign is: in that order they are locked by who sends a report."""
    list(places.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def _settle(line: CampaignChange, by: Actor, at: dt.datetime) -> None:
    on, unit = line.effective_on, line.unit
    role = role_in(began=unit.established_on == on, ended=unit.dissolved_on == on)
    held = ExpectedReporter.objects.select_for_update(of=("self",))
    held = held.select_related("campaign__regime", "campaign__owner")
    reporter = held.filter(campaign=line.campaign, unit=unit).first()
    if reporter is None:
        wanted = role == "begun" and expected_units(line.campaign.regime, on).filter(pk=unit.pk).exists()
        if not wanted:
            line.delete()
            return
        line.state = ChangeState.OFFERED
    else:
        line.reporter, line.before, line.state = reporter, reporter.state, ChangeState.KEPT
        if role == "ended":
            before_due = on <= reporter.last_day_on
            line.state = after_end(
                reporter.state, kind=line.kind, has_heir=line.heir is not None, ends_before_due=before_due
            )
            _apply(reporter, line, by, at)
    line.save(update_fields=["reporter", "before", "state"])


def _reporters(units: Collection[int], *, carrying: bool = False) -> Iterable[ExpectedReporter]:
    """Yield the places of units in open campaigns; with ``carrying`` those that units still owe as heirs."""
    ids = sorted(units)
    for start in range(0, len(ids), CHUNK):
        rows = ExpectedReporter.objects.select_for_update(of=("self",)).select_related(
            "campaign__regime", "campaign__owner"
        )
        part = ids[start : start + CHUNK]
        wanted = Q(heir_id__in=part, state__in=UNSENT) & ~Q(unit_id__in=ids) if carrying else Q(unit_id__in=part)
        yield from rows.filter(wanted, campaign__state=CampaignState.OPEN).order_by("campaign_id", "pk")


def _ended(happened: Happened) -> list[CampaignChange]:
    event, lines = happened.event, []
    places = [(each, each.unit_id) for each in _reporters(event.closed)]
    places += [(each, each.bearer_id) for each in _reporters(event.closed, carrying=True)]
    for reporter, gone in places:
        heir = happened.heirs.get(gone)
        state = after_end(
            reporter.state, kind=event.kind, has_heir=heir is not None,
            ends_before_due=event.effective_on <= reporter.last_day_on,
        )  # fmt: skip
        line = _line(happened, reporter.campaign, reporter.unit_id, state, heir=heir, reporter=reporter)
        line.before = reporter.state
        _apply(reporter, line, event.by, event.at)
        lines.append(line)
    return lines


def _moved(happened: Happened) -> list[CampaignChange]:
    return [
        _line(happened, reporter.campaign, reporter.unit_id, ChangeState.KEPT, reporter=reporter)
        for reporter in _reporters(happened.event.moved)
    ]


def _begun(happened: Happened) -> list[CampaignChange]:
    event, lines = happened.event, []
    opened = set(event.opened)
    if not opened:
        return []
    open_ones = Campaign.objects.filter(
        state=CampaignState.OPEN, last_day_on__gte=event.effective_on, event_on__isnull=True
    )
    for campaign in open_ones.select_related("regime", "owner").order_by("pk"):
        wanted = expected_units(campaign.regime, event.effective_on).filter(pk__in=opened)
        held = set(
            ExpectedReporter.objects.filter(campaign=campaign, unit__in=opened).values_list("unit_id", flat=True)
        )
        ids = wanted.values_list("pk", flat=True)
        lines += [_line(happened, campaign, pk, ChangeState.OFFERED) for pk in ids if pk not in held]
    return lines


def _line(
    happened: Happened,
    campaign: Campaign,
    unit_id: int,
    state: ChangeState,
    *,
    heir: int | None = None,
    reporter: ExpectedReporter | None = None,
) -> CampaignChange:
    event = happened.event
    return CampaignChange(
        campaign=campaign, event_id=event.event_id, kind=event.kind, effective_on=event.effective_on,
        unit_id=unit_id, heir=happened.units.get(heir) if heir is not None else None,
        reporter=reporter, state=state, at=event.at,
    )  # fmt: skip


def _apply(reporter: ExpectedReporter, line: CampaignChange, by: Actor, at: dt.datetime) -> None:
    """Give a reporter the state that its line says."""
    if line.state in (ChangeState.RELEASED, ChangeState.HEIR_ONE):
        _release(reporter, line, by, at)
    elif line.state == ChangeState.HEIR_BOTH and line.heir is not None:
        _ask_heir(reporter, line.heir, by, at)


def _release(reporter: ExpectedReporter, line: CampaignChange, by: Actor, at: dt.datetime) -> None:
    if reporter.state == ReporterState.EXEMPT:
        return
    before, reporter.state = reporter.state, ReporterState.EXEMPT
    day, heir = f"{line.effective_on:%d/%m/%Y}", line.heir.name if line.heir is not None else ""
    if line.state == ChangeState.HEIR_ONE:
        ground = f"Không còn từ ngày {day}; {heir} báo cáo chung"
    else:
        ground = f"Không còn từ ngày {day}" + (f"; đơn vị kế thừa: {heir}" if heir else "")
    reporter.extension_ground = ground[:300]
    reporter.heir = line.heir
    reporter.save(update_fields=["state", "extension_ground", "heir"])
    shift_totals(reporter, reporter.campaign, Shift(expected=-1), recounted(reporter, [reporter.unit_id]))
    record(by=by, at=at, verb="reporting.exempt", subject=reporter_subject(reporter),
           changes={"state": (before, reporter.state), "ground": (None, reporter.extension_ground)})  # fmt: skip


def _ask_heir(reporter: ExpectedReporter, heir: Unit, by: Actor, at: dt.datetime) -> None:
    reporter.heir = heir
    reporter.save(update_fields=["heir"])
    record(by=by, at=at, verb="reporting.ask_heir", subject=reporter_subject(reporter),
           changes={"heir": (None, heir.name)})  # fmt: skip
    tell("heir", reporter.campaign, [heir.pk], text=f"Thay cho {reporter.name}.", by=by, at=at)


def _restore(reporter: ExpectedReporter, state: str, by: Actor, at: dt.datetime) -> None:
    """Let a released unit owe its report again."""
    if reporter.state != ReporterState.EXEMPT:
        return
    reporter.state = state or ReporterState.NOT_STARTED
    reporter.extension_ground = ""
    reporter.save(update_fields=["state", "extension_ground"])
    shift_totals(reporter, reporter.campaign, Shift(expected=1), recounted(reporter, [reporter.unit_id]))
    record(by=by, at=at, verb="reporting.owe_again", subject=reporter_subject(reporter),
           changes={"state": (ReporterState.EXEMPT, reporter.state)})  # fmt: skip


@use_case
def decide_change(*, change: CampaignChange, act: str, by: Actor, at: dt.datetime) -> CampaignChange:
    """Decide about one line: ``both`` or ``one`` report of an heir, ``release``, ``add`` or ``decline`` a new unit.

    Raises CampaignRefused ``change_decided`` when the line does not allow it, ReportingForbidden.
    """
    require_gathering(change.campaign, by, Permission.COLLECT)
    _hold(ExpectedReporter.objects.filter(campaign=change.campaign_id, unit=change.unit_id))
    Campaign.objects.select_for_update(no_key=True).get(pk=change.campaign_id)  # one list, one decision at a time
    rows = CampaignChange.objects.select_for_update(of=("self",)).select_related(
        "campaign__regime", "campaign__owner", "unit", "heir", "reporter__campaign__owner"
    )
    locked = rows.get(pk=change.pk)
    is_sent = locked.reporter is not None and locked.reporter.state in SENT
    wanted = decided(ChangeState(locked.state), act, has_heir=locked.heir_id is not None, is_sent=is_sent)
    if wanted is None or locked.campaign.state != CampaignState.OPEN:
        raise CampaignRefused("reporting.change_decided", unit=locked.unit.name)
    before, locked.state = locked.state, wanted
    locked.decided_by = f"{by.person_name}, {by.unit_name}"[:300]
    if locked.reporter is not None and wanted is ChangeState.DECLINED:
        _remove(locked)
    elif locked.reporter is not None:
        if before in RELEASING:
            _restore(locked.reporter, locked.before, by, at)
        _apply(locked.reporter, locked, by, at)
    elif wanted is ChangeState.ADDED:
        locked.reporter = _add(locked, by, at)
    locked.save(update_fields=["state", "decided_by", "reporter"])
    record(by=by, at=at, verb="reporting.decide_change", subject=subject_of(locked.campaign),
           changes={"unit": (None, locked.unit.name), "state": (before, locked.state)})  # fmt: skip
    return locked


def _add(line: CampaignChange, by: Actor, at: dt.datetime) -> ExpectedReporter:
    campaign, unit, on = line.campaign, line.unit, clock.day_of(at)
    day = max(on, line.effective_on)
    last_day = last_days_of(campaign, working_days()).get(unit.kind_id, campaign.last_day_on)
    reporter = ExpectedReporter.objects.create(
        campaign=campaign, unit=unit, path=path_of(unit, line=Line(campaign.line), on=day) or "", name=unit.name,
        kind_code=unit.kind.code, kind_name=unit.kind.name, folded=unit.folded, sort_key=unit.sort_key,
        last_day_on=last_day, lock_on=campaign.lock_on,
    )  # fmt: skip
    add_places(reporter, campaign)
    shift_totals(reporter, campaign, Shift(expected=1), recounted(reporter, [unit.pk]))
    Campaign.objects.filter(pk=campaign.pk).update(expected=F("expected") + 1)
    tell("opened", campaign, [unit.pk], by=by, at=at)
    return reporter


def _remove(line: CampaignChange) -> None:
    """Take a unit that was added off the list again, as long as it has begun nothing."""
    reporter = line.reporter
    if reporter is None:
        return
    if reporter.versions:
        raise CampaignRefused("reporting.change_decided", unit=reporter.name)
    line.reporter = None
    CampaignChange.objects.filter(reporter=reporter).update(reporter=None)
    Campaign.objects.filter(pk=line.campaign_id).update(expected=F("expected") - 1)
    ExpectedReporter.objects.filter(pk=reporter.pk).delete()
    shift_totals(reporter, line.campaign, Shift(expected=-1), recounted(reporter, [reporter.unit_id]))


def _heir_before(line: CampaignChange) -> int | None:
    """Return the heir that an earlier event gave to the report of a line."""
    given = CampaignChange.objects.filter(reporter=line.reporter, state=ChangeState.HEIR_BOTH)
    earlier = given.exclude(event_id=line.event_id).order_by("-at", "-pk")
    return earlier.values_list("heir_id", flat=True).first()


def take_back(event: UnitEventUndone) -> None:
    """Undo in every campaign what an event did there that has been taken back.

    A new unit that was added to a list keeps the event from being taken back, until it is declined there.
    """
    rows = CampaignChange.objects.filter(event_id=event.event_id).select_related(
        "campaign__owner", "reporter__campaign__owner"
    )
    for line in rows:
        reporter = line.reporter
        if reporter is not None and line.state in RELEASING:
            _restore(reporter, line.before, event.by, event.at)
        if reporter is not None and line.state in (*RELEASING, ChangeState.HEIR_BOTH):
            ExpectedReporter.objects.filter(pk=reporter.pk).update(heir=_heir_before(line))
    CampaignChange.objects.filter(event_id=event.event_id).update(state=ChangeState.UNDONE)
