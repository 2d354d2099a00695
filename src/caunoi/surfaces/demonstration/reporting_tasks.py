"""A short report whose figures come from registers: tasks of the plan and documents issued, filled in beforehand."""

from __future__ import annotations

import datetime as dt

from caunoi.business.reporting.public import (
    ExpectedReporter,
    LineSpec,
    SectionSpec,
    Span,
    TableSpec,
    Turn,
    change_regime,
    create_regime,
    fill_from_registers,
    open_campaign,
    put_in_force,
    save_section,
    save_table,
    set_reporters,
    set_turns,
    with_proposed_cut_off,
)
from caunoi.foundation.calendar.public import Bound
from caunoi.foundation.organisations.public import UnitKind
from caunoi.kernel import clock
from caunoi.surfaces.demonstration.office import Office

NAME = "Báo cáo tình hình thực hiện nhiệm vụ đối ngoại"
ROWS = {
    "Nhiệm vụ hoàn thành đúng hạn": "NV01",
    "Nhiệm vụ hoàn thành quá hạn": "NV02",
    "Nhiệm vụ chưa hoàn thành": "NV03",
    "Văn bản đã ban hành": "VB01",
}
FILLED = ("thpt_1", "thpt_2", "thpt_3", "thpt_4")


def tell_task_reports(office: Office, *, at: dt.datetime) -> None:
    """Tell the regime, its open campaign and a few drafts filled from the registers as they would stand at ``at``."""
    began, opened = at - dt.timedelta(days=60), at - dt.timedelta(days=8)
    by, so = office.actor("specialist", on=clock.day_of(began)), office.unit("so")
    regime = create_regime(owner=so, name=NAME, by=by, at=began)
    due = clock.day_of(at) + dt.timedelta(days=12)
    facts: dict[str, object] = {
        "content": "Kết quả thực hiện nhiệm vụ đối ngoại được giao trong kỳ.",
        "asks_figures": True,
        "bound": Bound.NO_LATER_THAN,
        "desk": "Văn phòng Sở",
        "desk_unit": office.unit("van_phong"),
        "ground_text": "Kế hoạch công tác đối ngoại và hội nhập quốc tế của ngành, phần Tổ chức thực hiện",
        "guidance": "Số liệu lấy từ sổ nhiệm vụ và sổ văn bản của đơn vị; nếu điều chỉnh, ghi rõ lý do.",
    }
    change_regime(regime=regime, facts=facts, by=by, at=began)
    turn = with_proposed_cut_off(Turn(due.month, due.day, Span.YEAR), Bound.NO_LATER_THAN, on=clock.day_of(began))
    set_turns(regime=regime, turns=[turn], by=by, at=began)
    kinds = list(UnitKind.objects.filter(code="upper_secondary"))
    set_reporters(regime=regime, kinds=kinds, root=so, by=by, at=began)
    save_section(regime=regime, spec=SectionSpec("Đánh giá, kiến nghị", "I", "Vì sao còn chậm?"), by=by, at=began)
    rows = [LineSpec(label, indicator=code) for label, code in ROWS.items()]
    spec = TableSpec("Nhiệm vụ và văn bản trong kỳ", rows, [LineSpec("Số lượng")])
    save_table(regime=regime, spec=spec, by=by, at=began)
    regime = put_in_force(regime=regime, on=clock.day_of(began), by=by, at=began)
    opener = office.actor("specialist", on=clock.day_of(opened))
    campaign = open_campaign(regime=regime, due_on=due, by=opener, at=opened)
    rows_of = ExpectedReporter.objects.filter(campaign=campaign).select_related("campaign")
    for key in FILLED:
        reporter = rows_of.filter(unit=office.unit(key)).first()
        if reporter is not None:
            fill_from_registers(reporter=reporter, by=office.actor(f"{key}.officer", on=clock.day_of(at)), at=at)
