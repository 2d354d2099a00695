"""DEADLINE, STRUCT: dates that bind nobody, days that do not exist, desks nobody told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from vanban.checks.finding import Finding, Klass
from vanban.checks.view import View
from vanban.diagnostics import Severity
from vanban.document import Deadline, DeadlineKind, ObligationKind
from vanban.text.fold import collapse, fold

_RECURRING = frozenset({DeadlineKind.ANNUAL, DeadlineKind.HALF_YEARLY, DeadlineKind.QUARTERLY, DeadlineKind.MONTHLY})
_NO_YEAR_FIRST = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?![/\d])\s*(?:,|và|hoặc)\s*(?:ngày\s+)?\d{1,2}/\d{1,2}/\d{4}")
_DAY = re.compile(r"(?<![\d/.])(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})\s?/\s?(?P<y>(?:19|20)\d\d)(?![\d/])")
_DAY_WORDS = re.compile(r"ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>(?:19|20)\d\d)")
_NAMES_DAY = re.compile(r"ngày\s+\d{1,2}\b")
""" "trước ngày 20 của tháng cuối quý" names its day."""
_YEARLY_WORDS = re.compile(r"\b(?:hàng|hằng) năm\b|\bđịnh kỳ\b")
_FULL_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|tháng\s+\d{1,2}\s+năm\s+\d{4}")
_DESK = re.compile(r"\((?:qua |thông qua )?(?P<desk>(?:Văn phòng|[Pp]hòng|Ban|Vụ|Cục|Thanh tra|Tổ)\b[^()]{2,60})\)")
_CHASE = re.compile(r"\b(?:den nay|chua (?:nhan|gui|bao cao|nop|thuc hien)|qua han|da (?:de nghi|yeu cau|co))\b")


def open_deadlines(view: View) -> Iterator[Finding]:
    """A rhythm without a day; a date without a year; a fixed year worded as a yearly duty."""
    for deadline in view.parsed.deadlines:
        if (
            deadline.kind in _RECURRING
            and not deadline.dates
            and not _NAMES_DAY.search(deadline.text)
            and _is_duty(view, deadline)
            and not _said(view, deadline)
        ):
            yield view.at_span(
                "deadline.no-day",
                Klass.DEADLINE,
                Severity.ERROR,
                deadline.span,
                why=f"Chế độ báo cáo “{collapse(deadline.text)}” không ghi ngày phải nộp.",
                mend="Ghi ngày chốt số liệu và ngày nộp của từng kỳ.",
            )
        if _NO_YEAR_FIRST.search(deadline.text):
            yield view.at_span(
                "deadline.no-year",
                Klass.DEADLINE,
                Severity.ERROR,
                deadline.span,
                why="Mốc thời gian thứ nhất không ghi năm.",
                mend="Ghi đủ ngày, tháng, năm của từng mốc.",
            )
        if _both_once_and_yearly(view, deadline):
            yield view.at_span(
                "deadline.once-or-yearly",
                Klass.DEADLINE,
                Severity.ERROR,
                deadline.span,
                why="Vừa ghi “hàng năm/định kỳ” vừa ghi ngày của một năm cụ thể.",
                mend="Ghi một trong hai: ngày, tháng lặp lại hằng năm hoặc ngày của riêng năm đó.",
            )


def _said(view: View, deadline: Deadline) -> bool:
    """Whether "hàng năm" only announces a day that the same sentence names."""
    if deadline.kind is not DeadlineKind.ANNUAL:
        return False
    stop = view.parsed.text.find(". ", deadline.span.end)
    limit = min(stop if stop >= 0 else len(view.parsed.text), deadline.span.end + 400)
    return any(
        other.dates
        and other.kind in {DeadlineKind.ONCE, DeadlineKind.ANNUAL}
        and deadline.span.end <= other.span.start < limit
        for other in view.parsed.deadlines
    )


def _is_duty(view: View, deadline: Deadline) -> bool:
    """Whether the rhythm is of a report or statistics, not of an event."""
    start, end = view.normal.from_original(deadline.span.start), view.normal.from_original(deadline.span.end)
    near = fold(collapse(view.text[max(0, start - 160) : end + 160]))
    duty = any(
        place in one.deadlines and one.kind is not ObligationKind.TASK
        for one in view.parsed.obligations
        for place, own in enumerate(view.parsed.deadlines)
        if own is deadline
    )
    return (
        duty or re.search(r"bao cao[^.;]{0,80}\bve\b|gui bao cao|bao cao ket qua|tong hop,? bao cao", near) is not None
    )


def _both_once_and_yearly(view: View, deadline: Deadline) -> bool:
    if deadline.kind is DeadlineKind.ONCE:
        fixed = any(re.fullmatch(r"\d{4}-\d\d-\d\d", date) for date in deadline.dates)
        return fixed and (_YEARLY_WORDS.search(deadline.text) is not None or bool(deadline.alternatives))
    return deadline.kind is DeadlineKind.ANNUAL and _FULL_DATE.search(deadline.text) is not None


def days(view: View) -> Iterator[Finding]:
    """Days that do not exist and due days before the document itself."""
    cited = [view.citation_place(citation)[1] for citation in view.parsed.citations]
    for pattern in (_DAY, _DAY_WORDS):
        for match in pattern.finditer(view.text):
            if any(0 <= match.start() - end < 12 for end in cited):
                continue
            try:
                dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                yield view.make(
                    "deadline.no-such-day",
                    Klass.DEADLINE,
                    Severity.ERROR,
                    match.span(),
                    why=f"Không có ngày {collapse(match.group())}.",
                    mend="Ghi lại ngày.",
                )
    yield from _past(view)


def _past(view: View) -> Iterator[Finding]:
    issued = view.parsed.header.issue_date
    if issued is None:
        return
    reports = {place for one in view.parsed.obligations for place in one.deadlines}
    for place, deadline in enumerate(view.parsed.deadlines):
        if deadline.kind is not DeadlineKind.ONCE or place not in reports:
            continue
        late = [
            date
            for date in deadline.dates
            if re.fullmatch(r"\d{4}-\d\d-\d\d", date) and date < issued.value.isoformat()
        ]
        if late and not _is_chase(view, deadline):
            yield view.at_span(
                "deadline.past",
                Klass.DEADLINE,
                Severity.ERROR,
                deadline.span,
                why=f"Thời hạn {late[0]} trước ngày ban hành văn bản.",
                mend="Kiểm tra ngày, năm của thời hạn.",
            )


def _is_chase(view: View, deadline: Deadline) -> bool:
    """Whether a deadline gone by is only recalled to those who missed it."""
    start, end = view.normal.from_original(deadline.span.start), view.normal.from_original(deadline.span.end)
    return _CHASE.search(fold(view.text[max(0, start - 300) : end + 300])) is not None


def unaddressed(view: View) -> Iterator[Finding]:
    """The desk that receives reports is not among the recipients of a document that has some."""
    recipients = view.parsed.recipients
    if not recipients:
        return
    told = [fold(one.name) for one in recipients]
    for report in view.parsed.report_to:
        match = _DESK.search(report.value)
        if match is None or report.span is None:
            continue
        desk = fold(collapse(match["desk"]))
        if not any(
            desk in name or ("phong" in desk and re.search(r"cac phong|truong (?:cac )?phong|phong ban", name))
            for name in told
        ):
            yield view.at_span(
                "struct.desk-not-told",
                Klass.STRUCT,
                Severity.WARNING,
                report.span,
                why=f"Đầu mối nhận báo cáo “{match['desk']}” không có trong “Nơi nhận”.",
                mend="Thêm đầu mối vào “Nơi nhận”.",
            )


RULES = (open_deadlines, days, unaddressed)
