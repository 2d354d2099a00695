"""Scenes that the tests of plans share: a document above, a plan of it, a plan in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caunoi.business.documents.public import (
    Clause,
    Direction,
    Document,
    DocumentState,
    NumberSeries,
    Obligation,
    number_and_issue,
    sign,
)
from caunoi.business.plans.public import Plan, PlanItem, Task, TaskDraft, create_plan, create_task, present_plan
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.notifications.public import Notice
from caunoi.foundation.organisations.public import Unit
from caunoi.kernel.actor import Actor
from caunoi.kernel.clock import VIETNAM
from caunoi.surfaces.demonstration.office import Office

AT = dt.datetime(2026, 10, 5, 9, 30, tzinfo=VIETNAM)
TODAY = AT.date()
SOON = dt.date(2026, 11, 20)
OUTLINE = (
    ("I", None, "section", "I", "MỤC ĐÍCH, YÊU CẦU", True),
    ("I.-1", "I", "item", "-", "Nâng cao nhận thức về hội nhập quốc tế của cán bộ, giáo viên trong toàn ngành.", False),
    ("II", None, "section", "II", "NỘI DUNG THỰC HIỆN", True),
    ("II.1", "II", "clause", "1", "Thông tin đối ngoại", True),
    ("II.1.-1", "II.1", "item", "-", "Mở chuyên mục song ngữ trên trang tin của đơn vị, mỗi tháng hai bài.", False),
    ("II.1.-2", "II.1", "item", "-", "Cung cấp số liệu giáo dục hằng năm cho tài liệu giới thiệu tỉnh.", False),
    ("II.2", "II", "clause", "2", "Quản lý đoàn ra, đoàn vào", True),
    ("II.2.-1", "II.2", "item", "-", "Lập chương trình đoàn ra, đoàn vào cả năm.", False),
    ("III", None, "section", "III", "TỔ CHỨC THỰC HIỆN", True),
    ("III.-1", "III", "item", "-", "Các đơn vị báo cáo trước ngày 05 tháng 12.", False),
)


def document_above(unit: Unit, *, opened_to: bool = True) -> Document:
    """Return a registered plan of a higher body with its outline."""
    series, _ = NumberSeries.objects.get_or_create(unit=unit, year=2026, direction=Direction.INCOMING)
    number = Document.objects.filter(series=series).count() + 1
    document = Document.objects.create(
        unit=unit, direction=Direction.INCOMING, state=DocumentState.REGISTERED, series=series, arrival_number=number,
        arrival_on=TODAY,
        type_name="Kế hoạch", code_number="18", code_notation="KH-UBND", issued_on=dt.date(2026, 9, 2),
        organ_name="ỦY BAN NHÂN DÂN TỈNH THANH GIANG",
        subject="Công tác đối ngoại năm 2026", is_open_to_unit=opened_to,
        entered_at=AT, changed_at=AT,
    )  # fmt: skip
    made: dict[str, Clause] = {}
    for position, (key, parent, kind, marker, text, is_heading) in enumerate(OUTLINE):
        made[key] = Clause.objects.create(
            document=document, clause_id=key, parent=made[parent] if parent else None, position=position, kind=kind,
            marker=marker, text=text, is_heading=is_heading,
        )  # fmt: skip
    return document


def duty_of(document: Document) -> Obligation:
    """Return an open duty of a document."""
    return Obligation.objects.create(document=document, position=0, kind="task", what="Lập danh sách đầu mối.")


@dataclass
class Scene:
    """The office and the plan that its Sở has made from the document above."""

    office: Office
    above: Document
    plan: Plan

    def who(self, key: str, on: dt.date = TODAY) -> Actor:
        """Return an actor of the office."""
        return self.office.actor(key, on=on)

    def item(self, beginning: str) -> PlanItem:
        """Return an item by the beginning of its words."""
        return PlanItem.objects.select_related("plan__unit").get(plan=self.plan, text__startswith=beginning)

    def assign(self, lead: str = "thpt_1", beginning: str = "Mở chuyên mục", supporting: tuple[str, ...] = ()) -> Task:
        """Assign a task of the plan."""
        draft = TaskDraft(
            title="Duy trì chuyên mục song ngữ",
            lead_unit=self.office.unit(lead),
            supporting_units=[self.office.unit(key) for key in supporting],
            product="Chuyên mục",
            due=SOON,
        )
        return create_task(draft=draft, item=self.item(beginning), by=self.who("specialist"), at=AT)

    def issue(self) -> Document:
        """Present, sign and issue the plan."""
        document = present_plan(plan=self.plan, by=self.who("specialist"), at=AT)
        sign(document=document, by=self.who("director"), at=AT)
        issued = number_and_issue(document=document, by=self.who("clerk"), at=AT)
        self.plan.refresh_from_db()
        return issued


def scene(office: Office) -> Scene:
    """Return the office with a plan being written."""
    above = document_above(office.unit("so"))
    plan = create_plan(
        unit=office.unit("so"), year=2026, title="Công tác đối ngoại năm 2026", source=above,
        by=office.actor("specialist", on=TODAY), at=AT,
    )  # fmt: skip
    return Scene(office, above, plan)


def traces() -> tuple[int, int]:
    """Return how many audit entries and notices there are: equal before and after a denial."""
    return Entry.objects.count(), Notice.objects.count()


def told(office: Office, key: str) -> list[str]:
    """Return the kinds of notices that a post has got, oldest first."""
    return list(Notice.objects.filter(post=office.posts[key]).order_by("pk").values_list("kind", flat=True))
