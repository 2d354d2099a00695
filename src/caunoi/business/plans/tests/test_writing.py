"""Making a plan and writing it item by item."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caunoi.business.documents.public import Document
from caunoi.business.plans.models import Cascade, ContentArea, Plan, PlanItem
from caunoi.business.plans.public import (
    ItemRefused,
    PlanRefused,
    PlansForbidden,
    PlansNotFound,
    adapt_item,
    add_item,
    create_plan,
    discard_plan,
    drop_item,
    items_of,
    move_item,
    plan_copy_ratio,
    plan_coverage,
    remove_item,
    rename_plan,
    restore_item,
)
from caunoi.business.plans.tests.scenes import AT, OUTLINE, TODAY, Scene, document_above, traces
from caunoi.foundation.audit.public import history
from caunoi.foundation.search.models import SearchEntry
from caunoi.foundation.search.public import find, put, rebuild
from caunoi.surfaces.demonstration.office import Office


def _texts(plan: Plan) -> list[str]:
    return [item.text for item in items_of(plan)]


def test_every_clause_above_becomes_an_item_that_knows_it(place: Scene) -> None:
    items = list(items_of(place.plan))
    assert [item.text for item in items] == [text for *_, text, _ in OUTLINE]
    assert {item.cascade for item in items} == {"inherit"}
    assert [item.part for item in items] == ["purpose"] * 2 + ["content"] * 6 + ["organisation"] * 2
    assert [item.area.code if item.area else "" for item in items][3:8] == ["external_information"] * 3 + [
        "delegations"
    ] * 2
    assert [item.source_clause.clause_id for item in items if item.source_clause] == [key for key, *_ in OUTLINE]
    assert [entry.verb for entry in history(kind="plan", public_id=str(place.plan.public_id))] == ["plans.create"]


def test_a_plan_without_a_document_begins_with_the_skeleton(office: Office) -> None:
    by = office.actor("school_officer", on=TODAY)
    plan = create_plan(unit=office.unit("thpt_1"), year=2027, title=" Kế hoạch  năm 2027 ", by=by, at=AT)
    assert plan.title == "Kế hoạch năm 2027"
    areas = list(ContentArea.objects.values_list("name", flat=True))
    assert _texts(plan) == [
        "Mục đích, yêu cầu", "Mục đích", "Yêu cầu", "Nội dung thực hiện", *areas, "Tổ chức thực hiện",
    ]  # fmt: skip
    assert set(items_of(plan).values_list("cascade", flat=True)) == {"add"}
    assert plan_copy_ratio(plan) is None


def test_the_copy_of_a_unit_has_the_outline_of_the_original(place: Scene) -> None:
    school = place.office.unit("thpt_1")
    copy = Document.objects.create(
        unit=school,
        direction="incoming",
        state="to_register",
        issued_from=place.above,
        subject="Bản nhận",
        entered_at=AT,
        changed_at=AT,
    )
    plan = create_plan(unit=school, year=2026, title="Kế hoạch", source=copy, by=place.who("school_officer"), at=AT)
    assert len(_texts(plan)) == len(OUTLINE)


@pytest.mark.parametrize(
    ("title", "year", "code"),
    [("  ", 2026, "plans.title_missing"), ("Kế hoạch", 1999, "plans.year"), ("Kế hoạch", 2101, "plans.year")],
)
def test_a_plan_needs_title_and_year(office: Office, title: str, year: int, code: str) -> None:
    with pytest.raises(PlanRefused) as refused:
        create_plan(unit=office.unit("so"), year=year, title=title, by=office.actor("specialist", on=TODAY), at=AT)
    assert refused.value.code == code


def test_nobody_plans_for_another_unit_or_from_what_they_may_not_see(office: Office) -> None:
    above = document_above(office.unit("so"))
    before = traces()
    with pytest.raises(PlansForbidden):
        create_plan(
            unit=office.unit("thpt_2"), year=2026, title="X", by=office.actor("school_officer", on=TODAY), at=AT
        )
    with pytest.raises(PlansForbidden):
        create_plan(unit=office.unit("thpt_1"), year=2026, title="X", by=office.actor("specialist", on=TODAY), at=AT)
    by = office.actor("school_officer", on=TODAY)
    with pytest.raises(PlanRefused) as refused:
        create_plan(unit=office.unit("thpt_1"), year=2026, title="X", source=above, by=by, at=AT)
    assert refused.value.code == "plans.source_not_visible"
    Document.objects.filter(pk=above.pk).update(state="to_review", arrival_number=None, arrival_on=None, series=None)
    above.refresh_from_db()
    with pytest.raises(PlanRefused) as early:
        create_plan(
            unit=office.unit("so"), year=2026, title="X", source=above, by=office.actor("specialist", on=TODAY), at=AT
        )
    assert early.value.code == "plans.source_not_registered"
    assert (Plan.objects.count(), traces()) == (0, before)


def test_own_words_are_adapted_and_the_words_above_are_kept_again(place: Scene) -> None:
    by, item = place.who("specialist"), place.item("Mở chuyên mục")
    made = adapt_item(item=item, text="Mỗi trường  mở chuyên mục.\n\nHai bài.", area=None, version=1, by=by, at=AT)
    assert (made.text, made.cascade, made.version, made.area) == (
        "Mỗi trường mở chuyên mục.\nHai bài.",
        "adapt",
        2,
        None,
    )
    assert made.source_text == item.text
    back = adapt_item(item=made, text=item.text, area=item.area, version=2, by=by, at=AT)
    assert (back.cascade, back.area) == ("inherit", item.area)


def test_of_two_editors_the_second_is_told_and_nothing_is_lost(place: Scene) -> None:
    by, item = place.who("specialist"), place.item("Mở chuyên mục")
    adapt_item(item=item, text="Bản của người thứ nhất.", area=None, version=1, by=by, at=AT)
    before = traces()
    changes: list[Callable[[], object]] = [
        lambda: adapt_item(item=item, text="Bản của người thứ hai.", area=None, version=1, by=by, at=AT),
        lambda: drop_item(item=item, reason="Không thuộc ngành.", version=1, by=by, at=AT),
    ]
    for change in changes:
        with pytest.raises(ItemRefused) as refused:
            change()
        assert refused.value.code == "plans.item_changed"
    assert PlanItem.objects.get(pk=item.pk).text == "Bản của người thứ nhất."
    assert traces() == before
    adapt_item(item=place.item("Cung cấp"), text="Nội dung khác.", area=None, version=1, by=by, at=AT)


def test_a_heading_is_dropped_with_what_is_under_it_and_comes_back_from_below(place: Scene) -> None:
    by, heading = place.who("specialist"), place.item("Thông tin đối ngoại")
    with pytest.raises(ItemRefused) as refused:
        drop_item(item=heading, reason=" ", version=1, by=by, at=AT)
    assert refused.value.code == "plans.drop_reason"
    drop_item(item=heading, reason="Không có trang tin.", version=1, by=by, at=AT)
    gone = items_of(place.plan).filter(cascade=Cascade.DROP)
    assert {item.drop_reason for item in gone} == {"Không có trang tin."}
    assert gone.count() == 3
    covered = plan_coverage(place.plan)
    assert (covered.total, len(covered.dropped), covered.settled) == (3, 2, 2)
    restore_item(item=place.item("Mở chuyên mục"), version=2, by=by, at=AT)
    assert [item.text[:9] for item in items_of(place.plan).filter(cascade=Cascade.DROP)] == ["Cung cấp "]


def test_what_the_unit_adds_stands_last_under_its_heading(place: Scene) -> None:
    by = place.who("specialist")
    made = add_item(under=place.item("Thông tin đối ngoại"), text="Làm  bản tin quý.", by=by, at=AT)
    assert (made.text, made.cascade, made.style, made.part, made.source_text) == (
        "Làm bản tin quý.",
        "add",
        "dash",
        "content",
        "",
    )
    assert made.area is not None
    assert made.area.code == "external_information"
    assert _texts(place.plan)[4:8] == [OUTLINE[4][4], OUTLINE[5][4], "Làm bản tin quý.", OUTLINE[6][4]]
    with pytest.raises(ItemRefused) as own:
        drop_item(item=made, reason="Thôi", version=1, by=by, at=AT)
    with pytest.raises(ItemRefused) as holding:
        drop_item(item=place.item("Thông tin đối ngoại"), reason="Thôi", version=1, by=by, at=AT)
    assert (own.value.code, holding.value.code) == ("plans.item_is_own", "plans.item_has_additions")
    remove_item(item=made, version=1, by=by, at=AT)
    assert len(_texts(place.plan)) == len(OUTLINE)
    with pytest.raises(ItemRefused) as above:
        remove_item(item=place.item("Mở chuyên mục"), version=1, by=by, at=AT)
    assert above.value.code == "plans.item_from_above"


def test_an_item_moves_with_everything_under_it(place: Scene) -> None:
    by = place.who("specialist")
    move_item(item=place.item("Quản lý đoàn ra"), up=True, by=by, at=AT)
    assert [text[:12] for text in _texts(place.plan)[3:8]] == [
        "Quản lý đoàn", "Lập chương t", "Thông tin đố", "Mở chuyên mụ", "Cung cấp số ",
    ]  # fmt: skip
    with pytest.raises(ItemRefused) as refused:
        move_item(item=place.item("Quản lý đoàn ra"), up=True, by=by, at=AT)
    assert refused.value.code == "plans.item_not_here"


def test_a_task_holds_its_item(place: Scene) -> None:
    place.assign()
    with pytest.raises(ItemRefused) as refused:
        drop_item(item=place.item("Mở chuyên mục"), reason="Thôi", version=1, by=place.who("specialist"), at=AT)
    assert refused.value.code == "plans.item_has_tasks"
    covered = plan_coverage(place.plan)
    assert (len(covered.with_task), len(covered.without_task)) == (1, 2)


def test_the_copy_ratio_falls_as_the_plan_becomes_the_units_own(place: Scene) -> None:
    assert plan_copy_ratio(place.plan) == 1.0
    for beginning in ("Mở chuyên mục", "Cung cấp", "Nâng cao"):
        item = place.item(beginning)
        adapt_item(
            item=item, text=f"Đơn vị tự viết nội dung này bằng lời của mình, số {item.pk}.", area=None, version=1,
            by=place.who("specialist"), at=AT,
        )  # fmt: skip
    ratio = plan_copy_ratio(place.plan)
    assert ratio is not None
    assert 0 < ratio < 0.5


def test_title_and_year_change_unless_somebody_was_faster(place: Scene) -> None:
    by = place.who("specialist")
    plan = rename_plan(plan=place.plan, title="Công tác đối ngoại 2027", year=2027, version=1, by=by, at=AT)
    assert (plan.title, plan.year, plan.version) == ("Công tác đối ngoại 2027", 2027, 2)
    with pytest.raises(PlanRefused) as refused:
        rename_plan(plan=place.plan, title="Khác", year=2027, version=1, by=by, at=AT)
    assert refused.value.code == "plans.plan_changed"
    (group,) = find("cong tac doi ngoai 2027", by=by, only="plan")
    assert [hit.title for hit in group.hits] == [f"Công tác đối ngoại 2027 – {place.plan.unit.name}"]
    (group,) = find("chuyên mục song ngữ", by=by, only="plan")
    assert len(group.hits) == 1


def test_an_index_written_otherwise_is_made_anew(place: Scene) -> None:
    task, by = place.assign(), place.who("specialist")
    kept = list(SearchEntry.objects.filter(kind__in=("plan", "task")).values_list("object_id", "title", "words"))
    assert len(kept) == 2
    for kind, held in (("plan", place.plan), ("task", task)):
        put(kind=kind, public_id=held.public_id, title="Tên cũ", text="", unit_id=None, at=AT)
        assert rebuild(only=kind) == {kind: 1}
    found = SearchEntry.objects.filter(kind__in=("plan", "task")).values_list("object_id", "title", "words")
    assert sorted(found) == sorted(kept)
    (group,) = find("chuyên mục song ngữ", by=by, only="plan")
    assert len(group.hits) == 1


def test_a_plan_begun_by_mistake_is_thrown_away_unless_it_has_tasks(place: Scene) -> None:
    by = place.who("specialist")
    task = place.assign()
    with pytest.raises(PlanRefused) as refused:
        discard_plan(plan=place.plan, by=by, at=AT)
    assert refused.value.code == "plans.plan_has_tasks"
    task.delete()
    discard_plan(plan=place.plan, by=by, at=AT)
    assert not Plan.objects.exists()
    assert find("công tác đối ngoại", by=by, only="plan") == []


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("director", PlansForbidden),
        ("clerk", PlansForbidden),
        ("school_officer", PlansNotFound),
        ("principal", PlansNotFound),
        ("commune_officer", PlansNotFound),
        ("reporter", PlansNotFound),
        ("receiver", PlansNotFound),
        ("administrator", PlansNotFound),
    ],
)
def test_only_those_who_write_the_plans_of_the_unit_change_one(place: Scene, kind: str, error: type[Exception]) -> None:
    item, by, before = place.item("Mở chuyên mục"), place.who(kind), traces()
    for change in (
        lambda: adapt_item(item=item, text="Khác", area=None, version=1, by=by, at=AT),
        lambda: drop_item(item=item, reason="Thôi", version=1, by=by, at=AT),
        lambda: add_item(under=item, text="Thêm", by=by, at=AT),
        lambda: move_item(item=item, up=False, by=by, at=AT),
        lambda: rename_plan(plan=place.plan, title="Khác", year=2026, version=1, by=by, at=AT),
        lambda: discard_plan(plan=place.plan, by=by, at=AT),
    ):
        with pytest.raises(error):
            change()
    assert traces() == before
    assert PlanItem.objects.get(pk=item.pk).text == item.text
