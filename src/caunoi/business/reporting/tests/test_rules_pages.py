"""What holds for all reports, on its pages: days off, the ladder of reminders, shared lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caunoi.business.reporting.access import ReportingForbidden
from caunoi.business.reporting.models import ReminderRung, SharedList, SharedMember
from caunoi.business.reporting.operations.days import DayChange, change_day, moved_by
from caunoi.business.reporting.operations.ladder import RungSpec, set_ladder
from caunoi.business.reporting.operations.lists import add_member, rename_member, retire_member
from caunoi.business.reporting.operations.refused import LadderRefused, ListRefused
from caunoi.business.reporting.operations.regimes import revise_regime
from caunoi.business.reporting.operations.reminders import remind
from caunoi.business.reporting.operations.shipped import members_as_lines
from caunoi.business.reporting.rules.rungs import Audience
from caunoi.business.reporting.tests.scenes import OPENED, scene
from caunoi.foundation.audit.public import history
from caunoi.foundation.calendar.models import Holiday
from caunoi.foundation.calendar.public import corrected_days, days_off, working_days
from caunoi.foundation.notifications.public import Notice
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]
TODAY, DAY = OPENED.date(), dt.timedelta(days=1)
THURSDAY = dt.date(2026, 11, 5)
LAST = dt.date(2026, 10, 31)


def said(day: dt.date = THURSDAY, **more: str) -> dict[str, str]:
    return {
        "day": f"{day:%d/%m/%Y}", "kind": "off", "name": "Nghỉ bão", "source": "Công điện số 1", "confidence": "C",
        "ground": "", **more,
    }  # fmt: skip


def test_the_page_shows_what_a_day_off_would_move_before_it_is_saved(office: Office, client_of: ClientOf) -> None:
    here = scene(office)
    running = here.open()
    client, page = client_of("specialist"), reverse("reporting:days")
    before = Holiday.objects.count()
    (moved,) = client.post(page, said()).context["moved"]
    assert (moved.before.due.last_day, moved.after.due.last_day) == (LAST, LAST)
    assert (moved.before.lock_on, moved.after.lock_on) == (dt.date(2026, 11, 14), dt.date(2026, 11, 17))
    assert Holiday.objects.count() == before
    assert client.post(page, {**said(), "step": "edit"}).status_code == 200
    assert THURSDAY in working_days()
    client.post(page, {**said(), "step": "confirm"})
    assert THURSDAY not in working_days()
    running.refresh_from_db()
    assert running.lock_on == dt.date(2026, 11, 14)  # what the units were told stays


def test_a_corrected_day_keeps_what_stood_with_its_ground(office: Office, client_of: ClientOf) -> None:
    client, page, day = client_of("administrator"), reverse("reporting:days"), dt.date(2027, 2, 5)
    client.post(page, {**said(day), "step": "confirm"})
    client.post(page, {**said(day, name="Tết", ground="Thông báo mới"), "step": "confirm"})
    client.post(page, {**said(day, kind="ordinary", ground="Ghi nhầm"), "step": "confirm"})
    assert day in working_days()
    assert not days_off(2027).filter(day=day).exists()
    rows = [(row.name, row.ended_ground) for row in corrected_days(2027)]
    assert rows == [("Tết", "Ghi nhầm"), ("Nghỉ bão", "Thông báo mới")]
    assert all("Sở" in row.ended_by or row.ended_by for row in corrected_days(2027))
    shown = client.get(page, {"nam": "2027"}).content.decode()
    assert "Ghi nhầm" in shown
    assert len(history(kind="holiday", public_id=day.isoformat())) == 3


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"source": ""}, "source"), ({"name": " "}, "name"), ({"day": "31/02/2026"}, "day"),
        ({"kind": "worked"}, "day"), ({"kind": "ordinary"}, "ground"),
    ],
)  # fmt: skip
def test_a_day_without_source_or_sense_is_refused_at_its_field(
    office: Office, client_of: ClientOf, more: dict[str, str], field: str
) -> None:
    before = Holiday.objects.count()
    page = client_of("specialist").post(reverse("reporting:days"), {**said(), "step": "confirm", **more})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert Holiday.objects.count() == before


def test_who_sets_no_rules_changes_none(office: Office) -> None:
    by, standing = office.actor("school_officer", on=TODAY), SharedMember.objects.filter(ended_at__isnull=True)
    before = (Holiday.objects.count(), ReminderRung.objects.count(), standing.count(), Notice.objects.count())
    member = standing.select_related("shared_list").first()
    assert member is not None
    steps: list[Callable[[], object]] = [
        lambda: change_day(change=DayChange(THURSDAY, None), by=by, at=OPENED),
        lambda: set_ladder(rungs=[RungSpec(1, Audience.HEAD)], source="x", from_on=TODAY + DAY, by=by, at=OPENED),
        lambda: add_member(shared_list=member.shared_list, label="Mới", source="x", by=by, at=OPENED),
        lambda: rename_member(member=member, label="Mới", source="x", by=by, at=OPENED),
        lambda: retire_member(member=member, ground="x", by=by, at=OPENED),
    ]
    for step in steps:
        with pytest.raises(ReportingForbidden):
            step()
    after = (Holiday.objects.count(), ReminderRung.objects.count(), standing.count(), Notice.objects.count())
    assert after == before


def test_a_day_off_moves_a_last_day_that_may_not_fall_on_it(office: Office) -> None:
    here = scene(office)
    type(here.regime).objects.filter(pk=here.regime.pk).update(day_off_rule="earlier")
    (moved,) = moved_by(DayChange(dt.date(2026, 10, 30), is_working=False), on=TODAY)
    assert (moved.before.due.last_day, moved.after.due.last_day) == (dt.date(2026, 10, 30), dt.date(2026, 10, 29))


def rungs(*lines: tuple[str, str, str], from_on: str = "10/10/2026", **more: str) -> dict[str, str]:
    data = {"rung-TOTAL_FORMS": str(len(lines)), "rung-INITIAL_FORMS": "0", "from_on": from_on, "source": "Thông báo 5"}
    for place, (days, side, audience) in enumerate(lines):
        data |= {f"rung-{place}-days": days, f"rung-{place}-side": side, f"rung-{place}-audience": audience}
    return data | more


def to(office: Office, post: str) -> list[str]:
    rows = Notice.objects.filter(kind="reporting.reminder", post=office.posts[post]).order_by("created_at", "id")
    return [row.title.split(":")[0] for row in rows]


def walk(*offsets: int) -> None:
    for offset in offsets:
        remind(by=system(), at=dt.datetime.combine(LAST, OPENED.timetz()) + offset * DAY)


def test_a_regime_with_a_ladder_of_its_own_is_reminded_by_it(office: Office, client_of: ClientOf) -> None:
    here = scene(office)
    here.open()
    client, page = client_of("specialist"), reverse("reporting:regime_ladder", args=[here.regime.public_id])
    lines = (("7", "before", "officer"), ("", "after", "officer"), ("2", "after", "head"))
    assert client.post(page, rungs(*lines)).status_code == 302
    shown = client.get(page)
    assert [(rung.offset_days, days) for rung, _, days in shown.context["coming"]] == [(-7, 7), (2, 2)]
    walk(*range(-12, 9))
    assert to(office, "thpt_1.officer") == ["Còn 7 ngày", "Quá hạn 2 ngày"]
    assert to(office, "thpt_1.principal") == ["Quá hạn 2 ngày"]
    revised = revise_regime(regime=here.regime, by=here.by("specialist"), at=OPENED)
    assert ReminderRung.objects.filter(regime=revised).count() == 2


def test_a_changed_ladder_neither_repeats_nor_loses_a_rung(office: Office) -> None:
    scene(office).open()
    walk(-5)
    new = [RungSpec(-4, Audience.OFFICER), RungSpec(0, Audience.OFFICER), RungSpec(1, Audience.OFFICER)]
    moment = dt.datetime.combine(LAST, OPENED.timetz()) - 3 * DAY
    set_ladder(rungs=new, source="Thông báo 5", from_on=LAST - DAY, by=system(), at=moment)
    # four days before lies before the change: the old ladder's second day before is still due, even after downtime
    walk(1)
    walk(-4, -2, 0, 1, 2)
    assert to(office, "thpt_1.officer") == ["Còn 5 ngày", "Quá hạn 1 ngày"]
    ended = ReminderRung.objects.filter(regime=None, until_on=LAST - DAY).count()
    assert (ended, ReminderRung.objects.filter(regime=None, until_on=None).count()) == (8, 3)


def test_a_ladder_begins_on_a_coming_day_with_its_ground(office: Office, client_of: ClientOf) -> None:
    client, page = client_of("administrator"), reverse("reporting:ladder")
    before = list(ReminderRung.objects.values_list("pk", "until_on"))
    wrong = [
        rungs(("3", "after", "head"), from_on="05/10/2026"), rungs(("3", "after", "head"), source=""),
        rungs(("", "after", "head")), rungs(("3", "after", "head"), ("3", "after", "above")),
        rungs(("-3", "after", "head")), rungs(("x", "after", "head")),
    ]  # fmt: skip
    for data in wrong:
        assert client.post(page, data).status_code == 422
    assert list(ReminderRung.objects.values_list("pk", "until_on")) == before
    with pytest.raises(LadderRefused):
        set_ladder(rungs=[], source="x", from_on=TODAY + DAY, by=system(), at=OPENED)


def test_a_regime_may_go_back_to_the_ladder_of_the_house(office: Office, client_of: ClientOf) -> None:
    here = scene(office)
    set_ladder(
        rungs=[RungSpec(4, Audience.HEAD)], source="x", from_on=TODAY, regime=here.regime, by=system(),
        at=OPENED - 3 * DAY,
    )  # fmt: skip
    page = reverse("reporting:regime_ladder", args=[here.regime.public_id])
    client_of("specialist").post(page, rungs(from_on="20/10/2026", act="house"))
    (row,) = ReminderRung.objects.filter(regime=here.regime, until_on__isnull=False)
    assert row.until_on == dt.date(2026, 10, 20)
    here.open()
    walk(0, 1, 4)
    assert to(office, "thpt_1.officer") == ["Hôm nay là ngày cuối", "Quá hạn 1 ngày", "Quá hạn 4 ngày"]


def test_a_list_grows_and_is_corrected_without_losing_a_code(office: Office, client_of: ClientOf) -> None:
    client, page = client_of("specialist"), reverse("reporting:list", args=["country"])
    client.post(page, {"act": "rename", "member": "AU", "label": "Úc", "source": "Công văn số 3"})
    client.post(page, {"act": "retire", "member": "BY", "ground": "Không còn báo cáo"})
    client.post(page, {"act": "add", "label": "Xa-moa", "code": "WS", "source": "ISO 3166-1"})
    lines = {line.dimensions[0][1]: line.label for line in members_as_lines(["country"])}
    assert (lines["AU"], lines["WS"], "BY" in lines) == ("Úc", "Xa-moa", False)
    kept = SharedMember.objects.get(shared_list__code="country", code="AU", ended_at__isnull=False)
    assert (kept.label, kept.ended_ground) == ("Ô-xtrây-li-a (Úc)", "Công văn số 3")
    assert "Không còn báo cáo" in client.get(page).content.decode()
    again = client.post(page, {"act": "add", "label": "Be-la-rut", "code": "BY", "source": "ISO 3166-1"})
    assert again.status_code == 302
    assert client.post(page, {"act": "rename", "member": "không có", "label": "x", "source": "x"}).status_code == 404


def test_a_list_refuses_what_it_has_and_what_has_no_source(office: Office, client_of: ClientOf) -> None:
    country = SharedList.objects.get(code="country")
    before = SharedMember.objects.count()
    for label, code, source in (("lao", "", "x"), ("Mới", "LA", "x"), ("Mới", "", " "), (" ", "", "x")):
        with pytest.raises(ListRefused):
            add_member(shared_list=country, label=label, code=code, source=source, by=system(), at=OPENED)
    assert SharedMember.objects.count() == before
    client = client_of("specialist")
    assert client.post(reverse("reporting:lists"), {"name": "Cấp học", "source": "Sở"}).status_code == 302
    made = SharedList.objects.get(code="cap_hoc")
    assert client.get(reverse("reporting:list", args=[made.code])).context["page"].paginator.count == 0
    first = add_member(shared_list=made, label="Mầm non", source="Sở", by=system(), at=OPENED)
    second = add_member(shared_list=made, label="Mầm non (2)", source="Sở", by=system(), at=OPENED)
    assert (first.code, second.code) == ("mam_non", "mam_non_2")
    assert client.post(reverse("reporting:lists"), {"name": "cap hoc", "source": "Sở"}).status_code == 422


@pytest.mark.parametrize("name", ["lists", "days", "ladder", "shipped"])
def test_the_pages_ask_the_database_the_same_few_questions(office: Office, client_of: ClientOf, name: str) -> None:
    client, page = client_of("specialist"), reverse(f"reporting:{name}")
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for number in range(12):
        made = SharedList.objects.create(code=f"moi_{number}", name=f"Mới {number}", source="x")
        SharedMember.objects.create(shared_list=made, code="a", label="A", position=1)
        Holiday.objects.create(day=dt.date(2026, 3, 1) + number * DAY, name="x", source="x")
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few) <= 35
