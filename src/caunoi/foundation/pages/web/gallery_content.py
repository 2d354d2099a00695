"""Invented content of the gallery: a fictional province, nothing of it is anybody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from caunoi.foundation.pages.public import (
    Chart,
    ChartKind,
    Column,
    Crumb,
    FileRow,
    HistoryEntry,
    Series,
    State,
    Tab,
    Tone,
)
from caunoi.kernel.measure import Measure

TODAY = date(2026, 12, 4)
HANOI = timezone(timedelta(hours=7))

RECEIVED = State("Đã tiếp nhận", Tone.DONE)
SENT = State("Đã gửi", Tone.INFO, "send")
RETURNED = State("Trả lại", Tone.SOON, "arrow-back-up")
LATE = State("Trễ hạn", Tone.LATE)
DRAFT = State("Nháp", Tone.NEUTRAL)

CRUMBS = [Crumb("Văn bản", "#"), Crumb("Văn bản đến", "#"), Crumb("Số đến 412")]


@dataclass(frozen=True, slots=True)
class Row:
    """One incoming document of the list."""

    arrival: int
    arrived_on: date
    code: str
    subject: str
    issuer: str
    due_on: date | None
    bound: str
    state: State
    pages: int


ROWS = [
    Row(412, date(2026, 12, 3), "3187/UBND-VX", "Tăng cường hợp tác giáo dục với các địa phương kết nghĩa năm 2027",
        "Ủy ban nhân dân tỉnh Lam Giang", date(2026, 12, 10), "strictly_before", SENT, 4),
    Row(411, date(2026, 12, 2), "1290/SNgV-HTQT", "Thống kê thỏa thuận quốc tế đã ký kết trong năm 2026",
        "Sở Ngoại vụ tỉnh Lam Giang", date(2026, 12, 4), "no_later_than", RETURNED, 2),
    Row(410, date(2026, 12, 2), "56/KH-UBND", "Kế hoạch thông tin đối ngoại giai đoạn 2026 - 2030 trên địa bàn tỉnh",
        "Ủy ban nhân dân tỉnh Lam Giang", None, "strictly_before", RECEIVED, 18),
    Row(409, date(2026, 12, 1), "204/CV-THPT", "Đề nghị cho phép đoàn học sinh dự cuộc thi Khoa học trẻ tại Viêng Chăn",
        "Trường THPT Sông Lam", date(2026, 12, 1), "no_later_than", LATE, 3),
    Row(408, date(2026, 11, 30), "77/TB-HVNĐ", "Thông báo chương trình giao lưu hữu nghị mùa xuân",
        "Liên hiệp các tổ chức hữu nghị tỉnh Lam Giang", date(2026, 12, 31), "no_later_than", DRAFT, 1),
]  # fmt: skip

COLUMNS = [
    Column("tick", "Chọn", hidden_label=True, width="narrow"),
    Column("arrival", "Số đến", order_by=("arrival",), numeric=True, descending_first=True, width="narrow"),
    Column("code", "Số, ký hiệu", order_by=("code",), width="narrow"),
    Column("subject", "Trích yếu", order_by=("subject",), width="wide"),
    Column("due", "Thời hạn", order_by=("due_on",)),
    Column("state", "Trạng thái"),
]

AREAS = [
    "Quản lý nhà nước về đối ngoại, hội nhập quốc tế", "Ngoại giao kinh tế", "Thông tin đối ngoại",
    "Hội nhập quốc tế trong lĩnh vực giáo dục và đào tạo", "Quản lý đoàn ra, đoàn vào", "Đối ngoại nhân dân",
]  # fmt: skip

UNITS = [
    "Phòng Chính trị tư tưởng", "Trường THPT Sông Lam", "Trung tâm ngoại ngữ Hồng Hà", "Trường THPT Đồi Thông",
    "Trường THCS Bến Đá", "Trường Tiểu học Vườn Xoài", "Trường THPT chuyên Lam Giang", "Trường THCS Đồng Tháp Cổ",
    "Trung tâm GDNN-GDTX Ven Sông", "Trường Mầm non Hoa Sen", "Trường THPT Cầu Mới", "Phòng Kế hoạch tài chính",
]  # fmt: skip

HISTORY = [
    HistoryEntry(datetime(2026, 12, 4, 8, 15, tzinfo=HANOI), "Nguyễn Thị Hòa", "trả lại báo cáo",
                 "Bảng 2 thiếu số lượt học sinh đi giao lưu quý III.", Tone.SOON, "arrow-back-up"),
    HistoryEntry(datetime(2026, 12, 3, 16, 40, tzinfo=HANOI), "Trần Văn Đức", "gửi báo cáo lần 1", "",
                 Tone.INFO, "send"),
    HistoryEntry(datetime(2026, 12, 1, 9, 5, tzinfo=HANOI), "Hệ thống", "mở đợt báo cáo và giao cho 62 đơn vị"),
]  # fmt: skip

FILES = [
    FileRow("KH 56 - thông tin đối ngoại.docx", "#", 184_320, "văn bản chính", "#"),
    FileRow("Phụ lục 1 - biểu số liệu.xlsx", "#", 1_474_560, "phụ lục"),
]
TABS = [
    Tab("Tổng quan", "#", current=True),
    Tab("Đơn vị", "#", count=62),
    Tab("Số liệu", "#"),
    Tab("Thuyết minh", "#"),
    Tab("Lịch sử", "#", count=14),
]

BY_MONTH = Chart(
    "months", ChartKind.STACKED, "Đoàn ra, đoàn vào theo tháng",
    "Từ tháng 7 đến tháng 12/2026 có 41 đoàn; tháng 10 nhiều nhất với 11 đoàn.",
    ["T7", "T8", "T9", "T10", "T11", "T12"],
    [Series("Đoàn ra", [3, 2, 4, 6, 5, 2]), Series("Đoàn vào", [2, 1, 4, 5, 5, 2])], "đoàn",
)  # fmt: skip
BY_UNIT = Chart(
    "units", ChartKind.BARS, "Báo cáo đúng hạn theo cụm trường",
    "Cụm Ven Sông đúng hạn đủ 18/18 báo cáo; cụm Miền Núi còn 5 báo cáo chưa gửi.",
    ["Cụm Ven Sông", "Cụm Trung Tâm", "Cụm Miền Núi", "Trung tâm ngoại ngữ, tin học"],
    [Series("Đúng hạn", [18, 15, 9, 7])], "báo cáo", lying=True,
)  # fmt: skip
BY_YEAR = Chart(
    "years", ChartKind.LINES, "Học sinh đi du học qua các năm",
    "Năm 2025 có 412 học sinh, tăng 9% so với năm 2024; năm 2022 chưa có số liệu.",
    ["2021", "2022", "2023", "2024", "2025"],
    [Series("Tự túc", [201, None, 250, 290, 318]), Series("Học bổng", [64, None, 80, 88, 94])], "học sinh",
)  # fmt: skip
BY_COUNTRY = Chart(
    "countries", ChartKind.SHARES, "Lưu học sinh theo nước",
    "Hơn một nửa lưu học sinh là người Lào (126/212).",
    ["Lào", "Campuchia", "Hàn Quốc", "Nước khác"], [Series("Lưu học sinh", [126, 48, 22, 16])], "người",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of the entry grid with what is wrong or asked about it."""

    name: str
    measure: Measure
    label: str
    address: str
    errors: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    locked: bool = False
    note: str = ""


GRID_COLUMNS = ["Số đoàn", "Số lượt người", "Kinh phí (triệu đồng)"]
GRID_ROWS = [
    ("1", "Đoàn ra: cán bộ quản lý, giáo viên", [
        GridCell("c1", Measure.of(4), "Số đoàn, đoàn ra cán bộ", "C5", note="Lấy từ sổ đoàn ra"),
        GridCell("d1", Measure.of(1234), "Số lượt người, đoàn ra cán bộ", "D5",
                 queries=("Gấp 15 lần cùng kỳ năm trước (82). Nếu đúng, hãy giải trình.",)),
        GridCell("e1", Measure.missing(), "Kinh phí, đoàn ra cán bộ", "E5"),
    ]),
    ("2", "Đoàn ra: học sinh", [
        GridCell("c2", Measure.zero(), "Số đoàn, đoàn ra học sinh", "C6"),
        GridCell("d2", Measure.zero(), "Số lượt người, đoàn ra học sinh", "D6"),
        GridCell("e2", Measure.not_applicable(), "Kinh phí, đoàn ra học sinh", "E6"),
    ]),
    ("3", "Đoàn vào", [
        GridCell("c3", Measure.of(2), "Số đoàn, đoàn vào", "C7"),
        GridCell("d3", Measure.of(-3), "Số lượt người, đoàn vào", "D7",
                 errors=("Ô D7 (Số lượt người): phải là số nguyên không âm. Nếu không có, chọn “Không phát sinh”.",)),
        GridCell("e3", Measure.of(48), "Kinh phí, đoàn vào", "E7", locked=True, note="Đã khóa số liệu"),
    ]),
]  # fmt: skip
