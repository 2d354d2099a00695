"""Reminders in the database: once each, caught up, muted, escalated, in one notice."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest

from caunoi.business.reporting.models import Campaign, ExpectedReporter
from caunoi.business.reporting.operations.campaigns import close_campaign, exempt, extend
from caunoi.business.reporting.operations.reminders import KIND, ledger_key, remind
from caunoi.business.reporting.tests.scenes import OPENED, Scene, scene
from caunoi.foundation.notifications.models import Rung
from caunoi.foundation.notifications.public import Notice
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

LAST = dt.date(2026, 10, 31)
DAY = dt.timedelta(days=1)


def on(offset: int) -> dt.datetime:
    """Return nine in the morning so many days after the last day in time."""
    return dt.datetime.combine(LAST, OPENED.timetz()) + offset * DAY


def run(offset: int) -> int:
    return remind(by=system(), at=on(offset))


def ledger(campaign: Campaign, unit_id: int) -> list[str]:
    rows = Rung.objects.filter(key=ledger_key(campaign.pk), unit_id=unit_id).order_by("sent_at", "id")
    return [row.rung for row in rows]


def to(office: Office, post: str) -> list[str]:
    rows = Notice.objects.filter(kind=KIND, post=office.posts[post]).order_by("created_at", "id")
    return [row.title for row in rows]


@pytest.fixture
def here(office: Office) -> Scene:
    return scene(office)


def test_each_rung_reaches_the_officer_once(here: Scene, office: Office) -> None:
    campaign = here.open()
    for offset in range(-12, 3):
        run(offset)
        run(offset)
    assert to(office, "thpt_1.officer") == [
        f"{said}: {campaign.name}"
        for said in ("Còn 10 ngày", "Còn 5 ngày", "Còn 2 ngày", "Hôm nay là ngày cuối", "Quá hạn 1 ngày")
    ]
    assert to(office, "thpt_1.principal") == []


def test_after_downtime_only_the_latest_is_sent_and_those_before_are_passed(here: Scene, office: Office) -> None:
    campaign = here.open()
    expected = ExpectedReporter.objects.filter(campaign=campaign).count()
    assert run(-10) == expected
    assert run(1) == expected
    assert run(-4) == 0
    assert run(1) == 0
    assert to(office, "thpt_1.officer") == [f"Còn 10 ngày: {campaign.name}", f"Quá hạn 1 ngày: {campaign.name}"]
    unit = office.unit("thpt_1").pk
    assert sorted(ledger(campaign, unit)) == ["before_10", "before_2", "before_5", "due_day", "late_1"]


def test_a_clock_that_skips_and_repeats_days_sends_nothing_twice(here: Scene, office: Office) -> None:
    campaign = here.open()
    clock = random.Random(7)
    days = [clock.randint(-14, 14) for _ in range(40)]
    sent_at: int | None = None
    for step, offset in enumerate(days):
        run(offset)
        if step == 12:
            here.send(campaign, "thpt_2", at=OPENED)
            sent_at = Notice.objects.filter(kind=KIND, post=office.posts["thpt_2.officer"]).count()
    titles = Counter(to(office, "thpt_1.officer"))
    assert titles
    assert max(titles.values()) == 1
    assert Notice.objects.filter(kind=KIND, post=office.posts["thpt_2.officer"]).count() == sent_at
    rungs = Counter(ledger(campaign, office.unit("thpt_1").pk))
    assert max(rungs.values()) == 1
    assert len(rungs) == 8


def test_who_has_reported_or_is_exempt_hears_nothing(here: Scene, office: Office) -> None:
    campaign = here.open()
    here.send(campaign, "thpt_1")
    exempt(reporter=here.reporter(campaign, "thpt_2"), ground="Tạm dừng", by=here.by("specialist"), at=OPENED)
    run(-5)
    assert to(office, "thpt_1.officer") == to(office, "thpt_2.officer") == []
    assert len(to(office, "thpt_3.officer")) == 1


def test_lateness_climbs_post_by_post(here: Scene, office: Office) -> None:
    campaign = here.open()
    waiting = ExpectedReporter.objects.filter(campaign=campaign).count()
    run(1)
    assert to(office, "thpt_1.principal") == to(office, "director") == to(office, "specialist") == []
    run(3)
    assert to(office, "thpt_1.principal") == [f"Quá hạn 3 ngày: {campaign.name}"]
    assert to(office, "director") == []
    run(7)
    assert any("báo cáo quá hạn chưa gửi" in title for title in to(office, "director"))
    assert to(office, "specialist") == []
    run(10)
    assert to(office, "specialist") == [f"{waiting} báo cáo quá hạn chưa gửi"]
    run(11)
    assert len(to(office, "specialist")) == 1


def test_an_extended_unit_is_reminded_of_its_own_day(here: Scene, office: Office) -> None:
    campaign = here.open()
    run(-5)
    until = LAST + 14 * DAY
    extend(reporter=here.reporter(campaign), until=until, ground="Ngập", by=here.by("specialist"), at=OPENED)
    run(1)
    assert to(office, "thpt_1.officer") == [f"Còn 5 ngày: {campaign.name}"]
    run(9)
    assert to(office, "thpt_1.officer")[1:] == [f"Còn 5 ngày: {campaign.name}"]
    assert ledger(campaign, office.unit("thpt_1").pk)[2:] == ["before_5@20261114", "before_10@20261114"]


def test_a_locked_campaign_reminds_nobody(here: Scene) -> None:
    campaign = here.open()
    close_campaign(campaign=campaign, by=here.by("specialist"), at=OPENED)
    assert run(1) == 0


def test_several_reports_come_in_one_notice(office: Office) -> None:
    first, second = scene(office), scene(office)
    campaigns = [first.open(), second.open()]
    run(-2)
    rows = Notice.objects.filter(kind=KIND, post=office.posts["thpt_1.officer"])
    assert [row.title for row in rows] == ["2 báo cáo cần gửi"]
    assert all(campaign.name in rows[0].text for campaign in campaigns)


def test_a_crash_between_ledger_and_notice_loses_nothing(
    here: Scene, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = here.open()

    def broken(*_: object, **__: object) -> int:
        raise RuntimeError("the machine stops")

    monkeypatch.setattr("caunoi.business.reporting.operations.reminders.notify", broken)
    with pytest.raises(RuntimeError):
        run(-5)
    assert ledger(campaign, office.unit("thpt_1").pk) == []
    monkeypatch.undo()
    run(-5)
    assert len(to(office, "thpt_1.officer")) == 1
