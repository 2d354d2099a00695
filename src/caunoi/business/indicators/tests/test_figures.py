"""Figures from registers: tasks of plans and issued documents, joint work counted once, pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.business.documents.models import Direction, Document, DocumentState, NumberSeries
from caunoi.business.indicators.models import Indicator
from caunoi.business.indicators.public import Source, contributors, figures, load_indicators, register_source, total
from caunoi.business.indicators.rules.spans import before, quarter_of, span
from caunoi.business.plans.models import Task, TaskState
from caunoi.foundation.organisations.public import Unit
from caunoi.kernel.clock import VIETNAM
from caunoi.kernel.measure import Measure
from caunoi.kernel.periods import Period
from caunoi.surfaces.demonstration.office import Office

QUARTER = Period(dt.date(2026, 10, 1), dt.date(2027, 1, 1))
IN_QUARTER = dt.date(2026, 10, 20)


def task(
    office: Office,
    lead: str,
    *,
    done: dt.date | None = None,
    last: dt.date | None = None,
    support: tuple[str, ...] = (),
) -> Task:
    """A task that a unit leads; confirmed when ``done`` is given."""
    made = Task.objects.create(
        assigning_unit=office.unit("so"), title=f"Việc của {lead}", lead_unit=office.unit(lead), due_on=last,
        last_day=last,
        state=TaskState.CONFIRMED if done else TaskState.ACCEPTED, done_on=done,
        created_at=dt.datetime(2026, 9, 1, tzinfo=VIETNAM), folded="viec",
    )  # fmt: skip
    made.supporting_units.set([office.unit(key) for key in support])
    return made


def schools(office: Office) -> list[int]:
    return [office.unit(key).pk for key in ("thpt_1", "thpt_2", "thpt_3")]


def test_tasks_are_in_time_late_or_unfinished(office: Office) -> None:
    task(office, "thpt_1", done=IN_QUARTER, last=IN_QUARTER)
    task(office, "thpt_1", done=IN_QUARTER)
    task(office, "thpt_1", done=IN_QUARTER, last=IN_QUARTER - dt.timedelta(days=1))
    task(office, "thpt_1", last=IN_QUARTER)
    task(office, "thpt_1", done=QUARTER.end)
    task(office, "thpt_1", done=QUARTER.start - dt.timedelta(days=1))
    found = figures(["NV01", "NV02", "NV03"], schools(office), QUARTER)
    one, two, three = schools(office)
    assert [found[code, one] for code in ("NV01", "NV02", "NV03")] == [Measure.of(2), Measure.of(1), Measure.of(2)]
    assert [found[code, two] for code in ("NV01", "NV02", "NV03")] == [Measure.zero()] * 3
    assert ("NV01", three) in found


def test_a_joint_task_counts_once_for_its_lead(office: Office) -> None:
    made = task(office, "thpt_1", done=IN_QUARTER, support=("thpt_2", "thpt_3"))
    ids = schools(office)
    found = figures(["NV01"], ids, QUARTER)
    assert [found["NV01", unit] for unit in ids] == [Measure.of(1), Measure.zero(), Measure.zero()]
    assert total("NV01", ids, QUARTER) == Decimal(1)
    rows = contributors(["NV01"], ids, QUARTER)
    assert [(row.public_id, row.unit_id, row.participants) for row in rows] == [
        (made.public_id, ids[0], tuple(ids[1:]))
    ]
    alone = contributors(["NV01"], ids[1:2], QUARTER)
    assert [(row.unit_id, row.participants) for row in alone] == [(ids[0], tuple(ids[1:]))]


def test_units_may_be_a_lazy_query_and_a_code_costs_one_query_each(
    office: Office, django_assert_num_queries: Callable[[int], object]
) -> None:
    task(office, "thpt_2", done=IN_QUARTER)
    units = Unit.objects.filter(pk__in=schools(office))
    with django_assert_num_queries(2):  # type: ignore[attr-defined]  # a context manager of pytest-django
        found = figures(["NV01"], units, QUARTER)
    assert found["NV01", office.unit("thpt_2").pk] == Measure.of(1)
    assert total("NV01", units, QUARTER) == sum((m.number or Decimal(0) for m in found.values()), Decimal(0))


def test_an_indicator_without_a_register_has_no_figure(office: Office) -> None:
    assert figures(["DR01", "khong-co"], schools(office), QUARTER) == {}
    assert total("DR01", schools(office), QUARTER) is None
    assert contributors(["DR01"], schools(office), QUARTER) == []


def test_one_code_has_one_register() -> None:
    with pytest.raises(ValueError, match="NV01"):
        register_source(Source(frozenset({"NV01"}), "other", lambda *_: [], lambda *_: [], lambda _: ""))


def test_issued_documents_are_counted_by_their_day_and_named_without_their_subject(office: Office) -> None:
    so, at = office.unit("so"), dt.datetime(2026, 10, 20, 8, 0, tzinfo=VIETNAM)
    series = NumberSeries.objects.create(unit=so, year=2026, direction=Direction.OUTGOING)
    for number, day in ((1, IN_QUARTER), (2, QUARTER.end)):
        Document.objects.create(
            unit=so, direction=Direction.OUTGOING, state=DocumentState.ISSUED, type_name="Kế hoạch", issued_on=day,
            code_number=f"{number:02d}", code_notation="KH-SGDĐT", subject="Điều không phải ai cũng đọc", series=series,
            serial_number=number, entered_at=at, changed_at=at,
        )  # fmt: skip
    assert total("VB01", [so.pk], QUARTER) == Decimal(1)
    (row,) = contributors(["VB01"], [so.pk], QUARTER)
    assert row.label == "Kế hoạch 01/KH-SGDĐT"


def test_the_shipped_catalogue_is_whole_and_is_not_entered_twice(db: None) -> None:
    assert Indicator.objects.filter(code__in=["DR01", "DV04", "PN06", "NV03", "KP02"]).count() == 5
    before_loading = Indicator.objects.count()
    changed = Indicator.objects.get(code="DR01")
    changed.name = "Tên của Sở"
    changed.save()
    Indicator.objects.filter(code="DR02").delete()
    assert load_indicators() == 1
    assert (Indicator.objects.count(), Indicator.objects.get(code="DR01").name) == (before_loading, "Tên của Sở")


@pytest.mark.parametrize(
    ("choice", "first", "after"),
    [
        ("quy", dt.date(2026, 10, 1), dt.date(2027, 1, 1)), ("quy-truoc", dt.date(2026, 7, 1), dt.date(2026, 10, 1)),
        ("nam", dt.date(2026, 1, 1), dt.date(2027, 1, 1)), ("nam-truoc", dt.date(2025, 1, 1), dt.date(2026, 1, 1)),
        ("", dt.date(2026, 10, 1), dt.date(2027, 1, 1)),
    ],
)  # fmt: skip
def test_periods_of_the_page(choice: str, first: dt.date, after: dt.date) -> None:
    assert span(choice, dt.date(2026, 10, 5)) == Period(first, after)


def test_the_same_days_a_year_earlier() -> None:
    assert before(quarter_of(dt.date(2026, 1, 5))) == Period(dt.date(2025, 1, 1), dt.date(2025, 4, 1))
    assert before(Period(dt.date(2024, 2, 29), dt.date(2024, 3, 2))).start == dt.date(2023, 3, 1)


def test_the_page_of_an_indicator_opens_to_its_records(office: Office, client_of: Callable[[str], Client]) -> None:
    made = task(office, "thpt_1", done=dt.date(2026, 10, 2), support=("thpt_2",))
    page = client_of("specialist").get(reverse("indicators:indicator", args=["NV01"]))
    text = page.content.decode()
    assert reverse("plans:task", args=[made.public_id]) in text
    assert office.unit("thpt_2").name in text
    elsewhere = client_of("commune_officer").get(reverse("indicators:indicator", args=["NV01"]))
    assert made.title not in elsewhere.content.decode()
    assert (
        "do đơn vị nhập" in client_of("specialist").get(reverse("indicators:indicator", args=["DR01"])).content.decode()
    )
    assert client_of("specialist").get(reverse("indicators:indicator", args=["khong"])).status_code == 404
    assert client_of("clerk").get(reverse("indicators:indicators")).status_code == 403


def test_the_catalogue_costs_the_same_whatever_its_size(
    office: Office, client_of: Callable[[str], Client], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = client_of("specialist")
    client.get(reverse("indicators:indicators"))
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]  # a context manager of pytest-django
        page = client.get(reverse("indicators:indicators") + "?nguon=so")
    assert "NV01" in page.content.decode()
    assert "DR01" not in page.content.decode()
