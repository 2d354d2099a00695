"""Reports that came on paper, as one Excel file for several schools: looked through twice, not entered yet."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl

from caunoi.business.reporting.public import (
    Campaign,
    ExpectedReporter,
    ReporterState,
    check_sheet,
    receive_sheet,
    template_for_units,
)
from caunoi.foundation.pages.public import cell_text
from caunoi.kernel import clock
from caunoi.surfaces.demonstration import reporting_texts as texts
from caunoi.surfaces.demonstration.office import Office
from caunoi.surfaces.demonstration.reporting import MAIN, figures_of

GROUND = "Trường gửi bản giấy qua văn thư do mất kết nối sau bão"
WHY = "Kế toán đang quyết toán, sẽ bổ sung trước khi chốt năm."
UNITS = 6
HOUR = dt.timedelta(hours=1)


def tell_sheets(office: Office, *, at: dt.datetime) -> None:
    """Send in a file with two slips of the hand, and the same one mended, ready to be entered."""
    campaign = Campaign.objects.filter(regime__name=MAIN).order_by("-opened_at")[0]
    by = office.actor("specialist", on=clock.day_of(at))
    for name, slips, moment in (("bao-cao-giay.xlsx", 2, at - 2 * HOUR), ("bao-cao-giay-da-sua.xlsx", 0, at - HOUR)):
        content = _filled(campaign, slips)
        sheet = receive_sheet(campaign=campaign, content=content, name=name, ground=GROUND, by=by, at=moment)
        check_sheet(sheet=sheet, by=by, at=moment)


def _filled(campaign: Campaign, slips: int) -> bytes:
    """Return the template with the rows of a few units filled in, the last ``slips`` of them wrongly."""
    states = [ReporterState.RETURNED, ReporterState.NOT_STARTED]
    rows = ExpectedReporter.objects.filter(campaign=campaign, state__in=states).order_by("-versions", "sort_key")
    book = openpyxl.load_workbook(io.BytesIO(template_for_units(campaign)))
    sheet = book.worksheets[0]
    places = {str(row[0].value): row[0].row or 0 for row in sheet.iter_rows(min_row=2)}
    for number, code in enumerate(rows.values_list("unit__code", flat=True)[:UNITS]):
        for x, value in enumerate([*_typed(number + 3), WHY], start=3):
            sheet.cell(places[code], x, value)
        if number >= UNITS - slips:
            sheet.cell(places[code], 3, "hai đoàn" if number % 2 else -1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(number: int) -> list[str]:
    """Return the figures of a row as somebody types them from paper, and the words of each section."""
    cells = figures_of(number)
    figures = [
        cell_text(cells.get(f"b1.r{row}.c{column}")) for row in range(1, len(texts.SIZES) + 1) for column in (1, 2, 3)
    ]
    return [*figures, *texts.narrative(number).values()]
