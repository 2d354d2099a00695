"""Reminders against a clock that goes astray, downtime, two runners, units without anybody, heads with many units."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest

from caunoi.business.reporting.models import ExpectedReporter
from caunoi.business.reporting.operations import reminders
from caunoi.business.reporting.operations.reminders import KIND, ledger_key, remind
from caunoi.business.reporting.tests.scenes import OPENED, Scene, scene
from caunoi.foundation.notifications.models import Rung
from caunoi.foundation.notifications.public import Notice
from caunoi.foundation.people.public import Grant
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

LAST, DAY = dt.date(2026, 10, 31), dt.timedelta(days=1)


def run(offset: int) -> int:
    return remind(by=system(), at=dt.datetime.combine(LAST, OPENED.timetz()) + offset * DAY)


def to(office: Office, post: str) -> list[str]:
    rows = Notice.objects.filter(kind=KIND, post=office.posts[post]).order_by("created_at", "id")
    return [row.title for row in rows]


@pytest.fixture
def here(office: Office) -> Scene:
    return scene(office)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_the_clock_does_nobody_hears_a_rung_twice_or_out_of_order(
    here: Scene, office: Office, seed: int
) -> None:
    campaign, clock = here.open(), random.Random(seed)
    day = -14
    for _ in range(18):
        run(day)
        day = max(-14, min(13, day + clock.choice((-9, -3, -1, 0, 1, 1, 2, 6))))
    run(13)  # the day before it is locked
    said = Rung.objects.filter(key=ledger_key(campaign.pk))
    assert max(Counter(said.values_list("unit_id", "rung")).values()) == 1
    units = set(ExpectedReporter.objects.filter(campaign=campaign).values_list("unit_id", flat=True))
    assert Counter(said.values_list("unit_id", flat=True)) == dict.fromkeys(units, 8)
    titles = to(office, "thpt_1.officer")
    assert len(titles) == len(set(titles))
    told = len(titles) + len(to(office, "director"))
    run(13)
    run(14)
    run(-10)
    assert len(to(office, "thpt_1.officer")) + len(to(office, "director")) == told


def test_two_runners_at_once_say_everything_once(here: Scene, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    here.open()
    step = reminders._remind_units
    again: list[int] = []

    def meanwhile(*args: object) -> int:
        """Let another runner do the whole round between what the first has read and what it writes."""
        monkeypatch.setattr(reminders, "_remind_units", step)
        again.append(run(3))
        return step(*args)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(reminders, "_remind_units", meanwhile)
    first = run(3)
    assert (first, again[0] > 0) == (0, True)
    assert len(to(office, "thpt_1.officer")) == 1
    assert len(to(office, "thpt_1.principal")) == 1


def test_downtime_over_every_rung_of_the_unit_tells_the_top_one_and_nothing_after(here: Scene, office: Office) -> None:
    waiting = ExpectedReporter.objects.filter(campaign=here.open()).count()
    run(12)
    assert to(office, "thpt_1.officer") == to(office, "director") == []
    assert to(office, "specialist") == [f"{waiting} báo cáo quá hạn chưa gửi"]
    for offset in (-5, 0, 3, 7, 12):
        assert run(offset) == 0


def test_who_has_sent_is_muted_at_once_and_hears_again_only_when_it_is_returned(here: Scene, office: Office) -> None:
    campaign = here.open()
    run(-10)
    here.send(campaign)
    run(-5)
    run(0)
    assert len(to(office, "thpt_1.officer")) == 1
    ExpectedReporter.objects.filter(campaign=campaign, unit=office.unit("thpt_1")).update(state="returned")
    run(1)
    assert to(office, "thpt_1.officer")[1:] == [f"Quá hạn 1 ngày: {campaign.name}"]


def test_a_head_hears_of_all_units_below_in_one_notice(office: Office) -> None:
    campaigns = [scene(office).open(), scene(office).open()]
    run(7)
    (notice,) = Notice.objects.filter(kind=KIND, post=office.posts["director"])
    assert all(campaign.name in notice.text for campaign in campaigns)
    run(7)
    assert Notice.objects.filter(kind=KIND, post=office.posts["director"]).count() == 1


def test_a_unit_in_which_nobody_would_hear_is_told_to_those_who_gather(here: Scene, office: Office) -> None:
    campaign = here.open()
    Grant.objects.filter(unit=office.unit("thpt_2")).delete()
    run(-5)
    run(-5)
    assert to(office, "thpt_2.officer") == []
    (notice,) = Notice.objects.filter(kind=KIND, post=office.posts["specialist"])
    assert notice.title == "1 báo cáo của đơn vị chưa có người nhận nhắc"
    assert f"{campaign.name}: 1 đơn vị" in notice.text
    here.send(campaign, "thpt_1")
    assert len(to(office, "thpt_3.officer")) == 1
