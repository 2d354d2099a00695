"""A plan as an official document: drafted, presented, returned, signed, issued."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest

from caunoi.business.documents.public import (
    DocumentState,
    Level,
    Orientation,
    Section,
    TableNode,
    number_and_issue,
    render,
    return_draft,
    sign,
    withdraw_draft,
)
from caunoi.business.plans.models import Plan
from caunoi.business.plans.public import (
    ItemRefused,
    PlanRefused,
    PlansForbidden,
    adapt_item,
    add_item,
    create_plan,
    draft_of,
    drop_item,
    is_editable,
    items_of,
    plans_in_force,
    plans_in_work,
    present_plan,
    visible_plans,
)
from caunoi.business.plans.tests.scenes import AT, SOON, TODAY, Scene, told, traces
from caunoi.surfaces.demonstration.office import Office


def _words(content: bytes) -> str:
    document: Any = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_draft_has_the_frame_of_the_decree(place: Scene) -> None:
    draft = draft_of(place.plan, on=TODAY)
    assert (draft.doc_type, draft.symbol, draft.number, draft.place) == ("Kế hoạch", "KH-SGDĐT", None, "Thanh Giang")
    assert draft.issuer == "Sở Giáo dục và Đào tạo tỉnh Thanh Giang"
    assert draft.superior == "Ủy ban nhân dân tỉnh Thanh Giang"
    assert draft.bases == (
        "Căn cứ Kế hoạch số 18/KH-UBND ngày 02 tháng 9 năm 2026 của Ủy ban nhân dân tỉnh Thanh Giang"
        " về công tác đối ngoại năm 2026",
    )
    assert [(part.level, part.marker, part.title) for part in draft.body if isinstance(part, Section)] == [
        (Level.ROMAN, "I", "MỤC ĐÍCH, YÊU CẦU"),
        (Level.ROMAN, "II", "NỘI DUNG THỰC HIỆN"),
        (Level.ROMAN, "III", "TỔ CHỨC THỰC HIỆN"),
    ]
    assert [one.name for one in draft.recipients] == ["Ủy ban nhân dân tỉnh Thanh Giang"]
    assert draft.annexes == ()


def test_the_annex_names_who_does_what_by_when_one_row_for_the_same_work(place: Scene) -> None:
    place.assign("thpt_1", supporting=("trung_hoc",))
    place.assign("thpt_2", supporting=("trung_hoc",))
    place.assign("van_phong", "Cung cấp số liệu")
    draft = draft_of(place.plan, on=TODAY)
    (annex,) = draft.annexes
    (table,) = annex.body
    assert isinstance(table, TableNode)
    assert annex.orientation is Orientation.LANDSCAPE
    schools = f"{place.office.unit('thpt_1').name}; {place.office.unit('thpt_2').name}"
    title, product, due = "Duy trì chuyên mục song ngữ", "Chuyên mục", f"Chậm nhất ngày {SOON:%d/%m/%Y}"
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["1", title, schools, "Phòng Giáo dục trung học", product, due],
        ["2", title, "Văn phòng Sở", "", product, due],
    ]
    assert [one.name for one in draft.recipients][1:] == [
        place.office.unit(key).name for key in ("thpt_1", "trung_hoc", "thpt_2", "van_phong")
    ]


def test_what_is_dropped_is_not_printed_and_what_is_added_is(place: Scene) -> None:
    by = place.who("specialist")
    drop_item(item=place.item("Thông tin đối ngoại"), reason="Không có trang tin.", version=1, by=by, at=AT)
    add_item(under=place.item("TỔ CHỨC"), text="Văn phòng Sở theo dõi.", by=by, at=AT)
    words = _words(render(draft_of(place.plan, on=TODAY)))
    assert "1. Quản lý đoàn ra, đoàn vào" in words
    assert "Văn phòng Sở theo dõi./." in words
    assert "Thông tin đối ngoại" not in words
    assert "Không có trang tin" not in words


def test_presented_returned_changed_presented_again(place: Scene) -> None:
    by, item = place.who("specialist"), place.item("Mở chuyên mục")
    document = present_plan(plan=place.plan, note="Kính trình.", by=by, at=AT)
    plan = Plan.objects.select_related("document").get(pk=place.plan.pk)
    assert (plan.document, document.state) == (document, DocumentState.PRESENTED)
    assert (document.origin_kind, document.origin_id) == ("plan", plan.public_id)
    assert not is_editable(plan)
    before = traces()
    for change in (
        lambda: adapt_item(item=item, text="Khác", area=None, version=1, by=by, at=AT),
        lambda: present_plan(plan=plan, by=by, at=AT),
        lambda: place.assign(),
    ):
        with pytest.raises((PlanRefused, ItemRefused)) as refused:
            change()
        assert (refused.value.code, refused.value.facts) == ("plans.plan_closed", {"state": "Trình ký"})
    assert traces() == before
    return_draft(document=document, reason="Thiếu kinh phí.", by=place.who("director"), at=AT)
    adapt_item(item=item, text="Mở chuyên mục bằng nguồn chi thường xuyên.", area=None, version=1, by=by, at=AT)
    again = present_plan(plan=place.plan, by=by, at=AT)
    assert (again.pk, again.state, again.draft_version) == (document.pk, DocumentState.PRESENTED, 2)
    assert "nguồn chi thường xuyên" in _words(render(draft_of(place.plan, on=TODAY)))


def test_a_draft_that_was_given_up_makes_way_for_another(place: Scene) -> None:
    by = place.who("specialist")
    first = present_plan(plan=place.plan, by=by, at=AT)
    return_draft(document=first, reason="Làm lại.", by=place.who("director"), at=AT)
    withdraw_draft(document=first, reason="Làm lại từ đầu.", by=by, at=AT)
    second = present_plan(plan=place.plan, by=by, at=AT)
    assert second.pk != first.pk
    assert Plan.objects.get(pk=place.plan.pk).document == second


def test_a_plan_in_force_keeps_its_words_and_tells_those_who_lead(place: Scene) -> None:
    place.assign("thpt_1", supporting=("van_phong",))
    place.assign("thpt_2")
    assert list(plans_in_work(place.who("specialist"))) == [place.plan]
    issued = place.issue()
    assert issued.state == DocumentState.ISSUED
    for key in ("school_officer", "principal", "thpt_2.officer"):
        assert told(place.office, key) == ["plans.assigned"]
    assert told(place.office, "thpt_3.officer") == []
    draft = draft_of(place.plan, on=TODAY)
    assert (draft.number, draft.signer) == ("01", place.who("director").person_name)
    assert list(plans_in_work(place.who("specialist"))) == []
    assert list(plans_in_force(place.who("director"), TODAY)) == [place.plan]
    late = place.assign("thpt_3")
    assert told(place.office, "thpt_3.officer") == ["plans.assigned"]
    assert late.state == "assigned"


def test_a_plan_of_headings_alone_is_not_presented(office: Office) -> None:
    by = office.actor("school_officer", on=TODAY)
    plan = create_plan(unit=office.unit("thpt_1"), year=2026, title="Kế hoạch", by=by, at=AT)
    with pytest.raises(PlanRefused) as refused:
        present_plan(plan=plan, by=by, at=AT)
    assert refused.value.code == "plans.nothing_in_it"


def test_only_those_who_write_plans_present_them(place: Scene) -> None:
    before = traces()
    with pytest.raises(PlansForbidden):
        present_plan(plan=place.plan, by=place.who("director"), at=AT)
    assert (traces(), Plan.objects.get(pk=place.plan.pk).document) == (before, None)


def test_who_sees_which_plans(place: Scene) -> None:
    school = place.office.unit("thpt_1")
    own = create_plan(unit=school, year=2026, title="Kế hoạch của trường", by=place.who("school_officer"), at=AT)
    kinds = ("specialist", "director", "clerk", "head_of_office", "school_officer", "principal", "thpt_2.officer",
             "commune_officer", "reporter", "receiver", "administrator")  # fmt: skip

    def seen() -> dict[str, set[str]]:
        return {kind: {plan.title[:8] for plan in visible_plans(place.who(kind), on=TODAY)} for kind in kinds}

    mine = {place.plan.title[:8]}
    inside = dict.fromkeys(("specialist", "director", "clerk", "head_of_office"), mine)
    outside = {
        kind: set[str]() for kind in ("thpt_2.officer", "commune_officer", "reporter", "receiver", "administrator")
    }
    assert seen() == {**inside, **outside, "school_officer": {own.title[:8]}, "principal": {own.title[:8]}}
    officer = place.who("school_officer")
    add_item(under=items_of(own)[1], text="Mở rộng giao lưu.", by=officer, at=AT)
    document = present_plan(plan=own, by=officer, at=AT)
    assert seen()["director"] == mine
    sign(document=document, by=place.who("principal"), at=AT)
    number_and_issue(document=document, by=officer, at=AT)
    assert seen()["director"] == {own.title[:8], *mine}
    assert seen()["clerk"] == mine
    assert seen()["thpt_2.officer"] == set()
