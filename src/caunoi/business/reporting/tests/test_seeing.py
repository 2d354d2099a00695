"""Completeness and timeliness, the pivot, the country as tiles, files that leave the pages."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from caunoi.business.reporting.models import Campaign, ExpectedReporter
from caunoi.business.reporting.queries.seeing import (
    LateReports,
    Timeliness,
    by_place,
    by_place_today,
    facts_today,
    over_time,
    over_time_today,
)
from caunoi.business.reporting.queries.today import totals_today
from caunoi.business.reporting.rules.form import Line, Table
from caunoi.business.reporting.rules.pivot import Axis, Chosen, Member, NodeFacts, Shown, fits, share, turned
from caunoi.business.reporting.rules.tiles import PROVINCES, TILES, placed, province_of, step_of
from caunoi.business.reporting.tests.scenes import OPENED, Scene, scene
from caunoi.business.reporting.web.charts import printed
from caunoi.business.reporting.web.views_seeing import _sentence
from caunoi.foundation.organisations.public import Unit, merge_units
from caunoi.kernel.actor import system
from caunoi.kernel.measure import Total
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]
TABLE = Table("b1", "Đoàn ra", (Line("r1", "Lào"), Line("r2", "Nhật")), (Line("c1", "Đoàn"), Line("c2", "Người")))
FACTS = {
    ("*", "2025"): NodeFacts({"b1.r1.c1": ["3", 2, 0]}, 3),
    ("*", "2026"): NodeFacts({"b1.r1.c1": ["5", 3, 0], "b1.r2.c1": ["0", 1, 1]}, 3),
    ("a", "2026"): NodeFacts({"b1.r1.c1": ["4", 2, 0]}, 2),
}
CHOSEN = Chosen("*", "2026", TABLE.rows[0], TABLE.columns[0])


def test_a_pivot_keeps_coverage_and_never_takes_silence_for_zero() -> None:
    members = ([Member("r1", "Lào"), Member("r2", "Nhật")], [Member("2025", "2025"), Member("2026", "2026")])
    made = turned(TABLE, FACTS, (Axis.ROW, Axis.PERIOD), members, CHOSEN)
    assert [[cell.total for cell in row] for row in made.cells] == [
        [Total(Decimal(3), 2, 3), Total(Decimal(5), 3, 3)],
        [Total(None, 0, 3), Total(Decimal(0), 1, 2)],
    ]
    assert [made.cells[1][0].number(shown) for shown in Shown] == [None, Decimal(0), Decimal("0.0")]
    assert made.cells[0][0].number(Shown.COVERAGE) == Decimal("66.7")


def test_a_place_without_a_campaign_is_left_blank() -> None:
    members = ([Member("a", "A"), Member("b", "B")], [Member("c1", "Đoàn")])
    made = turned(TABLE, FACTS, (Axis.PLACE, Axis.COLUMN), members, CHOSEN)
    assert [row[0].total for row in made.cells] == [Total(Decimal(4), 2, 2), None]


def test_axes_that_cut_the_same_units_do_not_fit() -> None:
    assert not fits(Axis.PLACE, Axis.KIND)
    assert not fits(Axis.ROW, Axis.ROW)
    assert fits(Axis.KIND, Axis.PERIOD)
    with pytest.raises(ValueError, match="noi"):
        turned(TABLE, FACTS, (Axis.PLACE, Axis.KIND), ([], []), CHOSEN)


def test_shares_are_of_something() -> None:
    assert (share(1, 3), share(0, 0)) == (Decimal("33.3"), None)
    values = (None, Decimal(0), Decimal(25), Decimal("74.9"), Decimal(99), Decimal(100))
    assert [step_of(value) for value in values] == [0, 1, 2, 3, 4, 5]


def test_the_map_has_34_provinces_two_zones_and_no_tile_on_another() -> None:
    assert (len(PROVINCES), len(TILES)) == (34, 36)
    assert len({(tile.column, tile.row) for tile in TILES}) == 36
    assert {(tile.name, tile.of) for tile in TILES if tile.of} == {("Hoàng Sa", "Đà Nẵng"), ("Trường Sa", "Khánh Hòa")}


@pytest.mark.parametrize(
    ("name", "province"),
    [
        ("Sở Giáo dục và Đào tạo tỉnh Lào Cai", "Lào Cai"),
        ("Sở Giáo dục và Đào tạo Thành phố Hồ Chí Minh", "Hồ Chí Minh"),
        ("Thành phố Huế", "Huế"),
        ("Sở GD&ĐT Đăk Lăk", "Đắk Lắk"),
        ("Tỉnh Thanh Giang", None),
    ],
)
def test_units_find_their_province(name: str, province: str | None) -> None:
    assert province_of(name) == province


def test_the_first_unit_of_a_province_takes_its_tile() -> None:
    assert placed(["Sở Huế", "UBND Huế", "Xã Lạ"]) == {"Huế": "Sở Huế"}


def reported(office: Office) -> tuple[Scene, Campaign, dt.datetime]:
    """One unit in time, one two days late, the others silent."""
    here = scene(office)
    campaign = here.open()
    late = dt.datetime.combine(campaign.last_day_on + dt.timedelta(days=2), OPENED.timetz())
    here.send(campaign, "thpt_1", 1, 2, 3, 4, 5, 6)
    here.send(campaign, "thcs_1", 2, 2, 2, 2, 2, 2, at=late)
    return here, campaign, late


def test_timeliness_is_counted_for_what_one_may_see(office: Office) -> None:
    here, campaign, late = reported(office)
    day = late.date()
    everything = over_time(here.by("director", day), [campaign])
    assert everything == [(campaign, Timeliness(campaign.expected, 2, 1))]
    ((_c, branch),) = over_time(here.by("commune_officer", day), [campaign])
    below = ExpectedReporter.objects.filter(campaign=campaign, unit__in=_under(office, day))
    assert (branch.expected, branch.sent, branch.late) == (below.count(), 1, 1)
    assert [each for _name, each in by_place(here.by("director", day), [campaign]) if each.late] == [branch]
    silent = LateReports(here.by("director", day), on=day)
    assert (len(silent), silent.by_campaign()) == (campaign.expected - 2, {campaign.pk: campaign.expected - 2})
    assert set(LateReports(here.by("commune_officer", day), on=day)[:]) == set(silent[:]) & set(below)


def test_pages_of_late_reports_are_cut_from_their_groups(office: Office) -> None:
    here, campaign, late = reported(office)
    ExpectedReporter.objects.filter(unit=office.unit("thpt_2")).update(last_day_on=OPENED.date())
    found = LateReports(here.by("director", late.date()), on=late.date())
    rows = ExpectedReporter.objects.filter(campaign=campaign, state="not_started")
    ordered = list(rows.order_by("last_day_on", "sort_key", "id"))
    assert found[:] == ordered
    assert ordered[0].unit == office.unit("thpt_2")
    assert [found[at : at + 2] for at in range(0, len(ordered), 2)] == [
        ordered[at : at + 2] for at in range(0, len(ordered), 2)
    ]
    assert (found[0], found[-1]) == (ordered[0], ordered[-1])


def _under(office: Office, day: dt.date) -> list[int]:
    from caunoi.foundation.organisations.public import subtree

    return list(subtree(office.unit("xa_1"), on=day).values_list("pk", flat=True))


def test_the_page_of_timeliness_offers_the_chase_and_the_file(office: Office, client_of: ClientOf) -> None:
    reported(office)
    ExpectedReporter.objects.filter(unit=office.unit("thpt_2")).update(last_day_on=OPENED.date() - dt.timedelta(days=4))
    client = client_of("specialist")
    page = client.get(reverse("reporting:timeliness"))
    late = ExpectedReporter.objects.get(unit=office.unit("thpt_2"))
    words = page.content.decode()
    assert reverse("reporting:chase_one", args=[late.public_id]) in words
    assert "4 ngày" in words
    assert "Chưa đến hạn" in words
    assert "chưa có báo cáo nào đến hạn" in words
    file = client.get(reverse("reporting:timeliness"), {"nam": "2026", "xuat": "csv"})
    assert file.content.decode("utf-8-sig").splitlines()[0] == "Nơi,Phải gửi,Đã gửi,Đúng hạn,Gửi muộn,Chưa gửi"
    assert client.get(reverse("reporting:timeliness"), {"xuat": "exe"}).status_code == 404
    assert client_of("clerk").get(reverse("reporting:timeliness")).status_code == 403


def test_the_page_of_timeliness_teaches_when_nothing_is_there(office: Office, client_of: ClientOf) -> None:
    page = client_of("specialist").get(reverse("reporting:timeliness")).content.decode()
    assert "Chưa có số liệu tiến độ của năm này" in page
    assert f'href="{reverse("reporting:mine")}"' in page
    assert "xuat=xlsx" not in page
    assert "Chưa có số liệu để lập bảng" in client_of("specialist").get(reverse("reporting:pivot")).content.decode()


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (1, "Năm 2026 có 87,5% báo cáo gửi đúng hạn, cao hơn năm 2025 12,5 điểm phần trăm."),
        (2, "Năm 2026 có 75% báo cáo gửi đúng hạn, bằng năm 2025."),
        (3, "Năm 2026 có 62,5% báo cáo gửi đúng hạn, thấp hơn năm 2025 12,5 điểm phần trăm."),
    ],
)
def test_the_sentence_compares_with_the_year_before(late: int, said: str) -> None:
    with translation.override("vi"):
        assert _sentence(Timeliness(8, 8, late), Timeliness(8, 8, 2), 2026) == said


@pytest.mark.parametrize(("language", "text"), [("vi", "1.234,5"), ("en", "1,234.5")])
def test_figures_in_sentences_are_printed_as_the_reader_writes_them(language: str, text: str) -> None:
    with translation.override(language):
        assert printed(Decimal("1234.5")) == text
        assert printed(Decimal(100)) == "100"


@pytest.mark.parametrize("down", ["noi", "loai", "ky", "dong", "cot"])
@pytest.mark.parametrize("across", ["noi", "ky", "cot"])
def test_every_pivot_answers_and_its_figures_open(office: Office, client_of: ClientOf, down: str, across: str) -> None:
    reported(office)
    page = client_of("director").get(reverse("reporting:pivot"), {"dong": down, "cot": across})
    assert page.status_code == 200
    opened = [cell for _member, cells in page.context["made"] for cell in cells if cell.number]
    assert opened
    assert client_of("director").get(opened[0].url).status_code == 200


def test_the_pivot_leaves_as_workbook_with_coverage(office: Office, client_of: ClientOf) -> None:
    _here, campaign, _late = reported(office)
    client = client_of("specialist")
    file = client.get(reverse("reporting:pivot"), {"dong": "dong", "cot": "cot", "xuat": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Dòng của biểu", "Cột của biểu", "Tổng", "Số đơn vị có số liệu", "Số đơn vị phải có số liệu"]
    assert rows[1] == ["Lào", "Số đoàn (đoàn)", 3.0, 2.0, float(campaign.expected)]


def test_figures_of_different_units_of_measure_share_no_chart(office: Office, client_of: ClientOf) -> None:
    _here, _campaign, _late = reported(office)
    client, address = client_of("specialist"), reverse("reporting:pivot")
    shown = client.get(address, {"dong": "dong", "cot": "cot"}).context
    assert [(chart.unit, [series.label for series in chart.series]) for chart in shown["charts"]] == [
        ("đoàn", ["Số đoàn (đoàn)"]),
        ("lượt", ["Số lượt người (lượt)"]),
    ]
    assert shown["unit"] == ""
    down = client.get(address, {"dong": "cot", "cot": "ky"}).context
    assert [[series.label for series in chart.series] for chart in down["charts"]] == [
        ["Số đoàn (đoàn)"],
        ["Số lượt người (lượt)"],
    ]
    one = client.get(address, {"dong": "dong", "cot": "ky", "c": "c2"}).context
    assert ([chart.unit for chart in one["charts"]], one["unit"]) == (["lượt"], "lượt")
    mixed = client.get(address, {"dong": "dong", "cot": "ky"}).context
    assert mixed["asked"].column.is_total
    assert ([chart.unit for chart in mixed["charts"]], mixed["unit"]) == ([""], "")
    many = client.get(address, {"dong": "dong", "cot": "cot", "do": "don-vi"}).context
    assert [chart.unit for chart in many["charts"]] == ["đơn vị"]


def test_every_page_that_counts_places_answers_as_of_today(office: Office, client_of: ClientOf) -> None:
    here, campaign, late = reported(office)
    gone, kept = office.unit("xa_1"), office.unit("xa_2")
    then = dict(by_place(here.by("director"), [campaign]))
    merge_units(units=[gone], into=kept, on=OPENED.date(), by=system(), at=OPENED)
    by, day = here.by("director"), late.date()
    now = dict(by_place_today(by, [campaign], on=day))
    assert gone.name not in now
    assert now[kept.name] == then[gone.name] + then.get(kept.name, Timeliness(0, 0, 0))
    assert over_time_today(by, [campaign], on=day) == over_time(by, [campaign])
    members, facts, top = facts_today(by, [campaign], Axis.PLACE, on=day)
    assert {member.label for member in members} == set(now)
    for member in members:
        place = Unit.objects.get(public_id=facts[member.key, str(campaign.public_id)].place)
        made = totals_today(campaign, place, on=day)
        found = facts[member.key, str(campaign.public_id)]
        assert (found.cells, found.expected) == (made.cells, made.expected)
    assert facts[top, str(campaign.public_id)].expected == campaign.expected
    client = client_of("director")
    page = client.get(reverse("reporting:pivot"), {"dong": "noi", "cot": "cot", "theo": "nay"})
    cell = next(cell for _member, cells in page.context["made"] for cell in cells if cell.number)
    assert len(client.get(cell.url).context["given"]) == cell.cell.total.answered
    for address in (reverse("reporting:timeliness"), reverse("reporting:tiles", args=[campaign.public_id])):
        shown = client.get(address, {"theo": "nay"})
        assert (shown.status_code, shown.context["stand"].value) == (200, "nay")


def test_a_branch_turns_only_its_own_figures(office: Office, client_of: ClientOf) -> None:
    reported(office)
    page = client_of("commune_officer").get(reverse("reporting:pivot"), {"dong": "dong", "cot": "cot"})
    assert page.context["made"][0][1][0].number == Decimal(2)


def test_the_map_says_what_it_does_not_know(office: Office, client_of: ClientOf) -> None:
    _here, campaign, _late = reported(office)
    client, address = client_of("specialist"), reverse("reporting:tiles", args=[campaign.public_id])
    assert "không gồm tỉnh, thành phố nào" in client.get(address).content.decode()
    name = "Phòng Văn hóa - Xã hội Lào Cai"
    Unit.objects.filter(pk=office.unit("xa_1").pk).update(name=name)
    from caunoi.business.reporting.models import TotalsNode

    TotalsNode.objects.filter(campaign=campaign, name=office.unit("xa_1").name).update(name=name)
    page = client.get(address)
    assert f"{name}: 1/" in page.content.decode()
    svg = client.get(address, {"xuat": "svg"})
    assert svg["Content-Type"] == "image/svg+xml"
    assert svg.content.decode().count("<rect") == 36


def test_pages_cost_the_same_with_more_reports(
    office: Office, client_of: ClientOf, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    reported(office)
    client = client_of("specialist")
    for name, most in (("reporting:timeliness", 30), ("reporting:pivot", 28)):
        client.get(reverse(name))
        with django_assert_max_num_queries(most):  # type: ignore[attr-defined]  # a context manager of pytest-django
            assert client.get(reverse(name)).status_code == 200
