import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator
from uuid import UUID

import pytest

from caunoi.foundation.search.models import SearchEntry
from caunoi.foundation.search.public import Item, find, put, put_many, rebuild, register, remove
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


def enter(title: str, text: str, at: dt.datetime, public_id: UUID | None = None, code: str = "") -> None:
    put(kind="book", public_id=public_id or uuid7(), title=title, text=text, unit_id=None, at=at, code=code)


def titles(query: str, limit: int = 10, only: str = "book") -> list[str]:
    return [hit.title for group in find(query, by=system(), limit=limit, only=only) for hit in group.hits]


@pytest.mark.parametrize("query", ["đối ngoại", "doi ngoai", "ĐỐI ngoai", "ngoại  đối"])
def test_accents_case_and_order_do_not_matter(query: str, now: dt.datetime) -> None:
    enter("Kế hoạch công tác đối ngoại", "", now)
    enter("Kế hoạch thi đua", "", now)
    assert titles(query) == ["Kế hoạch công tác đối ngoại"]


def test_words_in_the_title_come_before_words_in_the_text(now: dt.datetime) -> None:
    enter("Công văn số 5", "nhắc báo cáo hội nhập", now + dt.timedelta(days=1))
    enter("Báo cáo hội nhập", "", now)
    (group,) = find("bao cao hoi nhap", by=system(), only="book")
    assert [hit.title for hit in group.hits] == ["Báo cáo hội nhập", "Công văn số 5"]


def test_what_the_owner_hides_is_not_found(now: dt.datetime) -> None:
    enter("Hồ sơ kín", "", now, HIDDEN)
    assert find("hồ sơ", by=system(), only="book") == []


def test_nobody_signed_in_finds_nothing(now: dt.datetime) -> None:
    enter("Kế hoạch", "", now)
    assert find("kế hoạch", by=ANONYMOUS) == []


def test_a_record_put_again_is_renewed_and_can_be_removed(now: dt.datetime) -> None:
    public_id = uuid7()
    enter("Tên cũ", "", now, public_id)
    enter("Tên mới", "", now, public_id)
    assert SearchEntry.objects.filter(kind="book").count() == 1
    assert find("tên cũ", by=system(), only="book") == []
    remove(kind="book", public_id=public_id)
    assert find("tên mới", by=system(), only="book") == []


@pytest.mark.parametrize(
    "query",
    ["Hòa Bình", "Hoà Bình", "hoa binh", unicodedata.normalize("NFD", "Hòa Bình"), "hòa bì", "BÌNH hoà"],
)
def test_both_placements_of_tones_and_both_forms_of_unicode_are_one(query: str, now: dt.datetime) -> None:
    enter("Trường THPT Hoà Bình", "", now)
    enter("Trường THPT Hoàng Hoa", "", now)
    assert titles(query) == ["Trường THPT Hoà Bình"]


@pytest.mark.parametrize(
    "query", ["truonghoabinh", "TRƯỜNGHOÀBÌNH", "hoabinh", "hoa binhm", "truonghoabinhmoi", "hòabìnhMới", "binhmoi"]
)
def test_blanks_may_be_missing_or_elsewhere(query: str, now: dt.datetime) -> None:
    enter("Trường Hòa Bình Mới", "", now)
    enter("Trường Hòa Thuận", "", now)
    assert titles(query) == ["Trường Hòa Bình Mới"]


@pytest.mark.parametrize(
    "query", ["1234/SGDĐT-GDTrH", "1234/sgddt-gdtrh", "1234 sgddt gdtrh", "SGDĐT-GDTrH 1234", "1234/SGD"]
)
def test_a_code_is_found_as_it_is_written_or_in_parts(query: str, now: dt.datetime) -> None:
    enter("Về việc dạy học ngoại ngữ", "", now, code="1234/SGDĐT-GDTrH")
    assert titles(query) == ["Về việc dạy học ngoại ngữ"]


def test_d_with_a_stroke_need_not_be_typed(now: dt.datetime) -> None:
    enter("Đặng Thị Đào", "", now)
    assert titles("dang dao") == titles("ĐẶNG ĐÀO") == ["Đặng Thị Đào"]


def test_the_exact_code_comes_first_then_the_beginning_of_a_name_then_the_text(now: dt.datetime) -> None:
    later = now + dt.timedelta(days=9)
    enter("Nhắc lại kế hoạch", "thực hiện 21/KH-SGDĐT", later)
    enter("21/KH-SGDĐT của năm trước", "", later)
    enter("Kế hoạch công tác năm", "", now, code="21/KH-SGDĐT")
    assert titles("21/kh-sgddt") == ["Kế hoạch công tác năm", "21/KH-SGDĐT của năm trước", "Nhắc lại kế hoạch"]


def test_a_word_may_be_typed_in_part(now: dt.datetime) -> None:
    enter("Trường THPT Bình Minh", "", now)
    assert titles("truo binh mi") == ["Trường THPT Bình Minh"]
    assert titles("inh") == []


def test_another_script_is_found_by_its_beginning(now: dt.datetime) -> None:
    enter("ແຂວງຫຼວງພະບາງ", "", now)
    assert titles("ແຂວງ") == ["ແຂວງຫຼວງພະບາງ"]


@pytest.mark.parametrize("query", ['"', "*", "a' OR 1", "NOT -x", "(((", "'ke':*", "zzkbook"])
def test_signs_of_the_databases_language_are_only_words(query: str, now: dt.datetime) -> None:
    enter("Kế hoạch", "", now)
    assert titles(query) in ([], ["Kế hoạch"])


def test_one_visible_record_is_found_among_many_that_are_not(now: dt.datetime) -> None:
    put_many(
        kind="hidden",
        items=[Item(uuid7(), f"Kế hoạch năm {number}", now, "đối ngoại") for number in range(700)],
    )
    own = uuid7()
    put(kind="hidden", public_id=own, title="Của riêng", text="kế hoạch đối ngoại", unit_id=None, at=now)

    def visible(by: Actor) -> Iterable[UUID]:
        return SearchEntry.objects.filter(object_id=own).values_list("object_id", flat=True)

    register("hidden", "Kín", visible=visible, address=lambda public_id: f"/{public_id}/")
    try:
        assert titles("ke hoach doi ngoai", only="hidden") == ["Của riêng"]
    finally:
        kinds._kinds.pop("hidden")


def test_of_many_the_beginnings_of_titles_come_first(now: dt.datetime) -> None:
    put_many(kind="book", items=[Item(uuid7(), f"Sổ {number}", now, "kế hoạch") for number in range(700)])
    enter("Kế hoạch năm", "", now - dt.timedelta(days=900))
    assert titles("kế hoạch", limit=5)[0] == "Kế hoạch năm"
    assert len(titles("kế hoạch", limit=5)) == 5


def test_the_index_is_entered_anew_from_its_source(now: dt.datetime) -> None:
    enter("Không còn nữa", "", now)
    held = [Item(uuid7(), "Sách một", now, code="S.1"), Item(uuid7(), "Sách hai", now)]
    book = kinds._kinds["book"]
    register("book", book.label, visible=book.visible, address=book.address, source=lambda: held)
    assert rebuild(only="book") == {"book": 2}
    assert titles("sach") == ["Sách hai", "Sách một"]
    assert titles("không còn nữa") == []
    assert titles("s.1")[0] == "Sách một"
