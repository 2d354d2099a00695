"""The plan of the Sở under way, with tasks in every state, and plans of schools at every step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.core.management import call_command

from caunoi.business.documents.public import (
    DistributionRole,
    Document,
    Draft,
    HandedTo,
    IssueDate,
    Part,
    SentTo,
    SignLine,
    accept_document,
    distribute,
    number_and_issue,
    receive_files,
    register_received,
    render,
    return_draft,
    settle,
    sign,
)
from caunoi.business.plans.public import (
    Evidence,
    Plan,
    PlanItem,
    Task,
    TaskDraft,
    accept_task,
    adapt_item,
    add_item,
    cancel_task,
    confirm_task,
    create_plan,
    create_tasks,
    drop_item,
    extend_task,
    items_of,
    present_plan,
    report_done,
    report_progress,
    return_task,
)
from caunoi.foundation.calendar.public import Bound
from caunoi.foundation.organisations.public import Unit
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.surfaces.demonstration import names
from caunoi.surfaces.demonstration.office import Office
from caunoi.surfaces.demonstration.plan_texts import TEXTS, TaskText, plan_above

LIMIT = 5 * 1024 * 1024
SINCE = dt.timedelta(days=200)
"""How long ago the plan above arrived, where the year is old enough."""


@dataclass
class _Teller:
    office: Office
    begun: dt.datetime
    at: dt.datetime

    def who(self, key: str) -> Actor:
        return self.office.actor(key, on=self.at.date())

    def after(self, days: float) -> dt.datetime:
        """Return a moment so many days after the beginning, never later than now."""
        return min(self.begun + dt.timedelta(days=days), self.at)

    def ago(self, days: float) -> dt.datetime:
        return max(self.at - dt.timedelta(days=days), self.after(12))

    def day(self, ahead: int) -> dt.date:
        """Return a day before (negative) or after now, in any case later than the assignment."""
        return max(clock.day_of(self.at) + dt.timedelta(days=ahead), clock.day_of(self.after(13)))


def build_plans(office: Office, at: dt.datetime) -> Plan:
    """Tell the year's plans as they stand at ``at`` and return that of the Sở."""
    begun = max(at - SINCE, at.replace(month=1, day=8, hour=8, minute=0)) if at.month > 3 else at - SINCE
    teller = _Teller(office, begun, at)
    plan = _plan_of_department(teller, _received(teller))
    tasks = _tasks(teller, plan)
    _issue(teller, plan, [office.unit(f"thpt_{n}") for n in range(1, len(names.UPPER_SECONDARY) + 1)])
    _progress(teller, tasks)
    _plans_of_schools(teller, plan)
    return plan


def _received(teller: _Teller) -> Document:
    """Let the plan of the province arrive, be read, entered and handed over."""
    office, year = teller.office, teller.begun.year
    issued = clock.day_of(teller.begun) - dt.timedelta(days=4)
    draft = Draft(
        issuer=f"Ủy ban nhân dân tỉnh {names.PROVINCE}", place=names.PROVINCE, symbol="KH-UBND", number="18",
        doc_type="Kế hoạch", title=f"Công tác đối ngoại và hội nhập quốc tế năm {year}",
        issued=IssueDate(issued.year, issued.month, issued.day), body=plan_above(year),
        bases=("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",),
        recipients=(SentTo("Các sở, ban, ngành", "để thực hiện"), SentTo("Sở Ngoại vụ", "để theo dõi")),
        archive="VT, NC.(03)", signing=(SignLine("CHỦ TỊCH"),), signer="Trịnh Hữu Khang",
    )  # fmt: skip
    clerk, so = teller.who("clerk"), office.unit("so")
    parts = [Part(render(draft), f"18-KH-UBND-{year}.docx")]
    document = receive_files(parts=parts, unit=so, limit=LIMIT, by=clerk, at=teller.begun)
    call_command("worker", drain=True)
    document = accept_document(document=document, by=clerk, at=teller.after(0.1))
    to = [HandedTo(so, DistributionRole.LEAD, office.posts["specialist"])]
    distribute(
        document=document,
        to=to,
        due_on=clock.day_of(teller.after(14)),
        opinion="Giao chuyên viên phụ trách đối ngoại tham mưu kế hoạch của Sở.",
        by=teller.who("director"),
        at=teller.after(0.3),
    )
    return document


def _find(plan: Plan, beginning: str) -> PlanItem:
    found = items_of(plan).filter(text__startswith=beginning).first()
    if found is None:
        raise LookupError(beginning)
    return found


def _adapt(plan: Plan, words: Mapping[str, str], by: Actor, at: dt.datetime) -> None:
    for beginning, text in words.items():
        item = _find(plan, beginning)
        adapt_item(item=item, text=text, area=item.area, version=item.version, by=by, at=at)


def _plan_of_department(teller: _Teller, source: Document) -> Plan:
    by, at = teller.who("specialist"), teller.after(2)
    plan = create_plan(
        unit=teller.office.unit("so"), year=teller.begun.year, source=source, by=by, at=at,
        title=f"Công tác đối ngoại và hội nhập quốc tế ngành Giáo dục năm {teller.begun.year}",
    )  # fmt: skip
    _adapt(plan, TEXTS["adapted"], by, teller.after(3))
    for beginning, reason in TEXTS["dropped"].items():
        item = _find(plan, beginning)
        drop_item(item=item, reason=reason, version=item.version, by=by, at=teller.after(3.1))
    for heading, text in TEXTS["added"].items():
        above = next(
            one for one in items_of(plan) if one.is_heading and one.text.casefold().startswith(heading.casefold())
        )
        add_item(under=above, text=text, by=by, at=teller.after(3.2))
    return plan


def _tasks(teller: _Teller, plan: Plan) -> dict[str, list[Task]]:
    """Assign the tasks of the plan; each keeps its key."""
    by, at = teller.who("specialist"), teller.after(5)
    return {
        text["key"]: create_tasks(drafts=_drafts(teller, text), item=_find(plan, text["of"]), by=by, at=at)
        for text in TEXTS["task"]
    }


def _drafts(teller: _Teller, text: TaskText) -> list[TaskDraft]:
    bound = Bound.STRICTLY_BEFORE if len(text["leads"]) > 1 else Bound.NO_LATER_THAN
    return [
        TaskDraft(
            title=text["title"],
            lead_unit=teller.office.unit(lead),
            supporting_units=[teller.office.unit(key) for key in text["supporting"]],
            product=text["product"],
            due=teller.day(text["due"]),
            bound=bound,
        )
        for lead in text["leads"]
    ]


def _issue(teller: _Teller, plan: Plan, receivers: list[Unit]) -> None:
    document = present_plan(
        plan=plan, note="Kính trình Giám đốc xem xét, ký ban hành.", by=teller.who("specialist"), at=teller.after(7)
    )
    sign(document=document, by=teller.who("director"), at=teller.after(8))
    number_and_issue(document=document, recipients_units=receivers, by=teller.who("clerk"), at=teller.after(9))
    plan.refresh_from_db()
    call_command("worker", drain=True)
    if plan.source is not None:
        note = "Sở đã ban hành kế hoạch thực hiện."
        settle(document=plan.source, note=note, by=teller.who("specialist"), at=teller.after(9.2))


def _progress(teller: _Teller, tasks: Mapping[str, list[Task]]) -> None:
    """Bring the tasks to where they stand: some done, some late, one returned, one extended, one called off."""
    chief, specialist = teller.who("head_of_office"), teller.who("specialist")
    for number, task in enumerate(tasks["contacts"], start=1):
        _done(
            teller, task, teller.who(f"thpt_{number}.officer"), "Đã gửi danh sách đầu mối của trường.", ago=100 - number
        )
        confirm_task(task=task, by=specialist, at=teller.ago(80))
    (review,) = tasks["review"]
    _done(teller, review, chief, "Đã rà soát 9 bản ghi nhớ: 6 còn thực hiện, 3 kiến nghị chấm dứt.", ago=25)
    confirm_task(task=review, text="Đồng ý kết quả rà soát.", by=teller.who("director"), at=teller.ago(22))
    (training,) = tasks["training"]
    accept_task(task=training, by=chief, at=teller.ago(60))
    report_progress(
        task=training, progress=60, text="Đã mời giảng viên, lập danh sách 84 học viên.", by=chief, at=teller.ago(9)
    )
    (fair,) = tasks["fair"]
    accept_task(task=fair, by=teller.who("deputy_director"), at=teller.ago(40))
    report_progress(task=fair, progress=35, text="Bảy cơ sở đào tạo đã nhận lời.", by=specialist, at=teller.ago(4))
    (trips,) = tasks["trips"]
    extend_task(
        task=trips, due_on=teller.day(25), bound=Bound.NO_LATER_THAN, by=teller.who("director"), at=teller.ago(6),
        reason="Chờ hướng dẫn lập chương trình của Sở Ngoại vụ.",
    )  # fmt: skip
    (donors,) = tasks["donors"]
    cancel_task(
        task=donors, reason="Chuyển sang chương trình vận động chung của tỉnh.", by=specialist, at=teller.ago(15)
    )
    _progress_of_schools(teller, tasks)


def _done(teller: _Teller, task: Task, by: Actor, words: str, *, ago: int, evidence: str = "") -> None:
    accept_task(task=task, by=by, at=teller.ago(ago + 5))
    file = Evidence(f"{task.title}\n{words}\n".encode(), evidence, "text/plain") if evidence else None
    report_done(task=task, text=words, evidence=file, by=by, at=teller.ago(ago))


def _progress_of_schools(teller: _Teller, tasks: Mapping[str, list[Task]]) -> None:
    specialist = teller.who("specialist")
    steps: list[Callable[[Task, Actor], object]] = [
        lambda task, by: report_progress(
            task=task, progress=40, text="Đã lập câu lạc bộ, 62 học sinh đăng ký.", by=by, at=teller.ago(8)
        ),
        lambda task, by: _done(
            teller, task, by, "Đã học chung hai buổi với trường bạn.", ago=3, evidence="bao-cao.txt"
        ),
        lambda task, by: accept_task(task=task, by=by, at=teller.ago(30)),
        lambda task, by: None,
    ]
    for number, task in enumerate(tasks["clubs"], start=1):
        steps[(number - 1) % len(steps)](task, teller.who(f"thpt_{number}.officer"))
    first, second, *_rest = tasks["column"]
    _done(teller, first, teller.who("thpt_1.officer"), "Chuyên mục đã mở trên trang tin của trường.", ago=7)
    return_task(
        task=first, by=specialist, at=teller.ago(5),
        reason="Chuyên mục mới có bản tiếng Việt. Bổ sung bản tiếng Anh của hai bài gần nhất rồi báo lại.",
    )  # fmt: skip
    _done(teller, second, teller.who("thpt_2.officer"), "Đã đăng 14 bài song ngữ.", ago=2)
    late, _still, third = tasks["festival"]
    report_progress(
        task=late,
        progress=80,
        text="Đã tổ chức, đang viết báo cáo.",
        by=teller.who("thpt_7.officer"),
        at=teller.ago(10),
    )
    _done(teller, third, teller.who("thpt_9.officer"), "Bảy lớp tham gia, 240 học sinh.", ago=14)
    confirm_task(task=third, by=specialist, at=teller.ago(11))


def _plans_of_schools(teller: _Teller, above: Plan) -> None:
    """One plan is being written, one waits for the principal, one was returned, one is in force."""
    for number, step in ((1, "writing"), (2, "in_force"), (3, "presented"), (4, "returned")):
        _plan_of_school(teller, above, f"thpt_{number}", step)


def _plan_of_school(teller: _Teller, above: Plan, key: str, step: str) -> None:
    officer, principal = teller.who(f"{key}.officer"), teller.who(f"{key}.principal")
    unit = teller.office.unit(key)
    received = Document.objects.get(unit=unit, issued_from=above.document)
    register_received(document=received, by=officer, at=teller.after(11))
    plan = create_plan(
        unit=unit, year=above.year, source=received, by=officer, at=teller.after(15),
        title=f"Công tác đối ngoại và hội nhập quốc tế của trường năm {above.year}",
    )  # fmt: skip
    _adapt(plan, TEXTS["school_adapted"], officer, teller.after(16))
    item = _find(plan, "Thí điểm một tiết học")
    drop_item(
        item=item,
        reason="Trường không thuộc ba trường thí điểm.",
        version=item.version,
        by=officer,
        at=teller.after(16.2),
    )
    lead = teller.office.posts[f"{key}.principal"]
    draft = TaskDraft(
        title="Phân công giáo viên phụ trách câu lạc bộ tiếng Anh", lead_unit=unit, lead_post=lead,
        product="Quyết định phân công", due=teller.day(14),
    )  # fmt: skip
    create_tasks(drafts=[draft], item=_find(plan, "Câu lạc bộ tiếng Anh"), by=officer, at=teller.after(17))
    if step == "writing":
        return
    document = present_plan(plan=plan, by=officer, at=teller.after(18))
    if step == "returned":
        reason = "Bổ sung kinh phí và người phụ trách từng hoạt động trước khi ban hành."
        return_draft(document=document, reason=reason, by=principal, at=teller.after(19))
    if step == "in_force":
        sign(document=document, by=principal, at=teller.after(19))
        number_and_issue(document=document, by=officer, at=teller.after(20))
