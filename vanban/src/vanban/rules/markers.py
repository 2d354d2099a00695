"""Rules for outline markers at the start of a line (NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6), scans included."""

from __future__ import annotations

import re

from vanban.rules.rule import Rule
from vanban.text.fold import CAPITAL, SMALL

_SOURCE = "NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6"
_CLOSE = r"(?P<close>\s?[.):/]{1,2}|\s?[-–](?=\s))"

ARTICLE = Rule(
    "marker.article",
    re.compile(
        rf"(?P<marker>(?P<word>[ĐD][^\W\d]{{3}})\s{{0,2}}(?P<number>\d{{1,3}}|[lI](?=[.:]))[a-zđ]?)(?:{_CLOSE}"
        rf"|(?=\s|\Z))"
    ),
    (
        "Điều 1. Phạm vi",
        "Điều 12a. Bổ sung",
        "Điêu 2: Giao",
        "Điều 3.",
        "ĐIỀU 4. X",
        "Điều 5",
        "Điều l. Phê duyệt",
        "Đieu 6.",
    ),
    ("Điều lệ", "Điều kiện 1", "Điều chỉnh"),
    anchored=True,
    source=_SOURCE,
)
CHAPTER = Rule(
    "marker.chapter",
    re.compile(
        r"(?P<marker>(?P<word>Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|TIỂU MỤC|Phân|Chuơng)\s+"
        rf"(?P<number>(?:thứ|THỨ)\s+[{SMALL}{CAPITAL}]{{2,6}}|[IVXL]{{1,6}}|\d{{1,2}}|[A-H]))(?:{_CLOSE}|(?=\s|\Z))"
    ),
    ("Chương I", "CHƯƠNG II. QUY ĐỊNH", "Mục 1. Chung", "Phần thứ nhất", "Phần I: Kết quả"),
    ("Mục tiêu", "Phần mềm", "Chương trình 1"),
    anchored=True,
    source=_SOURCE,
)
ANNEX = Rule(
    "marker.annex",
    re.compile(
        r"(?P<marker>(?:Phụ lục|PHỤ LỤC|DANH SÁCH|DANH MỤC|BIỂU MẪU|MẪU SỐ|Mẫu số|BIỂU SỐ|BẢNG TỔNG HỢP|QUY CHẾ"
        r"|QUY ĐỊNH|ĐIỀU LỆ|KẾ HOẠCH|ĐỀ ÁN)"
        r"(?:\s+(?:số\s+|SỐ\s+)?(?P<number>[IVXL]{1,6}|\d{1,2}|[A-Z]))?)(?=[\s.:]|\Z)"
    ),
    ("Phụ lục I", "PHỤ LỤC", "DANH SÁCH", "Phụ lục số 02", "Mẫu số 01"),
    ("Danh sách kèm theo", "phụ lục 1"),
    anchored=True,
    source="NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục III.1",
)
DOTTED = Rule(
    "marker.dotted",
    re.compile(rf"(?P<marker>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})(?!\d)(?:{_CLOSE})?\s*(?=[{CAPITAL}“\"(])"),
    ("1.1. Mục đích", "2.1 Ban hành", "2.3.1. Nội dung", "1.2) Yêu cầu"),
    ("4.0 theo", "1.000 đồng", "29.5 điểm", "31.12.2020 Sở"),
    anchored=True,
    source="custom",
)
ROMAN = Rule(
    "marker.roman",
    re.compile(
        rf"(?P<marker>[IVXL]{{1,6}}|[IVXl1|TH]{{1,4}}(?=[.,]\s?[{CAPITAL}]{{2}}))(?:{_CLOSE}\s*|\s+)(?=[{CAPITAL}“\"(])"
    ),
    ("I. MỤC ĐÍCH", "II NHIỆM VỤ", "IV/ TỔ CHỨC", "V- KẾT LUẬN", "Il. NỘI DUNG", "X. Khác"),
    ("IV", "Icon A", "I"),
    anchored=True,
    source=_SOURCE,
)
ARABIC = Rule(
    "marker.arabic",
    re.compile(
        rf"(?P<marker>\d{{1,3}})(?!/[{CAPITAL}]{{2}})(?:{_CLOSE}\s*(?![\d/])|(?P<comma>,)\s+(?=[{CAPITAL}])"
        rf"|\s+(?=[{CAPITAL}]))(?=\S)"
    ),
    ("1. Mục đích", "2, Nội dung", "2) Yêu cầu", "3/ Khác", "10. Sở Y tế", "4- Kinh phí", "2 Bệnh viện", "1.Mục đích"),
    ("10/2023", "02/KH-UBND", "16/ 12/2021", "1.000 đồng", "5 triệu", "2-3 ngày", "7giờ", "12"),
    anchored=True,
    source=_SOURCE,
)
UPPER = Rule(
    "marker.upper",
    re.compile(rf"(?P<marker>[A-HK-PR-UXY])(?:\s?[.)/]\s*|\s?[-–]\s+)(?=[{CAPITAL}])"),
    ("A. KẾT QUẢ", "B) Phương hướng", "C/ KIẾN NGHỊ"),
    ("A B", "TP. Hồ"),
    anchored=True,
    source="custom",
)
LOWER = Rule(
    "marker.lower",
    re.compile(r"(?P<marker>[a-zđ](?:\.?\d{1,2})?)(?:\s?[)\]}]\s*|\s?[./]\s+|\.(?=[A-ZĐ])|[-–]\s(?=[A-ZĐÀ-Ỹ]))(?=\S)"),
    ("a) Rà soát", "a- Cấp ủy", "đ) Khác", "b. Nội dung", "c/ Kinh phí", "a.1) Chi tiết", "b1) Khác"),
    ("a", "an) toàn", "a khoản 2"),
    anchored=True,
    source=_SOURCE,
)
BULLET = Rule(
    "marker.bullet",
    re.compile(r"(?P<marker>[-–—+•●○▪◦➢✓❖♦■□*·]|[~=¬»>](?=\s)|o(?=\s[A-ZĐ]))(?:\s*[-–—+•*](?=\s))?\s*(?=[^\s\d]|\d)"),
    ("- Nội dung", "+ Đề án", "• Mục", "– Hình thức", "- + Đề án", "-Sở Y tế", "~ Nội dung"),
    ("Nội dung", "o nhiễm"),
    anchored=True,
    source="custom",
)
ALL = (ARTICLE, CHAPTER, ANNEX, DOTTED, ROMAN, ARABIC, UPPER, LOWER, BULLET)

NOISE_BEFORE = re.compile(r"[_'`’‘~.,:;^]{1,3}\s?(?=\S)")
"""Specks of a scan in front of a marker."""

_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN_OF_SCAN = str.maketrans({"l": "I", "1": "I", "|": "I", "T": "I"})
LOWER_ORDER = "abcdđeghiklmnopqrstuvxy"
UPPER_ORDER = "ABCDĐEGHIKLMNOPQRSTUVXY"


def roman_value(marker: str) -> int:
    """Value of a Roman numeral, ``l``, ``1`` and ``H`` of a scan read as ``I`` and ``II``; 0 if it is none."""
    digits = marker.replace("H", "II").translate(_ROMAN_OF_SCAN)
    values = [_ROMAN_DIGITS.get(digit, 0) for digit in digits]
    if not values or 0 in values:
        return 0
    total = 0
    for at, value in enumerate(values):
        total += -value if at + 1 < len(values) and values[at + 1] > value else value
    return total if 0 < total < 60 else 0
