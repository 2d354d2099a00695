"""Opening campaigns: by hand, by themselves, or the same as last year; the list of expected reporters is frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from caunoi.business.reporting.access import Permission, ReportingForbidden, require_gathering
from caunoi.business.reporting.models import Campaign, ExpectedReporter, RegimeTurn, ReportRegime
from caunoi.business.reporting.operations.again import dates_again, is_once, newest
from caunoi.business.reporting.operations.campaigns import subject_of
from caunoi.business.reporting.operations.refused import CampaignRefused
from caunoi.business.reporting.operations.telling import tell
from caunoi.business.reporting.operations.timetable import dates_of, dues_in, next_turn
from caunoi.business.reporting.operations.totals import create_nodes
from caunoi.business.reporting.queries import versions_of_regime
from caunoi.business.reporting.rules.levels import earlier
from caunoi.business.reporting.rules.states import CampaignState, RegimeState
from caunoi.business.reporting.rules.turns import Covered, CutOff, lock_day, period_name
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.calendar.public import Due, WorkingDays, working_days
from caunoi.foundation.jobs.public import Job, enqueue
from caunoi.foundation.notifications.public import take_rung
from caunoi.foundation.organisations.public import Unit, covers, ids_within, path_of, with_paths
from caunoi.foundation.search.public import put
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, Line, Scope
from caunoi.kernel.ids import uuid7
from caunoi.kernel.text import fold

AT_ONCE: Final = 300
"""Lists longer than this are frozen by a job that shows its progress."""
CHUNK: Final = 2000
TOLD: Final = 900
"""Units that are told in one transaction."""
ONE_DAY: Final = dt.timedelta(days=1)
FREEZE: Final = "reporting.freeze"
TELL: Final = "reporting.tell_opened"


@use_case
def open_campaign(*, regime: ReportRegime, due_on: dt.date | None = None, by: Actor, at: dt.datetime) -> Campaign:
    """Open the turn of a regime that is due on the printed day ``due_on``, or the next one.

    The list of expected reporters is frozen with the names and paths of today; a long list is frozen by a job. Raises
    CampaignRefused ``regime_not_in_force``, ``no_turn``, ``campaign_exists``, ``no_reporters``; ReportingForbidden.
    """
    on = clock.day_of(at)
    regime = to_open(regime, by, on)
    turn, due = _turn(regime, due_on, on)
    covered, end = dates_of(turn, due, on=on)
    name = f"{regime.name} – {period_name(covered.span, covered.year, covered.month)}"
    return _open(planned(regime, covered, end, due, name=name, at=at), due, by, at)


@use_case
def open_like(*, campaign: Campaign, due_on: dt.date | None = None, by: Actor, at: dt.datetime) -> Campaign:
    """Open the campaign of the following year "same as last year": its turn a year on, with the previous list.

    The texts are those of the version in force today. Units of the previous list that are gone are left out. A report
    that its ground dates for one year needs ``due_on``, the printed day as a person has checked it. Raises
    CampaignRefused ``regime_not_in_force``, ``no_turn``, ``dates_unchecked``, ``campaign_exists``, ``no_reporters``;
    ReportingForbidden.
    """
    require_gathering(campaign, by, Permission.COLLECT)
    on = clock.day_of(at)
    regime = newest(campaign.regime)
    if not in_force(regime, on):
        raise CampaignRefused("reporting.regime_not_in_force", name=regime.name)
    if is_once(regime) and due_on is None:
        raise CampaignRefused("reporting.dates_unchecked", name=regime.name)
    dates = dates_again(campaign, due_on=due_on)
    name = f"{regime.name} – {dates.period}"
    following = planned(regime, dates.covered, dates.end, dates.due, name=name, at=at)
    following.previous = campaign
    return _open(following, dates.due, by, at)


def _open(campaign: Campaign, due: Due, by: Actor, at: dt.datetime) -> Campaign:
    return open_for(campaign, due, units_for(campaign, clock.day_of(at)), by=by, at=at)


def open_for(campaign: Campaign, due: Due, units: QuerySet[Unit], *, by: Actor, at: dt.datetime) -> Campaign:
    """Save a planned campaign and freeze its list of units, a long one by a job; for operations that open one.

    Raises CampaignRefused ``campaign_exists``, ``no_reporters``.
    """
    regime = campaign.regime
    ReportRegime.objects.select_for_update(no_key=True).get(pk=regime.pk)  # who opens the same turn meanwhile waits
    if _held(regime, campaign):
        raise CampaignRefused("reporting.campaign_exists", name=campaign.name)
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


def to_open(regime: ReportRegime, by: Actor, on: dt.date) -> ReportRegime:
    """Return a regime, read anew, under which a person may open campaigns on a day.

    Raises CampaignRefused ``regime_not_in_force``, ReportingForbidden.
    """
    if not (by.is_system or covers(by.scopes(Permission.COLLECT), regime.owner_id, on=on)):
        raise ReportingForbidden("reporting.not_permitted")
    regime = ReportRegime.objects.select_related("owner").get(pk=regime.pk)
    if not in_force(regime, on):
        raise CampaignRefused("reporting.regime_not_in_force", name=regime.name)
    return regime


def in_force(regime: ReportRegime, on: dt.date) -> bool:
    """Whether campaigns may be opened under a regime on a day."""
    started = regime.state == RegimeState.IN_FORCE and regime.from_on is not None and regime.from_on <= on
    return started and (regime.until_on is None or on < regime.until_on)


def _turn(regime: ReportRegime, due_on: dt.date | None, on: dt.date) -> tuple[RegimeTurn, Due]:
    if due_on is None:
        found = next_turn(regime, on=on)
    else:
        working = working_days()
        turns = ((turn, due) for turn in regime.turns.all() for due in dues_in(regime, turn, due_on.year, working))
        found = next((pair for pair in turns if pair[1].day == due_on), None)
    if found is None:
        raise CampaignRefused("reporting.no_turn", name=regime.name)
    return found


def planned(regime: ReportRegime, covered: Covered, end: CutOff, due: Due, *, name: str, at: dt.datetime) -> Campaign:
    """Return a campaign with its dates, not saved."""
    on = clock.day_of(at)
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


def _held(regime: ReportRegime, campaign: Campaign) -> bool:
    same: dict[str, object] = {"event": campaign.event, "event_on": campaign.event_on}
    if campaign.event_on is None:
        same = {"span": campaign.span, "span_year": campaign.span_year, "span_month": campaign.span_month}
    return Campaign.objects.filter(regime_id__in=versions_of_regime(regime), **same).exists()


def expected_units(regime: ReportRegime, on: dt.date) -> QuerySet[Unit]:
    """Return the units that owe the report on a day, as a lazy query; the unit that gathers it owes none."""
    line, wanted = Line(regime.line), Q(pk__in=[])
    for group in regime.groups.select_related("root"):
        path = path_of(group.root_id, line=line, on=on)
        scope = Scope(group.root_id, path or "", line, subtree=path is not None)
        wanted |= Q(kind_id=group.kind_id, pk__in=ids_within([scope], on=on))
    return with_paths(alive(on).filter(wanted).exclude(pk=regime.owner_id), line=line, on=on)


def alive(on: dt.date) -> QuerySet[Unit]:
    """Return the units that exist on a day; lazy."""
    standing = Q(established_on__lte=on) & (Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on))
    return Unit.objects.filter(standing)


def units_for(campaign: Campaign, on: dt.date) -> QuerySet[Unit]:
    """Return the units of a campaign on the day it is opened: those of its regime, or of the list before it; lazy."""
    if campaign.previous_id is None:
        return expected_units(campaign.regime, on)
    before = ExpectedReporter.objects.filter(campaign_id=campaign.previous_id)
    rows = alive(on).filter(Q(pk__in=before.values("unit_id")) | Q(pk__in=before.values("heir_id")))
    return with_paths(rows.exclude(pk=campaign.owner_id), line=Line(campaign.line), on=on)


def freeze(campaign: Campaign, units: QuerySet[Unit], progress: Callable[[int, int], None] | None = None) -> None:
    """Write the frozen list in sets; what is there already stays, so that it can be taken up again after a crash."""
    done = 0
    for rows in _chunks(campaign, units):
        _insert(campaign, rows)
        done += len(rows)
        if progress is not None:
            progress(done, campaign.expected)


Frozen = tuple[int, str, str, str, str, str, str, dt.date]
_PER_UNIT: Final = ("unit_id", "path", "name", "kind_code", "kind_name", "folded", "sort_key", "last_day_on")


def _insert(campaign: Campaign, rows: Sequence[Frozen]) -> None:
    """Insert rows past the model: 53,000 of them take a second instead of ten.

    What all rows share is prepared once, from a model that holds the defaults.
    """
    fields = [field for field in ExpectedReporter._meta.concrete_fields if not field.primary_key]
    same = ExpectedReporter(campaign=campaign, lock_on=campaign.lock_on, last_day_on=campaign.last_day_on, unit_id=0)
    shared = {f.attname: f.get_db_prep_save(f.pre_save(same, add=True), connection) for f in fields}
    day, public_id = (ExpectedReporter._meta.get_field(name) for name in ("last_day_on", "public_id"))
    days = {each: day.get_db_prep_save(each, connection) for each in {row[-1] for row in rows}}  # type: ignore[union-attr]  # two plain columns
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quote(ExpectedReporter._meta.db_table)
    values = []
    for row in rows:
        own = dict(zip(_PER_UNIT, (*row[:-1], days[row[-1]]), strict=True))
        own["public_id"] = public_id.get_db_prep_save(uuid7(), connection)  # type: ignore[union-attr]  # a plain column
        values.append([own.get(field.attname, shared[field.attname]) for field in fields])
    with transaction.atomic(), connection.cursor() as cursor:  # names from the models, values as parameters
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING", values)  # noqa: S608


def _chunks(campaign: Campaign, units: QuerySet[Unit]) -> Iterator[list[Frozen]]:
    fields = ("pk", "path", "name", "kind_id", "kind__code", "kind__name", "folded", "sort_key")
    rows, last_days = units.order_by("pk").values_list(*fields), last_days_of(campaign, working_days())
    chunk: list[Frozen] = []
    for pk, path, name, kind_id, code, kind, folded, key in rows.iterator(chunk_size=CHUNK):
        last_day = last_days.get(kind_id, campaign.last_day_on)
        chunk.append((pk, path or "", name, code, kind, folded, key, last_day))
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def last_days_of(campaign: Campaign, working: WorkingDays) -> dict[int, dt.date]:
    """Return the last day of each kind that has to report earlier than the rest, because a level between gathers."""
    return {
        group.kind_id: earlier(campaign.last_day_on, working, group.days_earlier)
        for group in campaign.regime.groups.all()
        if group.days_earlier
    }


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
    if locked.expected <= AT_ONCE:
        tell_opened(locked, by=by, at=at)
    else:
        enqueue(TELL, at=at, key=f"{TELL}:{locked.pk}", campaign=locked.pk)


def tell_opened(
    campaign: Campaign, progress: Callable[[int, int], None] | None = None, *, by: Actor, at: dt.datetime
) -> None:
    """Tell every unit of a campaign that it is open, each once however often this is taken up again."""
    ids = list(ExpectedReporter.objects.filter(campaign=campaign).order_by("unit_id").values_list("unit_id", flat=True))
    for start in range(0, len(ids), TOLD):
        part = ids[start : start + TOLD]
        with transaction.atomic():
            fresh = take_rung(key=f"opened:{campaign.pk}", unit_ids=part, rung="opened", at=at)
            tell("opened", campaign, fresh, by=by, at=at)
        if progress is not None:
            progress(start + len(part), len(ids))


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
        for due in dues_in(regime, turn, year, working)
        if due.last_day - lead <= on < lock_day(due.last_day, working, regime.lock_days)
        and (regime.from_on is None or regime.from_on <= due.last_day)
    ]
