"""Invented drafts of every kind of document the library writes."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from vanban.writing.draft import (
    Align,
    Annex,
    Cell,
    Column,
    Draft,
    IssueDate,
    Item,
    Level,
    Mark,
    Orientation,
    Picture,
    Section,
    SentTo,
    SignForm,
    SignLine,
    TableNode,
    Urgency,
    item,
    paragraph,
)

ISSUER = "Sở Giáo dục và Đào tạo"
SUPERIOR = "Ủy ban nhân dân tỉnh Sơn Hà"
FOOT = (SentTo("UBND tỉnh", "để báo cáo"), SentTo("Các phòng thuộc Sở", "để thực hiện"))
HEAD = (SignLine("Giám đốc"),)
DEPUTY = (SignLine("Giám đốc", SignForm.FOR_HEAD), SignLine("Phó Giám đốc"))
BASES = (
    "Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019",
    "Căn cứ Kế hoạch số 15/KH-UBND ngày 02 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh về công tác đối ngoại năm 2026",
)


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 30), (10, 80, 150)).save(out, "PNG")
    return out.getvalue()


def _table() -> TableNode:
    return TableNode(
        columns=(Column(0.5, Align.CENTRE), Column(4), Column(1, Align.RIGHT), Column(1, Align.RIGHT)),
        header=(
            (Cell("TT", rows=2), Cell("Nội dung", rows=2), Cell("Số lượng", columns=2)),
            (Cell("Kế hoạch"), Cell("Thực hiện")),
        ),
        rows=tuple((Cell(str(n)), Cell(f"Hoạt động {n}"), Cell("10"), Cell("9")) for n in range(1, 4)),
        caption="Bảng 1. Kết quả thực hiện",
        unit="Đơn vị tính: hoạt động",
    )


def _plan() -> Draft:
    return Draft(
        superior=SUPERIOR,
        issuer=ISSUER,
        place="Sơn Hà",
        symbol="KH-SGDĐT",
        number="7",
        issued=IssueDate(2026, 1, 5),
        doc_type="Kế hoạch",
        title="Công tác đối ngoại của ngành Giáo dục năm 2026",
        bases=BASES,
        body=(
            paragraph("Sở Giáo dục và Đào tạo ban hành Kế hoạch công tác đối ngoại năm 2026 như sau:"),
            Section(
                Level.ROMAN,
                "Mục đích, yêu cầu",
                (
                    Section(Level.CLAUSE, "Mục đích", (item("Nâng cao hiệu quả hợp tác quốc tế."),)),
                    Section(
                        Level.CLAUSE,
                        "Yêu cầu",
                        (item("Bảo đảm các nội dung sau:", Item(paragraph("Đúng quy định;"), Mark.PLUS)),),
                    ),
                ),
            ),
            Section(
                Level.ROMAN,
                "Tổ chức thực hiện",
                (
                    Section(
                        Level.CLAUSE,
                        children=(
                            paragraph(
                                "Các đơn vị báo cáo kết quả về Sở Giáo dục và Đào tạo (qua Văn phòng Sở) "
                                "trước ngày 05 tháng 12 năm 2026."
                            ),
                        ),
                    ),
                    Section(
                        Level.CLAUSE,
                        children=(paragraph("Văn phòng Sở theo dõi, đôn đốc việc thực hiện Kế hoạch này"),),
                    ),
                ),
            ),
        ),
        recipients=FOOT,
        archive="VT, VP",
        signing=DEPUTY,
        signer="Trần Minh An",
        annexes=(
            Annex("Danh mục nhiệm vụ năm 2026", (_table(),), Orientation.LANDSCAPE),
            Annex("Biểu mẫu báo cáo", (paragraph("Báo cáo theo biểu dưới đây."), _table())),
        ),
    )


def _report() -> Draft:
    return Draft(
        superior=SUPERIOR,
        issuer=ISSUER,
        place="Sơn Hà",
        symbol="BC-SGDĐT",
        number="115",
        issued=IssueDate(2026, 11, 30),
        doc_type="Báo cáo",
        title="Kết quả công tác đối ngoại năm 2026",
        addressees=("Ủy ban nhân dân tỉnh",),
        body=(
            Section(
                Level.ROMAN, "Kết quả", (paragraph("Kết quả chính như sau:"), _table(), Picture(_png(), "Biểu đồ"))
            ),
            Section(Level.ROMAN, "Kiến nghị", (paragraph("Đề nghị Ủy ban nhân dân tỉnh quan tâm, chỉ đạo"),)),
        ),
        recipients=(SentTo("Lãnh đạo Sở"),),
        archive="VT, VP",
        signing=HEAD,
        signer="Phạm Văn Bình",
    )


def _letter() -> Draft:
    return Draft(
        superior=SUPERIOR,
        issuer=ISSUER,
        place="Sơn Hà",
        symbol="SGDĐT-VP",
        number="312",
        issued=IssueDate(2026, 3, 9),
        title="thống kê học sinh đi du học năm 2026",
        addressees=("Các phòng thuộc Sở", "Các trường trung học phổ thông"),
        body=(
            paragraph(
                "Thực hiện Kế hoạch số 15/KH-UBND ngày 02 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh về công tác đối "
                "ngoại năm 2026, Sở Giáo dục và Đào tạo đề nghị các đơn vị:"
            ),
            Section(Level.CLAUSE, children=(paragraph("Thống kê học sinh đi du học."),)),
            Section(Level.CLAUSE, children=(paragraph("Gửi báo cáo trước ngày 10 tháng 6 năm 2026."),)),
            paragraph("Đề nghị các đơn vị thực hiện"),
        ),
        urgency=Urgency.URGENT,
        recipients=(SentTo("Lãnh đạo Sở"),),
        archive="VT, VP",
        signing=DEPUTY,
        signer="Trần Minh An",
    )


def _decision() -> Draft:
    return Draft(
        superior=SUPERIOR,
        issuer=ISSUER,
        place="Sơn Hà",
        symbol="QĐ-SGDĐT",
        number="112",
        issued=IssueDate(2026, 3, 9),
        doc_type="Quyết định",
        title="Về việc cử đoàn cán bộ đi công tác nước ngoài",
        authority="Giám đốc Sở Giáo dục và Đào tạo",
        bases=(*BASES, "Theo đề nghị của Chánh Văn phòng Sở"),
        body=(
            Section(
                Level.ARTICLE,
                children=(
                    paragraph("Cử đoàn gồm 02 người đi công tác tại Nhật Bản:"),
                    Section(Level.CLAUSE, children=(paragraph("Ông Trần Minh An, Phó Giám đốc Sở;"),)),
                    Section(Level.CLAUSE, children=(paragraph("Bà Lê Thị Hòa, Chánh Văn phòng Sở."),)),
                ),
            ),
            Section(
                Level.ARTICLE, children=(paragraph("Chánh Văn phòng Sở chịu trách nhiệm thi hành Quyết định này"),)
            ),
        ),
        recipients=(SentTo("Như Điều 2"), SentTo("Sở Ngoại vụ")),
        archive="VT, VP",
        signing=HEAD,
        signer="Phạm Văn Bình",
    )


def _invitation() -> Draft:
    return Draft(
        superior=SUPERIOR,
        issuer=ISSUER,
        place="Sơn Hà",
        symbol="GM-SGDĐT",
        number="12",
        issued=IssueDate(2026, 3, 9),
        doc_type="Giấy mời",
        title="Họp triển khai công tác đối ngoại năm 2026",
        body=(
            paragraph("Sở Giáo dục và Đào tạo trân trọng kính mời: Đại diện lãnh đạo các phòng thuộc Sở."),
            paragraph("Tới dự cuộc họp triển khai công tác đối ngoại năm 2026."),
            paragraph("Thời gian: 14 giờ 00, ngày 12 tháng 3 năm 2026."),
            paragraph("Địa điểm: Phòng họp tầng 2, trụ sở Sở Giáo dục và Đào tạo"),
        ),
        recipients=(SentTo("Như trên"),),
        archive="VT, VP",
        signing=(SignLine("Giám đốc", SignForm.BY_ORDER), SignLine("Chánh Văn phòng")),
        signer="Lê Thị Hòa",
    )


def _submission() -> Draft:
    return Draft(
        superior=SUPERIOR,
        issuer=ISSUER,
        place="Sơn Hà",
        symbol="TTr-SGDĐT",
        number="31",
        issued=IssueDate(2026, 4, 20),
        doc_type="Tờ trình",
        title="Về việc ban hành Kế hoạch đối ngoại năm 2026",
        addressees=("Ủy ban nhân dân tỉnh",),
        bases=BASES[1:],
        body=(
            Section(Level.ROMAN, "Sự cần thiết", (paragraph("Kế hoạch là cần thiết."),)),
            paragraph("Kính trình Ủy ban nhân dân tỉnh xem xét, quyết định"),
        ),
        recipients=(SentTo("Lãnh đạo Sở"),),
        archive="VT, VP",
        signing=HEAD,
        signer="Phạm Văn Bình",
    )


def _notice() -> Draft:
    return Draft(
        superior=SUPERIOR,
        issuer=ISSUER,
        place="Sơn Hà",
        symbol="TB-SGDĐT",
        number="20",
        issued=IssueDate(2026, 5, 14),
        doc_type="Thông báo",
        title="Về việc tiếp nhận hồ sơ học bổng năm 2026",
        body=(
            paragraph("Sở Giáo dục và Đào tạo thông báo tiếp nhận hồ sơ học bổng như sau:"),
            Section(Level.CLAUSE, "Hồ sơ", (Section(Level.POINT, children=(paragraph("Đơn đăng ký;"),)),)),
            Section(Level.CLAUSE, "Thời hạn", (paragraph("Chậm nhất ngày 30 tháng 6 năm 2026"),)),
        ),
        recipients=(SentTo("Các trường trung học phổ thông"),),
        archive="VT, VP",
        signing=HEAD,
        signer="Phạm Văn Bình",
    )


DRAFTS = {
    "plan": _plan(),
    "report": _report(),
    "letter": _letter(),
    "decision": _decision(),
    "invitation": _invitation(),
    "submission": _submission(),
    "notice": _notice(),
}


@pytest.fixture(params=list(DRAFTS))
def draft(request: pytest.FixtureRequest) -> Draft:
    """Each kind of draft in turn."""
    return DRAFTS[request.param]


@pytest.fixture
def drafts() -> dict[str, Draft]:
    """All drafts by kind."""
    return DRAFTS
