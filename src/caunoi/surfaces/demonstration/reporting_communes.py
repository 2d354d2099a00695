"""A report that communes gather from their schools, this year and the year before; the report on a journey."""

from __future__ import annotations

import datetime as dt

from caunoi.business.reporting.public import (
    Audience,
    Campaign,
    Event,
    ExpectedReporter,
    How,
    LineSpec,
    ReportRegime,
    RungSpec,
    SectionSpec,
    Span,
    TableSpec,
    Turn,
    accept,
    change_regime,
    close_campaign,
    create_regime,
    gathered,
    open_after,
    open_campaign,
    put_in_force,
    save_draft,
    save_section,
    save_table,
    set_ladder,
    set_reporters,
    set_turns,
    sources_for,
    submit,
    take_from_below,
    take_over,
    with_proposed_cut_off,
)
from caunoi.foundation.calendar.public import Bound
from caunoi.foundation.organisations.public import UnitKind
from caunoi.kernel import clock
from caunoi.kernel.measure import Measure
from caunoi.surfaces.demonstration.office import Office

DAY = dt.timedelta(days=1)
NAME = "Báo cáo hợp tác, giao lưu quốc tế trên địa bàn xã, phường"
CELLS = ("b1.r1.c1", "b1.r2.c1", "b1.r3.c1")
SECTION = "s1"
SCHOOL_DAYS = 5
"""Working days by which schools report earlier, so that the commune can gather."""
WORDS = (
    "Trường tổ chức một buổi giao lưu trực tuyến với trường bạn, học sinh giới thiệu món ăn và trò chơi quê hương.",
    "Trường mời một tình nguyện viên người nước ngoài dạy hát tiếng Anh cho học sinh khối 6 trong ba buổi.",
    "Trường chưa có hoạt động với đối tác nước ngoài; đã lập câu lạc bộ tiếng Anh để chuẩn bị.",
)
SENT = ("thcs_1", "thcs_2", "thcs_3", "thcs_5", "thcs_6")
JOURNEY = "Đoàn giáo viên trao đổi chuyên môn tại Lào"


def tell_commune_reports(office: Office, *, at: dt.datetime) -> None:
    """Tell the regime, last year's campaign, this year's with reports from below, and the report on one journey."""
    regime = _regime(office, at - 400 * DAY, clock.day_of(at) + 16 * DAY)
    due = clock.day_of(at) + 16 * DAY
    before = _open(office, regime, due.replace(year=due.year - 1), at - 380 * DAY)
    for number, key in enumerate([*SENT, "thcs_4", "xa_2", "xa_3"]):
        _send(office, before, key, number, at - (370 - number) * DAY)
    by = office.actor("specialist", on=clock.day_of(at - 330 * DAY))
    close_campaign(campaign=before, by=by, at=at - 330 * DAY)
    campaign = _open(office, regime, due, at - 14 * DAY)
    for number, key in enumerate(SENT):
        _send(office, campaign, key, number, at - (9 - number) * DAY, grown=2)
    _gather(office, campaign, "xa_1", at - DAY)
    _journey(office, at)


def _regime(office: Office, began: dt.datetime, due: dt.date) -> ReportRegime:
    on = clock.day_of(began)
    by, so = office.actor("specialist", on=on), office.unit("so")
    regime = create_regime(owner=so, name=NAME, by=by, at=began)
    facts: dict[str, object] = {
        "content": "Hoạt động hợp tác, giao lưu quốc tế của các trường trên địa bàn; xã, phường tổng hợp rồi gửi Sở.",
        "asks_figures": True,
        "bound": Bound.NO_LATER_THAN,
        "desk": "Văn phòng Sở",
        "desk_unit": office.unit("van_phong"),
        "ground_text": "Kế hoạch công tác đối ngoại và hội nhập quốc tế của ngành, phần Tổ chức thực hiện",
        "guidance": "Trường gửi trước; xã, phường lấy từ báo cáo của trường rồi bổ sung việc của mình.",
    }
    change_regime(regime=regime, facts=facts, by=by, at=began)
    turn = with_proposed_cut_off(Turn(due.month, due.day, Span.YEAR), Bound.NO_LATER_THAN, on=on)
    set_turns(regime=regime, turns=[turn], by=by, at=began)
    kinds = list(UnitKind.objects.filter(code__in=["commune_division", "lower_secondary"]))
    schools = {kind.pk: SCHOOL_DAYS for kind in kinds if kind.code == "lower_secondary"}
    set_reporters(regime=regime, kinds=kinds, root=so, days_earlier=schools, by=by, at=began)
    spec = SectionSpec("Hoạt động trong năm", "I", "Hoạt động gì, với ai, bao nhiêu người tham gia?")
    save_section(regime=regime, spec=spec, by=by, at=began)
    rows = [LineSpec("Buổi giao lưu"), LineSpec("Học sinh tham gia", "lượt"), LineSpec("Đối tác nước ngoài")]
    table = TableSpec("Giao lưu quốc tế", rows, [LineSpec("Số lượng")])
    save_table(regime=regime, spec=table, by=by, at=began)
    rungs = [RungSpec(-7, Audience.OFFICER), RungSpec(-1, Audience.OFFICER), RungSpec(2, Audience.HEAD)]
    source = "Thống nhất với các xã, phường: nhắc ít hơn, lãnh đạo biết sớm hơn"
    set_ladder(rungs=rungs, source=source, from_on=on + DAY, regime=regime, by=by, at=began)
    return put_in_force(regime=regime, on=on, by=by, at=began)


def _open(office: Office, regime: ReportRegime, due: dt.date, at: dt.datetime) -> Campaign:
    return open_campaign(regime=regime, due_on=due, by=office.actor("specialist", on=clock.day_of(at)), at=at)


def _reporter(office: Office, campaign: Campaign, key: str) -> ExpectedReporter:
    rows = ExpectedReporter.objects.select_related("campaign__regime", "campaign__owner")
    return rows.get(campaign=campaign, unit=office.unit(key))


def _send(office: Office, campaign: Campaign, key: str, number: int, at: dt.datetime, *, grown: int = 0) -> None:
    """Send the report of a unit: much the same figures every year, a few pupils more; one unit had nothing to tell."""
    reporter, by = _reporter(office, campaign, key), office.actor(f"{key}.officer", on=clock.day_of(at))
    sizes = (0, 0, 0) if number % len(WORDS) == 2 else (1 + number % 2, 24 + number + grown, 1)
    cells = {key: Measure.of(size) if size else Measure.zero() for key, size in zip(CELLS, sizes, strict=True)}
    save_draft(reporter=reporter, cells=cells, narrative={SECTION: WORDS[number % len(WORDS)]}, by=by, at=at)
    sent = submit(reporter=reporter, key=f"{reporter.public_id}-1", by=by, at=at)
    if number % 3 == 0:
        accept(submission=sent, by=office.actor("specialist", on=clock.day_of(at)), at=at + dt.timedelta(hours=4))


def _gather(office: Office, campaign: Campaign, key: str, at: dt.datetime) -> None:
    """Fill the draft of a commune from what its schools have sent."""
    reporter, by = _reporter(office, campaign, key), office.actor(f"{key}.officer", on=clock.day_of(at))
    source = next(each for each in sources_for(reporter, by) if each.is_same)
    take_from_below(
        reporter=reporter, source=source.campaign, cells=dict.fromkeys(CELLS, How.REPLACE),
        sections={SECTION: How.REPLACE}, seen=gathered(reporter, source).seen, by=by, at=at,
    )  # fmt: skip


def _journey(office: Office, at: dt.datetime) -> None:
    """One school is back from abroad: its report is due ten working days after the return."""
    began, on = at - 90 * DAY, clock.day_of(at)
    by = office.actor("specialist", on=clock.day_of(began))
    regime = take_over(code="after_trip", owner=office.unit("so"), by=by, at=began)
    change_regime(regime=regime, facts={"days_after": 10, "days_after_working": True}, by=by, at=began)
    put_in_force(regime=regime, on=clock.day_of(began), by=by, at=began)
    journey = Event(JOURNEY, on - 9 * DAY, on - 5 * DAY)
    opened = at - 4 * DAY
    by = office.actor("specialist", on=clock.day_of(opened))
    open_after(regime=regime, event=journey, units=[office.unit("thpt_2")], by=by, at=opened)
