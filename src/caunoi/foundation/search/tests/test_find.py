import datetime as dt
from collections.abc import Iterable, Iterator
from uuid import UUID

import pytest

from caunoi.foundation.search.models import SearchEntry
from caunoi.foundation.search.public import find, put, register, remove
from caunoi.foundation.search.rules import kinds
from caunoi.kernel.actor import ANONYMOUS, Actor, system
from caunoi.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
HIDDEN = uuid7()


@pytest.fixture(autouse=True)
def book() -> Iterator[None]:
    def visible(by: Actor) -> Iterable[UUID]:
        return SearchEntry.objects.filter(kind="book").exclude(object_id=HIDDEN).values_list("object_id", flat=True)

    register("book", "Sách", visible=visible, address=lambda public_id: f"/sach/{public_id}/")
    yield
    kinds._kinds.pop("book")


def enter(title: str, text: str, at: dt.datetime, public_id: UUID | None = None) -> None:
    put(kind="book", public_id=public_id or uuid7(), title=title, text=text, unit_id=None, at=at)


@pytest.mark.parametrize("query", ["đối ngoại", "doi ngoai", "ĐỐI ngoai", "ngoại  đối"])
def test_accents_case_and_order_do_not_matter(query: str, now: dt.datetime) -> None:
    enter("Kế hoạch công tác đối ngoại", "", now)
    enter("Kế hoạch thi đua", "", now)
    assert [hit.title for group in find(query, by=system()) for hit in group.hits] == ["Kế hoạch công tác đối ngoại"]


def test_words_in_the_title_come_before_words_in_the_text(now: dt.datetime) -> None:
    enter("Công văn số 5", "nhắc báo cáo hội nhập", now + dt.timedelta(days=1))
    enter("Báo cáo hội nhập", "", now)
    (group,) = find("bao cao hoi nhap", by=system())
    assert [hit.title for hit in group.hits] == ["Báo cáo hội nhập", "Công văn số 5"]


def test_what_the_owner_hides_is_not_found(now: dt.datetime) -> None:
    enter("Hồ sơ kín", "", now, HIDDEN)
    assert find("hồ sơ", by=system()) == []


def test_nobody_signed_in_finds_nothing(now: dt.datetime) -> None:
    enter("Kế hoạch", "", now)
    assert find("kế hoạch", by=ANONYMOUS) == []


def test_a_record_put_again_is_renewed_and_can_be_removed(now: dt.datetime) -> None:
    public_id = uuid7()
    enter("Tên cũ", "", now, public_id)
    enter("Tên mới", "", now, public_id)
    assert SearchEntry.objects.filter(kind="book").count() == 1
    assert find("tên cũ", by=system()) == []
    remove(kind="book", public_id=public_id)
    assert find("tên mới", by=system()) == []
