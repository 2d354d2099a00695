"""What bodies above ask of the Sở: the ministry its statistics, handed in by letter; the province its yearly report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from caunoi.business.documents.public import number_and_issue, present_for_signing, sign
from caunoi.business.reporting.public import (
    Campaign,
    ExpectedReporter,
    How,
    LineSpec,
    ReportRegime,
    SectionSpec,
    Span,
    TableSpec,
    Turn,
    change_regime,
    consolidate,
    create_regime,
    gathered,
    make_report_document,
    open_campaign,
    put_in_force,
    save_section,
    save_table,
    set_reporters,
    set_turns,
    sources_for,
    take_from_below,
    with_proposed_cut_off,
)
from caunoi.foundation.accounts.public import open_account
from caunoi.foundation.audit.public import use_case
from caunoi.foundation.calendar.public import Bound
from caunoi.foundation.organisations.public import UnitKind
from caunoi.foundation.people.public import Role, create_post, grant_role, register_person, take_up
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, Line
from caunoi.surfaces.demonstration import reporting_texts as texts
from caunoi.surfaces.demonstration.office import BY, FOUNDED, PASSWORD, Office
from caunoi.surfaces.demonstration.reporting import ABROAD, DAY, MAIN

STATISTICS = "Thống kê học sinh đi du học của các địa phương"
YEARLY = "Báo cáo công tác đối ngoại của các sở, ban, ngành"
ROWS = ("Đoàn ra", "Đoàn vào", "Lễ tân, khánh tiết")
COLUMNS = (LineSpec("Số đoàn, cuộc", "đoàn"), LineSpec("Kinh phí", "triệu đồng", whole=False))
OFFICERS = {
    "bo.specialist": ("bo", "Chuyên viên Vụ Hợp tác quốc tế", "Tạ Minh Hòa", "chuyenvienbo"),
    "ubnd.specialist": ("ubnd", "Chuyên viên theo dõi đối ngoại", "Kiều Thanh Bình", "chuyenvientinh"),
}
"""Post → unit, title, person, sign-in name: those who gather in the bodies above the Sở."""


def tell_reports_above(office: Office, *, at: dt.datetime) -> None:
    """Tell both as they would stand at ``at``: one handed in with its document, one waiting to be filled."""
    _officers(office, at=at)
    _statistics(office, at)
    _yearly(office, at)


@use_case
def _officers(office: Office, *, at: dt.datetime) -> None:
    for key, (unit, title, name, username) in OFFICERS.items():
        above = office.unit(unit)
        post = create_post(unit=above, title=title, is_head=False, position=10, by=BY, at=at)
        person = register_person(name=name, email=f"{username}@{unit}.example", by=BY, at=at)
        take_up(person=person, post=post, on=FOUNDED, by=BY, at=at)
        grant_role(post=post, role=Role.SPECIALIST, unit=above, subtree=True, on=FOUNDED, by=BY, at=at)
        office.posts[key], office.people[key] = post, person
        office.accounts[key] = open_account(
            person=person, username=username, password=PASSWORD, demonstration=True, by=BY, at=at
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a body above asks for."""

    who: str
    name: str
    facts: dict[str, object]
    sections: Sequence[SectionSpec]
    table: TableSpec
    due_on: dt.date


def _campaign(office: Office, asked: _Asked, at: dt.datetime) -> Campaign:
    """Put the regime in force and open its campaign; the Sở owes its report there."""
    began, opened = at - 100 * DAY, at - 20 * DAY
    by = office.actor(asked.who, on=clock.day_of(began))
    above = office.unit(asked.who.partition(".")[0])
    regime = create_regime(owner=above, name=asked.name, by=by, at=began)
    shared: dict[str, object] = {"asks_figures": True, "bound": Bound.NO_LATER_THAN}
    change_regime(regime=regime, facts={**shared, **asked.facts}, by=by, at=began)
    due = asked.due_on
    turn = with_proposed_cut_off(Turn(due.month, due.day, Span.YEAR), Bound.NO_LATER_THAN, on=clock.day_of(began))
    set_turns(regime=regime, turns=[turn], by=by, at=began)
    kinds = list(UnitKind.objects.filter(code__in=["department", "provincial_agency"]))
    set_reporters(regime=regime, kinds=kinds, root=above, by=by, at=began)
    for section in asked.sections:
        save_section(regime=regime, spec=section, by=by, at=began)
    save_table(regime=regime, spec=asked.table, by=by, at=began)
    regime = put_in_force(regime=regime, on=clock.day_of(began), by=by, at=began)
    return open_campaign(regime=regime, due_on=due, by=office.actor(asked.who, on=clock.day_of(opened)), at=opened)


def _statistics(office: Office, at: dt.datetime) -> None:
    """The ministry asks for what the Sở gathers, in the same form: filled, signed, issued and thereby handed in."""
    columns = []
    for column in texts.ABROAD_COLUMNS:
        label, unit = (part.strip() for part in column.split("|"))
        columns.append(LineSpec(label, unit))
    rows = [LineSpec(row) for row in texts.ABROAD_ROWS]
    asked = _Asked(
        who="bo.specialist",
        name=STATISTICS,
        facts={"content": "Số học sinh đi du học theo nước đến và trình độ.", "asks_narrative": False,
               "ground_text": "Văn bản của Bộ về quản lý công dân Việt Nam ra nước ngoài học tập",
               "needs_approval": True},
        sections=(),
        table=TableSpec("Học sinh đi du học trong kỳ", rows, columns, total_row=True),
        due_on=clock.day_of(at) + 4 * DAY,
    )  # fmt: skip
    above = _campaign(office, asked, at)
    by = office.actor("specialist", on=clock.day_of(at))
    below = _running(ABROAD)
    made = consolidate(campaign=below, by=by, at=at)
    reporter = ExpectedReporter.objects.select_related("campaign__regime").get(campaign=above, unit=office.unit("so"))
    _take_all(reporter, below, by, at)
    made.refresh_from_db()
    document = make_report_document(consolidation=made, by=by, at=at)
    present_for_signing(document=document, by=by, at=at)
    sign(document=document, by=office.actor("director", on=clock.day_of(at)), at=at)
    clerk = office.actor("clerk", on=clock.day_of(at))
    units = [office.unit(key) for key in ("bo", "ubnd", "so_ngoai_vu")]
    number_and_issue(document=document, recipients_units=units, by=clerk, at=at)


def _take_all(reporter: ExpectedReporter, below: Campaign, by: Actor, at: dt.datetime) -> None:
    """Put the consolidated report into the report above, place by place, as the page proposes."""
    source = next(each for each in sources_for(reporter, by) if each.campaign == below and each.made is not None)
    have = gathered(reporter, source)
    take_from_below(
        reporter=reporter, source=below, made=source.made, cells=dict.fromkeys(have.figures, How.REPLACE),
        sections=dict.fromkeys(have.words, How.REPLACE), seen=have.seen, by=by, at=at,
    )  # fmt: skip


def _running(name: str) -> Campaign:
    regimes = ReportRegime.objects.filter(name=name)
    rows = Campaign.objects.filter(regime__in=regimes, span=Span.YEAR).select_related("regime", "owner")
    return rows.order_by("-opened_at")[:1].get()


def _yearly(office: Office, at: dt.datetime) -> None:
    """The province asks in a form of its own; the Sở has consolidated what came so far and has not filled it yet."""
    asked = _Asked(
        who="ubnd.specialist",
        name=YEARLY,
        facts={"content": "Kết quả công tác đối ngoại trong năm của cơ quan và đơn vị trực thuộc.",
               "ground_text": "Chương trình công tác đối ngoại năm của tỉnh", "needs_approval": True,
               "line": Line.ADMINISTRATIVE},
        sections=(
            SectionSpec("Tình hình triển khai", "I", "Chỉ đạo, văn bản đã ban hành?"),
            SectionSpec("Kết quả thông tin đối ngoại", "II", "Tin bài, sự kiện, ngôn ngữ?", is_required=False),
            SectionSpec("Khó khăn, vướng mắc", "III", "Nội dung cần tỉnh giải quyết?", is_required=False),
            SectionSpec("Đề xuất với tỉnh", "IV", "Việc gì, cơ quan nào, thời gian?", is_required=False),
        ),
        table=TableSpec("Hoạt động đối ngoại trong năm", [LineSpec(row) for row in ROWS], list(COLUMNS)),
        due_on=clock.day_of(at) + 25 * DAY,
    )  # fmt: skip
    _campaign(office, asked, at)
    consolidate(campaign=_running(MAIN), by=office.actor("specialist", on=clock.day_of(at)), at=at)
