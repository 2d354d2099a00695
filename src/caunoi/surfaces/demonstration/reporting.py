"""Regimes of the Sở, one closed campaign, two open ones with units in every state, one regime still to be finished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from caunoi.business.reporting.public import (
    Campaign,
    ExpectedReporter,
    LineSpec,
    ReporterState,
    ReportRegime,
    SectionSpec,
    Span,
    Submission,
    TableSpec,
    Turn,
    accept,
    change_regime,
    close_campaign,
    consolidate,
    create_regime,
    exempt,
    extend,
    open_campaign,
    present,
    put_in_force,
    return_submission,
    save_draft,
    save_section,
    save_table,
    set_reporters,
    set_turns,
    submit,
    with_proposed_cut_off,
)
from caunoi.foundation.calendar.public import Bound
from caunoi.foundation.organisations.public import UnitKind
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.measure import Measure
from caunoi.surfaces.demonstration import reporting_texts as texts
from caunoi.surfaces.demonstration.office import Office

DAY = dt.timedelta(days=1)
MAIN = "Báo cáo công tác đối ngoại và hội nhập quốc tế"
ABROAD = "Thống kê học sinh đi du học"
PRESS = "Báo cáo thông tin đối ngoại"


@dataclass
class _Teller:
    office: Office
    at: dt.datetime

    def actor(self, key: str, at: dt.datetime | None = None) -> Actor:
        """Return an actor of the office on the day of ``at``."""
        return self.office.actor(key, on=clock.day_of(at or self.at))

    def regime(self, name: str, facts: dict[str, object], at: dt.datetime) -> ReportRegime:
        """Begin a regime of the Sở with the items that all of them share."""
        by, so = self.actor("specialist", at), self.office.unit("so")
        regime = create_regime(owner=so, name=name, by=by, at=at)
        shared: dict[str, object] = {
            "desk": "Văn phòng Sở",
            "desk_unit": self.office.unit("van_phong"),
            "contact": "Chuyên viên phụ trách đối ngoại, doingoai@thanhgiang.example",
            "onward_to": f"{self.office.unit('ubnd').name}; {self.office.unit('so_ngoai_vu').name}",
        }
        change_regime(regime=regime, facts={**shared, **facts}, by=by, at=at)
        return ReportRegime.objects.select_related("owner").get(pk=regime.pk)

    def reporters(self, regime: ReportRegime, codes: Iterable[str], at: dt.datetime) -> None:
        """Let all units of these kinds below the Sở report."""
        kinds = list(UnitKind.objects.filter(code__in=list(codes)))
        set_reporters(regime=regime, kinds=kinds, root=regime.owner, by=self.actor("specialist", at), at=at)

    def turns(self, regime: ReportRegime, days: list[tuple[dt.date, Span]], bound: Bound, at: dt.datetime) -> None:
        """State the due days, each with the cut-off that the system proposes."""
        on = clock.day_of(at)
        turns = [with_proposed_cut_off(Turn(day.month, day.day, span), bound, on=on) for day, span in days]
        set_turns(regime=regime, turns=turns, by=self.actor("specialist", at), at=at)

    def table(
        self, regime: ReportRegime, title: str, rows: Iterable[str], columns: Iterable[str], at: dt.datetime
    ) -> None:
        """Add a table with totals."""
        made = []
        for column in columns:
            label, unit, number = [*(part.strip() for part in column.split("|")), "", ""][:3]
            made.append(LineSpec(label, unit, whole=not number))
        spec = TableSpec(title, [LineSpec(row) for row in rows], made, total_row=True)
        save_table(regime=regime, spec=spec, by=self.actor("specialist", at), at=at)


def tell_reporting(office: Office, *, at: dt.datetime) -> None:
    """Tell the whole chapter as it would stand at ``at``."""
    teller = _Teller(office, at)
    began = at - 400 * DAY
    main = _main_regime(teller, began)
    _closed_campaign(teller, main)
    _open_campaign(teller, main)
    _abroad(teller, began)
    _unfinished(teller)


def _main_regime(teller: _Teller, began: dt.datetime) -> ReportRegime:
    on = clock.day_of(teller.at)
    facts: dict[str, object] = {
        "content": "Kết quả công tác đối ngoại, hội nhập quốc tế và thông tin đối ngoại của đơn vị trong kỳ.",
        "asks_figures": True,
        "bound": Bound.STRICTLY_BEFORE,
        "rhythm": "half_yearly",
        "printed_due": "6 tháng, năm; gửi về Sở (qua Văn phòng Sở)",
        "ground_text": "Kế hoạch công tác đối ngoại và hội nhập quốc tế của ngành, phần Tổ chức thực hiện",
        "guidance": "Số liệu tính đến hết ngày chốt. Ô không có việc gì: nhập KPS. Ô không thuộc đơn vị: nhập KAD.",
    }
    regime = teller.regime(MAIN, facts, began)
    by = teller.actor("specialist", began)
    for marker, title, question in texts.SECTIONS:
        spec = SectionSpec(title, marker, question, is_required=title != "Khó khăn, vướng mắc")
        save_section(regime=regime, spec=spec, by=by, at=began)
    teller.table(regime, "Đoàn ra, đoàn vào và hoạt động quốc tế", texts.ROWS, texts.COLUMNS, began)
    teller.reporters(regime, ["upper_secondary", "lower_secondary", "continuing_centre", "language_centre"], began)
    coming, past = on + 10 * DAY, on - 172 * DAY
    teller.turns(regime, [(past, Span.FIRST_HALF), (coming, Span.YEAR)], Bound.STRICTLY_BEFORE, began)
    return put_in_force(regime=regime, on=clock.day_of(began), by=by, at=began)


def _closed_campaign(teller: _Teller, regime: ReportRegime) -> None:
    on = clock.day_of(teller.at)
    due = on - 172 * DAY
    opened = teller.at - 200 * DAY
    campaign = open_campaign(regime=regime, due_on=due, by=teller.actor("specialist", opened), at=opened)
    for number, (key, reporter) in enumerate(_keys(teller, campaign)):
        late = number % 9 == 4
        if number % 13 != 12:
            sent = _send(teller, key, reporter, number, opened + (31 if late else 15 + number % 10) * DAY)
            accept(submission=sent, by=teller.actor("specialist", opened + 33 * DAY), at=opened + 33 * DAY)
    closing = opened + 45 * DAY
    by = teller.actor("specialist", closing)
    close_campaign(campaign=campaign, by=by, at=closing)
    consolidate(campaign=campaign, by=by, at=closing + DAY)


def _open_campaign(teller: _Teller, regime: ReportRegime) -> None:
    opened = teller.at - 20 * DAY
    due = clock.day_of(teller.at) + 10 * DAY
    campaign = open_campaign(regime=regime, due_on=due, by=teller.actor("specialist", opened), at=opened)
    specialist = teller.actor("specialist")
    for number, (key, reporter) in enumerate(_keys(teller, campaign)):
        moment = teller.at - (1 + number % 9) * DAY
        if key == "thpt_1":
            _returned(teller, key, reporter, number)
        elif number % 11 == 7:
            _draft(teller, key, reporter, number, moment)
        elif number % 17 == 9 and f"{key}.principal" in teller.office.posts:
            _draft(teller, key, reporter, number, moment)
            present(reporter=reporter, by=teller.actor(f"{key}.officer", moment), at=moment)
        elif number % 5 in (0, 1, 3):
            sent = _send(teller, key, reporter, number + 1, moment)
            if number % 5 != 3:
                accept(submission=sent, by=specialist, at=teller.at - DAY)
    _exceptions(teller, campaign)


def _exceptions(teller: _Teller, campaign: Campaign) -> None:
    by = teller.actor("specialist")
    waiting = ExpectedReporter.objects.filter(campaign=campaign, state=ReporterState.NOT_STARTED).order_by("sort_key")
    first, second = waiting.select_related("campaign")[:2]
    until = campaign.last_day_on + 7 * DAY
    extend(reporter=first, until=until, ground="Cơ sở bị ngập sau bão, đề nghị lùi hạn", by=by, at=teller.at)
    exempt(reporter=second, ground="Đơn vị đang làm thủ tục tạm dừng hoạt động", by=by, at=teller.at)


def _returned(teller: _Teller, key: str, reporter: ExpectedReporter, number: int) -> None:
    sent = _send(teller, key, reporter, number, teller.at - 4 * DAY)
    reason = "Phần lời chưa nêu các đoàn vào đã ghi trong biểu. Đề nghị bổ sung tên đoàn, thời gian và kết quả."
    notes = {"section:s2": "Ghi rõ tên trường đối tác và số buổi.", "cell:b1.r2.c1": "Phần lời chưa nêu các đoàn này."}
    by = teller.actor("specialist")
    return_submission(submission=sent, reason=reason, notes=notes, by=by, at=teller.at - 2 * DAY)


def _keys(teller: _Teller, campaign: Campaign) -> list[tuple[str, ExpectedReporter]]:
    """Return the reporting units of a campaign by their key in the office, in a fixed order."""
    rows = {row.unit_id: row for row in ExpectedReporter.objects.filter(campaign=campaign).select_related("campaign")}
    keys = [(key, rows[unit.pk]) for key, unit in teller.office.units.items() if unit.pk in rows]
    return [(key, row) for key, row in keys if f"{key}.officer" in teller.office.posts]


def figures_of(number: int) -> dict[str, Measure]:
    """Return figures for the main table: values, confirmed zeros, one not applicable; one cell missing now and then."""
    cells: dict[str, Measure] = {}
    for row, (people, cost) in enumerate(texts.SIZES, start=1):
        happened = (number + 2 * row) % (2 + row) != 0
        count = 1 + (number * row + row) % (1 + row) // 2
        cells[f"b1.r{row}.c1"] = Measure.of(count) if happened else Measure.zero()
        cells[f"b1.r{row}.c2"] = Measure.of(count * (people + number % 7)) if happened else Measure.zero()
        money = Measure.of(count * (cost + Decimal(number % 9) / 2)) if happened else Measure.zero()
        cells[f"b1.r{row}.c3"] = Measure.not_applicable() if row == 3 else money
    if number % 12 == 5:
        del cells["b1.r1.c3"]
    return cells


def _draft(teller: _Teller, key: str, reporter: ExpectedReporter, number: int, at: dt.datetime) -> None:
    told = texts.narrative(number)
    explained = {"cells_missing|table:b1": "Kế toán đang quyết toán, sẽ bổ sung trước khi chốt năm."}
    by = teller.actor(f"{key}.officer", at)
    save_draft(
        reporter=reporter, cells=figures_of(number), narrative=told,
        explanations=explained if number % 12 == 5 else {}, by=by, at=at,
    )  # fmt: skip


def _send(teller: _Teller, key: str, reporter: ExpectedReporter, number: int, at: dt.datetime) -> Submission:
    _draft(teller, key, reporter, number, at)
    return submit(reporter=reporter, key=f"{reporter.public_id}-1", by=teller.actor(f"{key}.officer", at), at=at)


def _abroad(teller: _Teller, began: dt.datetime) -> None:
    """The statistics of pupils abroad: due three days ago, some units late."""
    facts: dict[str, object] = {
        "content": "Số học sinh đi du học theo nước đến và trình độ.",
        "asks_narrative": False,
        "asks_figures": True,
        "bound": Bound.NO_LATER_THAN,
        "ground_text": "Công văn của Sở về quản lý tư vấn du học và công dân Việt Nam ra nước ngoài học tập",
        "desk": "Phòng Kế hoạch - Tài chính",
        "desk_unit": teller.office.unit("ke_hoach"),
    }
    regime = teller.regime(ABROAD, facts, began)
    teller.table(regime, "Học sinh đi du học trong kỳ", texts.ABROAD_ROWS, texts.ABROAD_COLUMNS, began)
    teller.reporters(regime, ["upper_secondary", "continuing_centre", "study_abroad_consultancy"], began)
    due = clock.day_of(teller.at) - 3 * DAY
    teller.turns(regime, [(due, Span.YEAR)], Bound.NO_LATER_THAN, began)
    by = teller.actor("specialist", began)
    regime = put_in_force(regime=regime, on=clock.day_of(began), by=by, at=began)
    before = _abroad_campaign(teller, regime, due.replace(year=due.year - 1), teller.at - 392 * DAY)
    for number, (key, reporter) in enumerate(_keys(teller, before)):
        _abroad_report(teller, key, reporter, number + 2, teller.at - (370 + number % 9) * DAY)
    closing = teller.at - 350 * DAY
    close_campaign(campaign=before, by=teller.actor("specialist", closing), at=closing)
    campaign = _abroad_campaign(teller, regime, due, teller.at - 30 * DAY)
    for number, (key, reporter) in enumerate(_keys(teller, campaign)):
        if key == "tvdh_1" or number % 4 == 2:
            continue
        moment = teller.at - (2 if number % 7 == 3 else 6 + number % 9) * DAY
        sent = _abroad_report(teller, key, reporter, number, moment)
        if number % 3:
            accept(submission=sent, by=teller.actor("specialist"), at=teller.at - DAY)


def _abroad_campaign(teller: _Teller, regime: ReportRegime, due: dt.date, opened: dt.datetime) -> Campaign:
    return open_campaign(regime=regime, due_on=due, by=teller.actor("specialist", opened), at=opened)


def _abroad_report(teller: _Teller, key: str, reporter: ExpectedReporter, number: int, at: dt.datetime) -> Submission:
    cells = {
        f"b1.r{row}.c{column}": Measure.of((number + row * column) % 5) if (number + row) % 4 else Measure.zero()
        for row in range(1, len(texts.ABROAD_ROWS) + 1)
        for column in (1, 2, 3)
    }
    officer = teller.actor(f"{key}.officer", at)
    save_draft(reporter=reporter, cells=cells, by=officer, at=at)
    return submit(reporter=reporter, key=f"{reporter.public_id}-1", by=officer, at=at)


def _unfinished(teller: _Teller) -> None:
    """A quarterly report whose ground states no day: somebody has to set it."""
    at = teller.at - 2 * DAY
    facts: dict[str, object] = {
        "content": "Tin bài, sự kiện, ấn phẩm thông tin đối ngoại trong quý.",
        "rhythm": "quarterly",
        "printed_due": "định kỳ hằng quý",
        "ground_text": "Kế hoạch công tác thông tin đối ngoại của tỉnh",
    }
    regime = teller.regime(PRESS, facts, at)
    spec = SectionSpec("Tin bài, sự kiện trong quý", "I", "Bao nhiêu tin bài, ở đâu, bằng ngôn ngữ nào?")
    save_section(regime=regime, spec=spec, by=teller.actor("specialist", at), at=at)
