"""DEADLINE, STRUCT, COPY: dates that bind nobody, desks nobody told, words of another body's document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from vanban.checks.finding import Finding, Klass
from vanban.checks.view import View
from vanban.data import words
from vanban.diagnostics import Severity
from vanban.document import Deadline, DeadlineKind, ObligationKind
from vanban.text.fold import CAPITAL, collapse, fold

_RECURRING = frozenset({DeadlineKind.ANNUAL, DeadlineKind.HALF_YEARLY, DeadlineKind.QUARTERLY, DeadlineKind.MONTHLY})
_NO_YEAR_FIRST = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?![/\d])\s*(?:,|và|hoặc)\s*(?:ngày\s+)?\d{1,2}/\d{1,2}/\d{4}")
_DAY = re.compile(r"(?<![\d/.])(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})\s?/\s?(?P<y>(?:19|20)\d\d)(?![\d/])")
_DAY_WORDS = re.compile(r"ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>(?:19|20)\d\d)")
_YEARLY_WORDS = re.compile(r"\b(?:hàng|hằng) năm\b|\bđịnh kỳ\b")
_FULL_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|tháng\s+\d{1,2}\s+năm\s+\d{4}")
_DESK = re.compile(r"\((?:qua |thông qua )?(?P<desk>(?:Văn phòng|[Pp]hòng|Ban|Vụ|Cục|Thanh tra|Tổ)\b[^()]{2,60})\)")
_CHASE = re.compile(r"\b(?:den nay|chua (?:nhan|gui|bao cao|nop|thuc hien)|qua han|da (?:de nghi|yeu cau|co))\b")
_SCHOOL = re.compile(r"\s*(?:truong|trung tam)\b")
_DEPARTMENT = re.compile(
    rf"(?:^|[.;:] |\A(?:[-+] )?)(?:Trong năm \d{{4}}, |Năm \d{{4}}, |Trong giai đoạn tới, |Trong thời gian tới, )?"
    rf"(?P<body>(?:Sở|Bộ|Ủy ban nhân dân|UBND) [{CAPITAL}t][^\s,.;:]* (?:[^\s,.;:]+ ){{0,8}}?)"
    r"(?:tiếp tục |chủ động )?"
    r"(?P<verb>triển khai|thực hiện|ban hành|yêu cầu|chỉ đạo|phối hợp|xây dựng kế hoạch|đề nghị các)"
)
_OWN_CITY = re.compile(
    r"\b(?:của|tại|trong|toàn|cho|về|trên địa bàn) (?P<kind>[Tt]hành phố|tỉnh)\b(?! [A-ZĐ])(?!, (?:thị xã|huyện))"
)
_LISTED = re.compile(r"(?:các |quận, |huyện, |huyện và |thị xã, )\Z")


def open_deadlines(view: View) -> Iterator[Finding]:
    """A rhythm without a day; a date without a year; a fixed year worded as a yearly duty."""
    for deadline in view.parsed.deadlines:
        if (
            deadline.kind in _RECURRING
            and not deadline.dates
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


def other_actor(view: View) -> Iterator[Finding]:
    """A school's plan in which the department acts: copied from the department's plan."""
    issuer = view.parsed.header.issuer
    if issuer is None or not _SCHOOL.match(fold(issuer.value)):
        return
    for passage in view.body:
        for match in _DEPARTMENT.finditer(passage.text):
            if passage.start > view.normal.from_original(view.first_heading):
                yield view.make(
                    "copy.actor",
                    Klass.COPY,
                    Severity.ERROR,
                    passage.place(match.start("body"), match.end("verb")),
                    why=f"Văn bản của {issuer.value} mà chủ thể là “{match['body'].strip()}”: chép từ cấp trên.",
                    mend="Đổi chủ thể thành đơn vị ban hành, hoặc bỏ nội dung.",
                )


def other_place(view: View) -> Iterator[Finding]:
    """ "của thành phố" in the plan of a province (or the other way round), and the name of another province."""
    own = _own_kind(view)
    if own is None:
        return
    found: dict[str, list[tuple[int, int]]] = {"thành phố": [], "tỉnh": []}
    for passage in view.body:
        for match in _OWN_CITY.finditer(passage.text):
            if not _LISTED.search(passage.text[: match.start("kind")]):
                found[match["kind"].lower()].append(passage.place(*match.span()))
    other = "tỉnh" if own == "thành phố" else "thành phố"
    if len(found[own]) >= 2 * len(found[other]) > 0:
        for place in found[other]:
            yield view.make(
                "copy.place",
                Klass.COPY,
                Severity.ERROR,
                place,
                why=f"Văn bản của {own} mà viết “{other}”: chép từ địa phương khác.",
                mend=f"Sửa thành “{own}”.",
            )


def _own_kind(view: View) -> str | None:
    """Whether the document is of a province or of a city, by its head."""
    header = view.parsed.header
    for fact in (header.superior, header.issuer, header.place):
        if fact is None:
            continue
        match = re.search(r"\b(tinh|thanh pho)\b", fold(fact.value))
        if match:
            return "tỉnh" if match.group(1) == "tinh" else "thành phố"
        if fact is header.place and fold(fact.value) in {fold(city) for city in words("places.json", "cities")}:
            return "thành phố"
    return None


def other_province(view: View) -> Iterator[Finding]:
    """Another province's name where one's own belongs: "hình ảnh con người Hòa Bình" in a plan of Hải Phòng."""
    own = _own_province(view)
    if own is None:
        return
    names = [name for name in words("places.json", "provinces") if fold(name) != fold(own)]
    pattern = re.compile(
        r"\b(?:hình ảnh|con người|của tỉnh|của thành phố|trên địa bàn (?:tỉnh|thành phố)|địa bàn) "
        rf"(?P<name>{'|'.join(map(re.escape, names))})\b"
    )
    for passage in view.body:
        for match in pattern.finditer(passage.text):
            yield view.make(
                "copy.province",
                Klass.COPY,
                Severity.ERROR,
                passage.place(*match.span()),
                why=f"Văn bản của {own} mà nêu “{match['name']}” như địa phương mình.",
                mend=f"Sửa thành “{own}”.",
            )


def _own_province(view: View) -> str | None:
    header = view.parsed.header
    printed = " ".join(fold(fact.value) for fact in (header.superior, header.issuer, header.place) if fact)
    found = [name for name in words("places.json", "provinces") if re.search(rf"\b{re.escape(fold(name))}\b", printed)]
    if not found and header.superior:
        unlisted = re.search(r"(?:tỉnh|thành phố) (\S.*)", header.superior.value.lower())
        return unlisted.group(1).title() if unlisted else None
    return found[0] if len(set(found)) == 1 else None


RULES = (open_deadlines, days, unaddressed, other_actor, other_place, other_province)
