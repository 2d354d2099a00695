"""Numbers under load: many clerks at once, no gap, no duplicate."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from caunoi.business.documents.models import Direction, NumberSeries
from caunoi.business.documents.operations.numbering import next_number
from caunoi.surfaces.demonstration.office import Office

CLERKS = 4
EACH = 8


def test_a_number_that_is_not_committed_is_given_again(office: Office, today: dt.date) -> None:
    unit = office.unit("so").pk
    numbers = []
    for keep in (True, False, True):
        with transaction.atomic():
            numbers.append(next_number(unit_id=unit, year=today.year, direction=Direction.INCOMING)[1])
            transaction.set_rollback(not keep)
    assert numbers == [1, 2, 2]


def test_series_are_apart_by_unit_year_and_direction(office: Office) -> None:
    taken = [
        next_number(unit_id=office.unit(unit).pk, year=year, direction=direction)[1]
        for unit, year, direction in (
            ("so", 2026, Direction.INCOMING), ("so", 2026, Direction.INCOMING), ("so", 2026, Direction.OUTGOING),
            ("so", 2027, Direction.INCOMING), ("thpt_1", 2026, Direction.INCOMING),
        )
    ]  # fmt: skip
    assert taken == [1, 2, 1, 1, 1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite in memory is one connection; it writes one at a time"
)
def test_clerks_at_once_get_neighbouring_numbers(transactional_db: None) -> None:
    from caunoi.foundation.organisations.public import Unit, load_kinds

    kind = load_kinds()["department"]
    unit = Unit.objects.create(
        kind=kind, code="T.1", name="Sở thử", folded="so thu", sort_key="so", established_on=dt.date(2024, 1, 1)
    )

    def work(_: int) -> list[int]:
        numbers = []
        try:
            for _turn in range(EACH):
                with transaction.atomic():
                    numbers.append(next_number(unit_id=unit.pk, year=2026, direction=Direction.INCOMING)[1])
        finally:
            connection.close()
        return numbers

    with ThreadPoolExecutor(CLERKS) as pool:
        given = sorted(number for numbers in pool.map(work, range(CLERKS)) for number in numbers)
    assert given == list(range(1, CLERKS * EACH + 1))
    assert NumberSeries.objects.get(unit=unit).last_number == CLERKS * EACH
