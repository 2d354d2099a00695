"""Campaigns: opened by hand or by themselves, their list frozen, units extended, exempted, chased, locked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from typing import Final

from django.db.models import F, Q, QuerySet

from caunoi.business.reporting.access import (
    Permission,
    ReportingForbidden,
    reporters_of,
    require_gathering,
)
from caunoi.business.reporting.models import Campaign, ExpectedReporter, RegimeTurn, ReportRegime
from caunoi.business.reporting.operations.refused import CampaignRefused
from caunoi.business.reporting.operations.telling import tell
from caunoi.business.reporting.operations.totals import Shift, create_nodes, shift_totals
from caunoi.business.reporting.queries import least_working_days, window_of
from caunoi.business.reporting.rules.spans import CutOffOrigin, Span
from caunoi.business.reporting.rules.states import SENT, UNSENT, CampaignState, RegimeState, ReporterState
from caunoi.business.reporting.rules.turns import Covered, CutOff, covered_by, cut_off, lock_day, period_name
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.calendar.public import Bound, Due, DueRule, Rhythm, working_days
from caunoi.foundation.jobs.public import Job, enqueue
from caunoi.foundation.organisations.public import Unit, covers, ids_within, path_of, with_paths
from caunoi.foundation.search.public import put
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, Line, Scope
from caunoi.kernel.text import fold

AT_ONCE: Final = 300
"""Lists longer than this are frozen by a job that shows its progress."""
CHUNK: Final = 2000
ONE_DAY: Final = dt.timedelta(days=1)
FREEZE: Final = "reporting.freeze"


def subject_of(campaign: Campaign) -> Subject:
    """Return how a campaign stands in the audit."""
    return Subject("campaign", str(campaign.public_id), campaign.name, campaign.owner_id)


def next_turn(regime: ReportRegime, *, on: dt.date) -> tuple[RegimeTurn, Due] | None:
    """Return the turn of a regime whose last day in time comes next; ``None`` when nothing comes any more."""
    coming = [(turn, due) for turn in regime.turns.all() if (due := rule_of(regime, turn).next_after(on)) is not None]
    return min(coming, key=lambda pair: pair[1].last_day, default=None)


def rule_of(regime: ReportRegime, turn: RegimeTurn) -> DueRule:
    """Return the deadline of one turn as a rule."""
    rhythm = Rhythm.ONCE if regime.rhythm == Rhythm.ONCE else Rhythm.YEARLY
    year = regime.year if rhythm is Rhythm.ONCE else None
    return DueRule(rhythm, ((turn.month, turn.day),), year, Bound(regime.bound), regime.printed_due)


@use_case
def open_campaign(*, regime: ReportRegime, due_on: dt.date | None = None, by: Actor, at: dt.datetime) -> Campaign:
    """Open the turn of a regime that is due on the printed day ``due_on``, or the next one.

    The list of expected reporters is frozen with the names and paths of today; a long list is frozen by a job. Raises
    CampaignRefused ``regime_not_in_force``, ``no_turn``, ``campaign_exists``, ``no_reporters``; ReportingForbidden.
    """
    on = clock.day_of(at)
    if not (by.is_system or covers(by.scopes(Permission.COLLECT), regime.owner_id, on=on)):
        raise ReportingForbidden("reporting.not_permitted")
    regime = ReportRegime.objects.select_related("owner").get(pk=regime.pk)
    if not _in_force(regime, on):
        raise CampaignRefused("reporting.regime_not_in_force", name=regime.name)
    turn, due = _turn(regime, due_on, on)
    campaign = _planned(regime, turn, due, at)
    if _held(regime, campaign):
        raise CampaignRefused("reporting.campaign_exists", name=campaign.name)
    units = expected_units(regime, on)
    count = units.count()
    if count == 0:
        raise CampaignRefused("reporting.no_reporters", name=regime.name)
    campaign.expected = count
    campaign.save()
    record(by=by, at=at, verb="reporting.open_campaign", subject=subject_of(campaign),
           changes={"expected": (None, count), "due_on": (None, due.day)})  # fmt: skip
    text = f"{regime.content} {campaign.owner.name}"
    put(kind="campaign", public_id=campaign.public_id, title=campaign.name, text=text, unit_id=regime.owner_id, at=at)
    if count <= AT_ONCE:
        freeze(campaign, units)
        finish_opening(campaign=campaign, by=by, at=at)
    else:
        enqueue(FREEZE, at=at, key=_freezing(campaign), campaign=campaign.pk)
    return campaign


def opening_of(campaign: Campaign) -> Job | None:
    """Return the job that freezes the list of a campaign, with its progress; ``None`` when it needed none."""
    if campaign.state != CampaignState.PREPARING:
        return None
    return Job.objects.filter(key=_freezing(campaign)).order_by("-id").first()


def _freezing(campaign: Campaign) -> str:
    return f"{FREEZE}:{campaign.pk}"


def _in_force(regime: ReportRegime, on: dt.date) -> bool:
    started = regime.state == RegimeState.IN_FORCE and regime.from_on is not None and regime.from_on <= on
    return started and (regime.until_on is None or on < regime.until_on)


def _turn(regime: ReportRegime, due_on: dt.date | None, on: dt.date) -> tuple[RegimeTurn, Due]:
    if due_on is None:
        found = next_turn(regime, on=on)
    else:
        turns = ((turn, due) for turn in regime.turns.all() for due in rule_of(regime, turn).in_year(due_on.year))
        found = next((pair for pair in turns if pair[1].day == due_on), None)
    if found is None:
        raise CampaignRefused("reporting.no_turn", name=regime.name)
    return found


def _planned(regime: ReportRegime, turn: RegimeTurn, due: Due, at: dt.datetime) -> Campaign:
    on = clock.day_of(at)
    covered, end = dates_of(turn, due, on=on)
    name = f"{regime.name} – {period_name(covered.span, covered.year, covered.month)}"
    return Campaign(
        regime=regime,
        owner=regime.owner,
        line=regime.line,
        root_path=path_of(regime.owner_id, line=Line(regime.line), on=on) or "",
        name=name,
        span=covered.span,
        span_year=covered.year,
        span_month=covered.month,
        period_from_on=covered.first,
        period_until_on=covered.last + ONE_DAY,
        cut_off_on=end.on,
        cut_off_origin=end.origin,
        due_on=due.day,
        bound=regime.bound,
        last_day_on=due.last_day,
        lock_on=lock_day(due.last_day, working_days(), regime.lock_days),
        state=CampaignState.PREPARING,
        opened_at=at,
        folded=fold(name)[:900],
    )


def dates_of(turn: RegimeTurn, due: Due, *, on: dt.date) -> tuple[Covered, CutOff]:
    """Return the period that a turn covers and the cut-off of its figures, by the law of the day ``on``."""
    window, _ = window_of(Span(turn.span), on=on)
    covered = covered_by(Span(turn.span), window, due.day)
    own = None
    if turn.cut_off_origin == CutOffOrigin.OWN and turn.cut_off_day is not None:
        own = (turn.cut_off_month, turn.cut_off_day)
    end = cut_off(covered, due.last_day, working_days(), least=least_working_days(on=on), own=own)
    return covered, end


def _held(regime: ReportRegime, campaign: Campaign) -> bool:
    versions = [regime.pk, *([regime.previous_id] if regime.previous_id else [])]
    same = {"span": campaign.span, "span_year": campaign.span_year, "span_month": campaign.span_month}
    return Campaign.objects.filter(regime_id__in=versions, **same).exists()


def expected_units(regime: ReportRegime, on: dt.date) -> QuerySet[Unit]:
    """Return the units that owe the report on a day, as a lazy query; the unit that gathers it owes none."""
    line, wanted = Line(regime.line), Q(pk__in=[])
    for group in regime.groups.select_related("root"):
        path = path_of(group.root_id, line=line, on=on)
        scope = Scope(group.root_id, path or "", line, subtree=path is not None)
        wanted |= Q(kind_id=group.kind_id, pk__in=ids_within([scope], on=on))
    alive = Q(established_on__lte=on) & (Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on))
    return with_paths(Unit.objects.filter(wanted, alive).exclude(pk=regime.owner_id), line=line, on=on)


def freeze(campaign: Campaign, units: QuerySet[Unit], progress: Callable[[int, int], None] | None = None) -> None:
    """Write the frozen list in sets; what is there already stays, so that it can be taken up again after a crash."""
    done = 0
    for rows in _chunks(campaign, units):
        ExpectedReporter.objects.bulk_create(rows, ignore_conflicts=True)
        done += len(rows)
        if progress is not None:
            progress(done, campaign.expected)


def _chunks(campaign: Campaign, units: QuerySet[Unit]) -> Iterator[list[ExpectedReporter]]:
    fields = ("pk", "path", "name", "kind__code", "kind__name", "folded", "sort_key")
    rows = units.order_by("pk").values_list(*fields)
    chunk: list[ExpectedReporter] = []
    for pk, path, name, code, kind, folded, key in rows.iterator(chunk_size=CHUNK):
        chunk.append(
            ExpectedReporter(
                campaign=campaign, unit_id=pk, path=path or "", name=name, kind_code=code, kind_name=kind,
                folded=folded, sort_key=key, last_day_on=campaign.last_day_on, lock_on=campaign.lock_on,
            )
        )  # fmt: skip
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


@use_case
def finish_opening(*, campaign: Campaign, by: Actor, at: dt.datetime) -> None:
    """Count the frozen list, create its totals and open the campaign; doing it twice changes nothing."""
    locked = Campaign.objects.select_for_update().select_related("owner").get(pk=campaign.pk)
    if locked.state != CampaignState.PREPARING:
        return
    locked.expected = create_nodes(locked)
    locked.state = CampaignState.OPEN
    locked.save(update_fields=["expected", "state"])
    campaign.expected, campaign.state = locked.expected, locked.state
    record(by=by, at=at, verb="reporting.freeze_list", subject=subject_of(locked),
           changes={"expected": (None, locked.expected)})  # fmt: skip
    ids = list(ExpectedReporter.objects.filter(campaign=locked).values_list("unit_id", flat=True))
    tell("opened", locked, ids, by=by, at=at)


def open_due_campaigns(*, by: Actor, at: dt.datetime) -> int:
    """Open every campaign whose time has come by the lead days of its regime; return how many."""
    on, opened = clock.day_of(at), 0
    running = ReportRegime.objects.filter(state=RegimeState.IN_FORCE, from_on__lte=on)
    running = running.filter(Q(until_on__isnull=True) | Q(until_on__gt=on)).select_related("owner")
    for regime in running.order_by("pk").prefetch_related("turns"):
        for due_on in _due_soon(regime, on):
            try:
                open_campaign(regime=regime, due_on=due_on, by=by, at=at)
                opened += 1
            except CampaignRefused as refused:
                if refused.code not in ("reporting.campaign_exists", "reporting.no_reporters"):
                    raise
    return opened


def _due_soon(regime: ReportRegime, on: dt.date) -> list[dt.date]:
    """Return the due days whose campaign should be open on a day, also those missed while nothing ran."""
    lead, working = dt.timedelta(days=regime.lead_days), working_days()
    return [
        due.day
        for turn in regime.turns.all()
        for year in (on.year - 1, on.year, on.year + 1)
        for due in rule_of(regime, turn).in_year(year)
        if due.last_day - lead <= on < lock_day(due.last_day, working, regime.lock_days)
        and (regime.from_on is None or regime.from_on <= due.last_day)
    ]


@use_case
def close_campaign(*, campaign: Campaign, by: Actor, at: dt.datetime) -> None:
    """Lock a campaign: from now on no unit sends any more. Raises CampaignRefused, ReportingForbidden."""
    require_gathering(campaign, by, Permission.COLLECT)
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if locked.state != CampaignState.OPEN:
        raise CampaignRefused("reporting.campaign_not_open", name=locked.name)
    locked.state, locked.closed_at = CampaignState.CLOSED, at
    locked.save(update_fields=["state", "closed_at"])
    on = clock.day_of(at)
    rows = ExpectedReporter.objects.filter(campaign=locked)
    rows.filter(Q(lock_on__isnull=True) | Q(lock_on__gt=on)).update(lock_on=on)
    record(by=by, at=at, verb="reporting.close_campaign", subject=subject_of(locked))


def close_locked_campaigns(*, by: Actor, at: dt.datetime) -> int:
    """Close every open campaign in which no unit can send any more; return how many."""
    on, closed = clock.day_of(at), 0
    past = Campaign.objects.filter(state=CampaignState.OPEN, lock_on__lte=on).order_by("pk")
    for campaign in past:
        still = ExpectedReporter.objects.filter(campaign=campaign, state__in=UNSENT, lock_on__gt=on)
        if not still.exists():
            close_campaign(campaign=campaign, by=by, at=at)
            closed += 1
    return closed


@use_case
def extend(*, reporter: ExpectedReporter, until: dt.date, ground: str, by: Actor, at: dt.datetime) -> None:
    """Give one unit more time, with the ground for it. Raises CampaignRefused, ReportingForbidden."""
    locked = _for_change(reporter, by)
    if until <= locked.last_day_on or not ground.strip():
        raise CampaignRefused("reporting.extension_without_ground", unit=locked.name)
    before, locked.last_day_on = locked.last_day_on, until
    locked.extension_ground = ground.strip()[:300]
    lock_on = lock_day(until, working_days(), locked.campaign.regime.lock_days)
    locked.lock_on = max(lock_on, locked.lock_on or lock_on)
    locked.save(update_fields=["last_day_on", "extension_ground", "lock_on"])
    record(by=by, at=at, verb="reporting.extend", subject=reporter_subject(locked),
           changes={"last_day_on": (before, until), "ground": (None, locked.extension_ground)})  # fmt: skip
    tell("extended", locked.campaign, [locked.unit_id], by=by, at=at)


@use_case
def exempt(*, reporter: ExpectedReporter, ground: str, by: Actor, at: dt.datetime) -> None:
    """Free one unit of the report, with the ground for it; it leaves every coverage. Raises CampaignRefused."""
    locked = _for_change(reporter, by)
    if locked.state in SENT or locked.state == ReporterState.EXEMPT or not ground.strip():
        raise CampaignRefused("reporting.cannot_exempt", unit=locked.name)
    before, locked.state = locked.state, ReporterState.EXEMPT
    locked.extension_ground = ground.strip()[:300]
    locked.save(update_fields=["state", "extension_ground"])
    shift_totals(locked, locked.campaign, Shift(expected=-1))
    record(by=by, at=at, verb="reporting.exempt", subject=reporter_subject(locked),
           changes={"state": (before, locked.state), "ground": (None, locked.extension_ground)})  # fmt: skip


def reporter_subject(reporter: ExpectedReporter) -> Subject:
    """Return how one unit's report stands in the audit."""
    label = f"{reporter.name}: {reporter.campaign.name}"
    return Subject("submission", str(reporter.public_id), label, reporter.unit_id)


def _for_change(reporter: ExpectedReporter, by: Actor) -> ExpectedReporter:
    require_gathering(reporter.campaign, by, Permission.COLLECT)
    rows = ExpectedReporter.objects.select_for_update(of=("self",)).select_related(
        "campaign__regime", "campaign__owner"
    )
    return rows.get(pk=reporter.pk)


@use_case
def chase(
    *, campaign: Campaign, reporters: Collection[ExpectedReporter] | None = None, by: Actor, at: dt.datetime
) -> int:
    """Urge units that have not reported: those named, or every one that is beyond its last day. Returns how many.

    Units that have reported meanwhile, and units outside the person's branch, are left out. Raises ReportingForbidden.
    """
    if not (by.is_system or by.may(Permission.CHASE)):
        raise ReportingForbidden("reporting.not_permitted")
    rows = reporters_of(campaign, by, Permission.CHASE).filter(state__in=UNSENT)
    if reporters is None:
        rows = rows.filter(last_day_on__lt=clock.day_of(at))
    else:
        rows = rows.filter(pk__in=[reporter.pk for reporter in reporters])
    found = list(rows.values_list("pk", "unit_id"))
    if not found:
        return 0
    chased = ExpectedReporter.objects.filter(campaign=campaign, pk__in=rows.order_by().values("pk"))
    chased.update(chased=F("chased") + 1, last_chased_at=at)
    record(by=by, at=at, verb="reporting.chase", subject=subject_of(campaign), changes={"units": (None, len(found))})
    tell("chased", campaign, [unit_id for _, unit_id in found], by=by, at=at)
    return len(found)
