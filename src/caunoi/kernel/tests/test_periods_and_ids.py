import datetime as dt

import pytest

from caunoi.kernel.ids import uuid7
from caunoi.kernel.periods import Period

JULY = Period(dt.date(2025, 7, 1), dt.date(2025, 8, 1))


def test_a_period_is_half_open() -> None:
    assert dt.date(2025, 7, 1) in JULY
    assert dt.date(2025, 8, 1) not in JULY
    assert JULY.last_day == dt.date(2025, 7, 31)


def test_neighbours_do_not_overlap() -> None:
    assert not JULY.overlaps(Period(dt.date(2025, 8, 1)))
    assert JULY.overlaps(Period(dt.date(2025, 7, 31)))


def test_an_empty_period_is_refused() -> None:
    with pytest.raises(ValueError, match="empty period"):
        Period(dt.date(2025, 7, 1), dt.date(2025, 7, 1))


def test_uuid7_has_its_version_and_grows_with_time() -> None:
    first, second = uuid7(), uuid7()
    assert (first.version, first.variant) == (7, "specified in RFC 4122")
    assert first.int >> 80 <= second.int >> 80
