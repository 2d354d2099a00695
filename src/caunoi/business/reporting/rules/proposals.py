"""What the words of an order suggest for a regime: offered to a person, never taken for granted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from caunoi.kernel.text import fold, squeeze

_NOT_WORDS = re.compile(r"[^\w\s]")
_REPORT = re.compile(r"^(?:báo cáo|thống kê)\b", re.IGNORECASE)
_LEAD = re.compile(r"^(?:(?:thực hiện|gửi|nộp|lập|tổng hợp|chế độ)\s+)+(?=báo cáo|thống kê)", re.IGNORECASE)
_TWICE = re.compile(r"^(báo cáo|thống kê)(?:[\s,]+\1\b)+", re.IGNORECASE)
_YEAR = re.compile(r"\s+năm\s+\d{4}$", re.IGNORECASE)
SHORT = 8
"""A name of so few words does not say which matter it is about."""
LONGEST_NAME = 250
LONGEST_HEADING = 200


def bare(text: str) -> str:
    """Return text folded and without punctuation, for comparing names."""
    return " ".join(_NOT_WORDS.sub(" ", fold(text)).split())


def name_of(what: str, *, statistics: bool, subject: str = "") -> str:
    """Return a name for the regime from what is asked: its first sentence, beginning with the kind of report.

    A name too short to say which matter it is about takes the subject of the document behind it.
    """
    text = _LEAD.sub("", squeeze(re.split(r"[;.](?:\s|$)", what.strip(), maxsplit=1)[0]))
    text = _TWICE.sub(r"\1", text)
    if not _REPORT.match(text):
        text = f"{'Thống kê' if statistics else 'Báo cáo'} {text[:1].lower()}{text[1:]}"
    if len(text.split()) <= SHORT and subject.strip():
        text = f"{text}: {_short(_YEAR.sub('', squeeze(subject)))}"
    return _short(f"{text[:1].upper()}{text[1:]}", LONGEST_NAME).rstrip(" ,;:")


_RHYTHMS = {"quarterly": "hằng quý", "half_yearly": "6 tháng", "yearly": "năm", "monthly": "hằng tháng"}


def distinct_name(
    name: str,
    taken: Collection[str],
    *,
    rhythm: str,
    days: Sequence[tuple[int, int]],
    bound: str = "",
) -> str:
    """Return the name; where it is taken, with what tells the two apart: rhythm, day, at last a number.

    One clause often orders several reports at once ("hằng quý, 6 tháng (05/5), hằng năm (05/11)").
    """
    if name not in taken:
        return name
    dated = ", ".join(f"{day:02d}/{month}" if month else f"ngày {day:02d} hằng tháng" for month, day in days)
    word = "trước" if bound == "strictly_before" else "hạn"
    parts = [_RHYTHMS.get(rhythm, ""), f"{word} {dated}" if dated else ""]
    options = [f"{_short(name, LONGEST_NAME)} ({', '.join(part for part in parts[:n] if part)})" for n in (1, 2)]
    for option in options:
        if "()" not in option and option not in taken:
            return option
    base = options[-1] if "()" not in options[-1] else name
    return next(f"{base} – {number}" for number in range(2, 10_000) if f"{base} – {number}" not in taken)


def _short(text: str, longest: int = 120) -> str:
    """Return text cut at the end of a word."""
    if len(text) <= longest:
        return text
    return f"{text[:longest].rsplit(' ', 1)[0].rstrip(' ,;:')} …"


_KIND_WORDS: dict[str, tuple[str, ...]] = {
    "upper_secondary": (
        "thpt",
        "trung hoc pho thong",
        "truong hoc",
        "cac truong",
        "don vi truc thuoc",
        "co so giao duc",
    ),
    "lower_secondary": ("thcs", "trung hoc co so", "co so giao duc"),
    "primary": ("tieu hoc",),
    "kindergarten": ("mam non", "mau giao"),
    "continuing_centre": ("gdtx", "giao duc thuong xuyen", "gdnn", "don vi truc thuoc"),
    "language_centre": ("ngoai ngu", "tin hoc"),
    "study_abroad_consultancy": ("du hoc",),
    "commune_division": ("phong van hoa", "phong giao duc", "phong gd", "van hoa xa hoi"),
    "department_office": ("phong thuoc so", "cac phong so", "phong chuyen mon", "cac phong ban"),
}


_EVERYONE = ("cac don vi", "cac don vi giao duc", "cac truong hoc", "don vi giao duc")
_SCHOOLS = ("upper_secondary", "lower_secondary", "continuing_centre")


def kinds_named(who: Iterable[str]) -> list[str]:
    """Return the codes of the kinds of units that the words name."""
    named = [bare(words) for words in who]
    text = " ; ".join(named)
    found = [code for code, words in _KIND_WORDS.items() if any(word in text for word in words)]
    if any(words in _EVERYONE for words in named):
        found += [code for code in _SCHOOLS if code not in found]
    return found


def same_body(name: str, words: str) -> bool:
    """Whether the words of a document may mean the unit of this name: one contains the other, punctuation apart."""
    one, other = bare(name), bare(words)
    if not one or not other:
        return False
    return one in other or other in one


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document, with its depth in the outline."""

    depth: int
    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class ProposedSection:
    """A section offered for the outline."""

    marker: str
    title: str
    question: str = ""


_CONTENT = ("noi dung", "nhiem vu", "giai phap", "ket qua")
_BEFORE = ("Tình hình triển khai", "Văn bản đã ban hành, phân công đầu mối, công tác chỉ đạo trong kỳ?")
_RESULT = "Đã làm gì, kết quả cụ thể (số liệu, sản phẩm), minh chứng?"
_AFTER = (
    ("Khó khăn, vướng mắc và nguyên nhân", "Khó khăn gì, do đâu, đã xử lý thế nào?"),
    ("Phương hướng, nhiệm vụ kỳ tới", "Việc trọng tâm, thời gian, người phụ trách?"),
    ("Kiến nghị, đề xuất", "Kiến nghị với cấp nào, về việc gì?"),
)


def outline_from(headings: Sequence[Heading]) -> list[ProposedSection]:
    """Return an outline: state of things, results by the content areas of the document, difficulties, next, proposals.

    The content areas are the headings one step below the first part whose heading speaks of content or tasks.
    """
    areas = [f"Kết quả: {area}" for area in _areas(headings)] or ["Kết quả thực hiện"]
    parts = [_BEFORE, *((area, _RESULT) for area in areas), *_AFTER]
    return [ProposedSection(roman(number), title, question) for number, (title, question) in enumerate(parts, start=1)]


def roman(number: int) -> str:
    """Return a small number as a Roman numeral."""
    text = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            text, number = text + sign, number - value
    return text


def _areas(headings: Sequence[Heading]) -> list[str]:
    for place, heading in enumerate(headings):
        if any(word in bare(heading.text) for word in _CONTENT):
            found = _below(headings[place + 1 :], heading.depth)
            if len(found) > 1:
                return found
    return []


def _below(headings: Sequence[Heading], depth: int) -> list[str]:
    found: list[str] = []
    for heading in headings:
        if heading.depth <= depth:
            break
        if heading.depth == depth + 1 and 0 < len(heading.text) <= LONGEST_HEADING:
            found.append(squeeze(heading.text).rstrip(" .:;"))
    return found
