"""Reminders: each rung of the ladder once for each unit and campaign, in the ledger before anybody is told."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from caunoi.business.reporting.models import Campaign, ExpectedReporter, ReminderRung
from caunoi.business.reporting.operations.telling import MINE
from caunoi.business.reporting.rules.rungs import Audience, Rung, due_rungs, own_before_house, rung_name
from caunoi.business.reporting.rules.states import UNSENT, CampaignState
from caunoi.foundation.notifications.public import Message, notify, take_rung
from caunoi.foundation.organisations.public import WIDTH, on_day
from caunoi.foundation.people.public import Grant, Role
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

CHUNK: Final = 900
"""Units in one transaction, and ids in one query."""
KIND: Final = "reporting.reminder"
LISTED: Final = 12
"""Reports named in one notice; of more the rest is counted."""
OFFICERS: Final = (Role.SCHOOL_OFFICER, Role.REPORTER, Role.SPECIALIST)
OWN: Final = (Audience.OFFICER, Audience.HEAD)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Owed:
    """One reminder that is due: a unit, a campaign, the rung, and those that it leaves behind."""

    unit_id: int
    path: str
    campaign_id: int
    last_day: dt.date
    rung: Rung
    name: str
    passed: tuple[str, ...]

    @property
    def above(self) -> int | None:
        """The unit above in the frozen list."""
        parent = self.path[:-WIDTH]
        return int(parent[-WIDTH:], 36) if parent else None

    @property
    def item(self) -> Item:
        """What is said of it in a notice."""
        return (self.campaign_id, self.last_day, self.rung.audience)


Item = tuple[int, dt.date, Audience]


def ladders_until(day: dt.date) -> dict[int | None, list[Rung]]:
    """Return every rung that has begun by a day, by regime; ``None`` holds the ladder of the house."""
    found: defaultdict[int | None, list[Rung]] = defaultdict(list)
    for row in ReminderRung.objects.filter(from_on__lte=day).order_by("offset_days", "id"):
        rung = Rung(row.code, row.offset_days, Audience(row.audience), row.from_on, row.until_on)
        found[row.regime_id].append(rung)
    return found


def _ladders_of(campaigns: Iterable[Campaign], on: dt.date) -> dict[int, list[Rung]]:
    """Return the ladder of each campaign: that of its regime, else that of the house."""
    every = ladders_until(on)
    house = every.get(None, [])
    return {
        campaign.pk: own_before_house(every[campaign.regime_id], house) if campaign.regime_id in every else house
        for campaign in campaigns
    }


def remind(*, by: Actor, at: dt.datetime, progress: Progress | None = None) -> int:
    """Send every reminder that is due and was not sent; return how many units and reports were reminded of.

    Catches up after downtime: of several rungs missed only the latest is sent. Units that have reported, are exempt or
    locked out hear nothing. Each step writes the ledger and the notices in one transaction, so that a crash neither
    loses nor doubles any. A unit with several reports hears of them in one notice, and so does the unit above.
    """
    on = clock.day_of(at)
    campaigns = Campaign.objects.filter(state=CampaignState.OPEN, last_day_on__isnull=False)
    by_id = {campaign.pk: campaign for campaign in campaigns.select_related("owner", "regime")}
    owed = sorted(_owed(by_id, _ladders_of(by_id.values(), on), on), key=lambda each: (each.path, each.unit_id))
    total, sent = len(owed), 0
    own = [each for each in owed if each.rung.audience in OWN]
    for chunk in _by_unit(own):
        sent += _remind_units(chunk, by_id, on, by, at)
        if progress is not None:
            progress(sent, total)
    for audience in (Audience.ABOVE, Audience.GATHERER):
        sent += _remind_above([each for each in owed if each.rung.audience is audience], audience, by_id, by, at)
        if progress is not None:
            progress(sent, total)
    return sent


def _owed(campaigns: dict[int, Campaign], ladders: dict[int, list[Rung]], on: dt.date) -> Iterator[Owed]:
    offsets = [rung.offset for ladder in ladders.values() for rung in ladder]
    if not offsets:
        return
    rows = ExpectedReporter.objects.filter(
        Q(lock_on__isnull=True) | Q(lock_on__gt=on),
        campaign__in=list(campaigns),
        state__in=UNSENT,
        last_day_on__lte=on - dt.timedelta(days=min(offsets)),
    )
    known: dict[tuple[int, dt.date], tuple[Rung, str, tuple[str, ...]] | None] = {}
    fields = ("unit_id", "heir_id", "path", "campaign_id", "last_day_on")
    for unit_id, heir_id, path, campaign_id, last_day in rows.order_by().values_list(*fields).iterator(CHUNK):
        place = (campaign_id, last_day)
        if place not in known:
            known[place] = _due(ladders[campaign_id], last_day, campaigns[campaign_id].last_day_on, on)
        due = known[place]
        if due is not None:
            rung, name, passed = due
            yield Owed(heir_id or unit_id, path, campaign_id, last_day, rung, name, passed)


def _due(
    ladder: Sequence[Rung], last_day: dt.date, usual: dt.date, on: dt.date
) -> tuple[Rung, str, tuple[str, ...]] | None:
    due = due_rungs(ladder, last_day=last_day, on=on)
    if due is None:
        return None
    passed = tuple(rung_name(each, last_day=last_day, usual=usual) for each in due.passed)
    return due.rung, rung_name(due.rung, last_day=last_day, usual=usual), passed


def _by_unit(owed: Sequence[Owed]) -> Iterator[list[Owed]]:
    """Yield parts of the list that never split what one unit is told."""
    part: list[Owed] = []
    for each in owed:
        if len(part) >= CHUNK and each.unit_id != part[-1].unit_id:
            yield part
            part = []
        part.append(each)
    if part:
        yield part


def _take(owed: Sequence[Owed], at: dt.datetime) -> list[Owed]:
    """Write reminders into the ledger and return those that stand there for the first time.

    With each go the rungs below it, so that none of them is sent afterwards, even by a clock that is set back.
    """
    groups: defaultdict[tuple[int, str, tuple[str, ...]], list[Owed]] = defaultdict(list)
    for each in owed:
        groups[each.campaign_id, each.name, each.passed].append(each)
    fresh: list[Owed] = []
    for (campaign_id, name, passed), members in groups.items():
        key = ledger_key(campaign_id)
        for start in range(0, len(members), CHUNK):
            part = {each.unit_id: each for each in members[start : start + CHUNK]}
            new = take_rung(key=key, unit_ids=list(part), rung=name, at=at)
            for below in passed if new else ():
                take_rung(key=key, unit_ids=new, rung=below, at=at)
            fresh += [part[unit_id] for unit_id in new]
    return fresh


def ledger_key(campaign_id: int) -> str:
    """Return under which key the reminders of a campaign stand in the ledger."""
    return f"campaign:{campaign_id}"


@transaction.atomic
def _remind_units(owed: list[Owed], campaigns: dict[int, Campaign], on: dt.date, by: Actor, at: dt.datetime) -> int:
    fresh = _take(owed, at)
    told: defaultdict[int, list[Item]] = defaultdict(list)
    for each in fresh:
        told[each.unit_id].append(each.item)
    alike: defaultdict[tuple[Item, ...], list[int]] = defaultdict(list)
    for unit_id, items in told.items():
        alike[tuple(sorted(items))].append(unit_id)
    for group, unit_ids in alike.items():
        head = any(audience is Audience.HEAD for _, _, audience in group)
        roles = (*OFFICERS, Role.LEADER) if head else OFFICERS
        message = _message(group, campaigns, on)
        for start in range(0, len(unit_ids), CHUNK):
            notify(message, unit_ids=unit_ids[start : start + CHUNK], roles=roles, by=by, at=at)
    _tell_of_nobody(told, campaigns, on, by, at)
    return len(fresh)


def _tell_of_nobody(
    told: dict[int, list[Item]], campaigns: dict[int, Campaign], on: dt.date, by: Actor, at: dt.datetime
) -> None:
    """Tell those who gather of units in which nobody holds a post that would hear: a reminder is not lost unheard."""
    heard: set[int] = set()
    for start in range(0, len(told), CHUNK):
        part = list(told)[start : start + CHUNK]
        grants = Grant.objects.filter(on_day(on), unit_id__in=part, role__in=(*OFFICERS, Role.LEADER))
        heard |= set(grants.values_list("unit_id", flat=True))
    waiting: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for unit_id in told.keys() - heard:
        for campaign_id in {item[0] for item in told[unit_id]}:
            waiting[campaigns[campaign_id].owner_id][campaign_id] += 1
    for owner_id, counts in sorted(waiting.items()):
        title = f"{sum(counts.values())} báo cáo của đơn vị chưa có người nhận nhắc"
        notify(_digest(counts, campaigns, title, "unsent"), unit_ids=[owner_id], roles=(Role.SPECIALIST,), by=by, at=at)


def _message(items: Iterable[Item], campaigns: dict[int, Campaign], on: dt.date) -> Message:
    lines = [(campaigns[campaign_id].name, last_day) for campaign_id, last_day, _ in items]
    if len(lines) == 1:
        name, last_day = lines[0]
        return Message(KIND, f"{_standing(last_day, on)}: {name}", MINE, _until(last_day))
    lines.sort(key=lambda line: (line[1], line[0]))
    text = "\n".join(
        f"– {name}: {_standing(last_day, on).lower()}, {_until(last_day)}" for name, last_day in lines[:LISTED]
    )
    if len(lines) > LISTED:
        text += f"\n… và {len(lines) - LISTED} báo cáo khác."
    return Message(KIND, f"{len(lines)} báo cáo cần gửi", MINE, text)


def _standing(last_day: dt.date, on: dt.date) -> str:
    days = (last_day - on).days
    if days > 0:
        return f"Còn {days} ngày"
    return "Hôm nay là ngày cuối" if days == 0 else f"Quá hạn {-days} ngày"


def _until(last_day: dt.date) -> str:
    return f"ngày cuối cùng còn đúng hạn {last_day:%d/%m/%Y}."


@transaction.atomic
def _remind_above(
    owed: list[Owed], audience: Audience, campaigns: dict[int, Campaign], by: Actor, at: dt.datetime
) -> int:
    """Tell the heads above, or those who gather, which campaigns still wait for how many of their units."""
    fresh = _take(owed, at)
    waiting: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for each in fresh:
        campaign = campaigns[each.campaign_id]
        above = each.above if audience is Audience.ABOVE else campaign.regime.desk_unit_id or campaign.owner_id
        waiting[above if above is not None else campaign.owner_id][each.campaign_id] += 1
    roles = (Role.LEADER, Role.BRANCH_OFFICER) if audience is Audience.ABOVE else (Role.SPECIALIST,)
    for unit_id, counts in waiting.items():
        for target in _with_owner(unit_id, counts, campaigns, audience):
            notify(_digest(counts, campaigns), unit_ids=[target], roles=roles, by=by, at=at)
    return len(fresh)


def _with_owner(unit_id: int, counts: dict[int, int], campaigns: dict[int, Campaign], audience: Audience) -> list[int]:
    """Return where to say it: specialists hold their role over the whole department, not over its office."""
    owners = {campaigns[campaign_id].owner_id for campaign_id in counts}
    return sorted(owners) if audience is Audience.GATHERER else [unit_id]


def _digest(
    counts: Mapping[int, int], campaigns: dict[int, Campaign], title: str = "", chosen: str = "late"
) -> Message:
    lines = [f"– {campaigns[pk].name}: {count} đơn vị" for pk, count in sorted(counts.items())]
    title = title or f"{sum(counts.values())} báo cáo quá hạn chưa gửi"
    address = reverse("reporting:campaigns")
    if len(counts) == 1:
        address = f"{reverse('reporting:campaign', args=[campaigns[next(iter(counts))].public_id])}?state={chosen}"
    return Message(KIND, title, address, "\n".join(lines[:LISTED]))
