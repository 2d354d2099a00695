"""CITE-*: the citations of a document against themselves, against its own date and against the calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from vanban.checks.finding import Finding, Klass
from vanban.checks.view import View
from vanban.diagnostics import Severity
from vanban.document import Citation
from vanban.text.fold import collapse, fold, key

_DATED = re.compile(
    r"(?:số\s*)?\S*?,?\s*(?P<all>ngày\s+(?:(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4})))",
    re.I,
)
_CARRIES_OUT = re.compile(
    r"(?<![,;] )(?<!va )(?:trien khai|thuc hien|thi hanh|huong dan|quy dinh chi tiet|sua doi,? bo sung|thay the)"
    r"(?: thuc hien| thi hanh| mot so dieu cua)?\s*$"
)
_ANOTHER_DUTY = re.compile(r"\bva (?:phoi hop|to chuc|tiep tuc|trien khai|thuc hien|chu dong)")
_PROMULGATES = re.compile(r"về (?:việc )?(?:ban hành|phê duyệt|công bố)\b", re.I)
_YEAR_IN_SUBJECT = re.compile(r"\bnăm (20\d\d)\b")
_NO_NUMBER = re.compile(
    r"(?:Công văn|Quyết định|Kế hoạch|Thông báo|Nghị quyết|Chỉ thị|Tờ trình|Báo cáo|Chương trình|Hướng dẫn|Nghị định"
    r"|Thông tư)"
    r"\s+số\s*:?\s*(?:[.…_]{2,}\s*|\s)?/\s?[A-ZĐ]{2,}"
)
_WEEKEND = 5


def conflicting_dates(view: View) -> Iterator[Finding]:
    """One document cited with two dates of the same year; the rarer one is held against the other."""
    for mentions in _by_key(view).values():
        dates = Counter(mention.date for mention in mentions if mention.date)
        if len(dates) < 2:
            continue
        top = dates.most_common(1)[0][1]
        for mention in mentions:
            others = [
                date
                for date in dates
                if mention.date and date != mention.date and is_same_paper(mention, date, mentions)
            ]
            if mention.date and others and (dates[mention.date] < top or len(set(dates.values())) == 1):
                yield date_finding(
                    view,
                    mention,
                    "cite.two-dates",
                    f"Cùng một văn bản được ghi ngày {shown_day(mention.date)} và ngày {shown_day(others[0])}.",
                )


def is_same_paper(mention: Citation, date: dt.date, mentions: list[Citation]) -> bool:
    """Whether the other date is of the same paper: numbers begin anew every year, so years or subjects must agree."""
    others = [other for other in mentions if other.date == date and _same_issuer(mention, other)]
    if others and mention.date is not None and mention.date.year == date.year:
        return True
    return any(is_same_subject(mention, other) for other in others)


def _same_issuer(one: Citation, other: Citation) -> bool:
    """Whether the issuers, where both are printed, can be one body: one name begins the other."""
    if one.issuer is None or other.issuer is None:
        return True
    first, second = key(one.issuer), key(other.issuer)
    return first.startswith(second) or second.startswith(first)


def is_same_subject(one: Citation, other: Citation) -> bool:
    """Whether both mentions give the same subject, at least five words of it."""
    return bool(_subject(one)) and _subject(one) == _subject(other)


def _subject(citation: Citation) -> str:
    words = re.sub(r"^(?:ve viec|ve|v/v)\s+", "", fold(collapse(citation.about or ""))).split()
    return " ".join(words[:8]) if len(words) >= 5 else ""


def impossible_dates(view: View) -> Iterator[Finding]:
    """A day that does not exist, a year against the code, a day later than the document's own."""
    for citation in view.parsed.citations:
        yield from _no_such_day(view, citation)
        if citation.date is None:
            continue
        year = re.match(r"\d+\w?/((?:19|20)\d\d)/", citation.symbol)
        if year and int(year.group(1)) != citation.date.year:
            yield date_finding(
                view,
                citation,
                "cite.year-against-code",
                f"Năm trong ký hiệu là {year.group(1)}, ngày ghi là {shown_day(citation.date)}.",
            )
        elif _is_later(view, citation.date) and not citation.is_self:
            yield date_finding(
                view,
                citation,
                "cite.later-than-own",
                f"Văn bản viện dẫn ghi ngày {shown_day(citation.date)}, sau ngày ban hành văn bản này.",
            )


def _no_such_day(view: View, citation: Citation) -> Iterator[Finding]:
    _, end = view.citation_place(citation)
    match = _DATED.match(view.text, end, end + 60)
    if not match:
        return
    day, month, year = (int(match[name] or match[f"{name}2"]) for name in ("d", "m", "y"))
    try:
        dt.date(year, month, day)
    except ValueError:
        yield view.make(
            "cite.no-such-day",
            Klass.CITE_DATE,
            Severity.ERROR,
            (view.citation_place(citation)[0], match.end()),
            why=f"Không có ngày {day:02d}/{month:02d}/{year}.",
            mend="Ghi lại ngày theo bản gốc.",
        )


def _is_later(view: View, date: dt.date) -> bool:
    header = view.parsed.header
    if header.issue_date is not None:
        return date > header.issue_date.value
    partial = header.issue_date_partial
    if partial:
        return date.isoformat()[: len(partial)] > partial
    return view.issued_year is not None and date.year > view.issued_year + 1


def weekend_dates(view: View) -> Iterator[Finding]:
    """A dispatch or plan dated on a Saturday or Sunday: possible, seldom right."""
    for citation in _first_mentions(view):
        administrative = citation.type and fold(citation.type) in {"cong van", "ke hoach", "thong bao", "huong dan"}
        if citation.date and administrative and citation.date.weekday() >= _WEEKEND:
            day = "thứ Bảy" if citation.date.weekday() == _WEEKEND else "Chủ nhật"
            yield view.at_span(
                "cite.weekend",
                Klass.CITE_DATE,
                Severity.WARNING,
                citation.span,
                why=f"Ngày {shown_day(citation.date)} là {day}.",
                mend="Đối chiếu ngày với bản gốc.",
            )


def order(view: View) -> Iterator[Finding]:
    """A document older than the one it carries out."""
    citations = view.parsed.citations
    for first, second in pairwise(citations):
        if not (first.date and second.date and first.date < second.date and first.key != second.key):
            continue
        if _is_later(view, second.date):  # said by another rule
            continue
        between = collapse(view.text[view.citation_place(first)[1] : view.citation_place(second)[0]])
        folded = fold(between)
        if (
            len(between) < 250
            and ";" not in between
            and _CARRIES_OUT.search(folded)
            and not _ANOTHER_DUTY.search(folded)
        ):
            yield view.at_span(
                "cite.order",
                Klass.CITE_ORDER,
                Severity.ERROR,
                first.span,
                why=f"{first.symbol} ({shown_day(first.date)}) có trước {second.symbol} ({shown_day(second.date)}).",
                mend="Kiểm tra số, ngày của hai văn bản.",
            )


def lost_citation(view: View) -> Iterator[Finding]:
    """Two subjects under one citation: the number and date of a second document were lost; or a blank number."""
    for place, citation in enumerate(view.parsed.citations):
        _, end = view.citation_place(citation)
        after = view.parsed.citations[place + 1 :]
        limit = min([view.citation_place(after[0])[0] if after else len(view.text), end + 600])
        tail = re.split(r"[;.]\s", view.text[end:limit], maxsplit=1)[0]
        subjects = list(_PROMULGATES.finditer(tail))
        if len(subjects) > 1 and "quyết định" not in tail[subjects[0].end() : subjects[1].start()].lower():
            yield view.make(
                "cite.two-subjects",
                Klass.CITE_MISSING,
                Severity.ERROR,
                (view.citation_place(citation)[0], end + subjects[1].end()),
                why="Một văn bản viện dẫn mang hai trích yếu: có thể mất số, ngày của văn bản thứ hai.",
                mend="Bổ sung tên loại, số, ngày của văn bản thứ hai.",
            )
    for match in _NO_NUMBER.finditer(view.text, view.body_start, view.foot_start):
        yield view.make(
            "cite.no-number",
            Klass.CITE_MISSING,
            Severity.ERROR,
            match.span(),
            why="Văn bản viện dẫn bỏ trống số.",
            mend="Ghi số của văn bản viện dẫn.",
        )


def incomplete(view: View) -> Iterator[Finding]:
    """First mentions without a date or without an issuer."""
    dated = {c.key for c in view.parsed.citations if c.date}
    for citation in _first_mentions(view):
        if citation.date is None and not _is_law(citation):
            said = " (lần nhắc khác có ghi)" if citation.key in dated else ""
            yield view.at_span(
                "cite.no-date",
                Klass.CITE_NODATE,
                Severity.WARNING,
                citation.span,
                why=f"Lần viện dẫn đầu không ghi ngày, tháng, năm{said}.",
                mend="Ghi ngày, tháng, năm ban hành.",
            )
        if citation.issuer is None and not _is_law(citation):
            yield view.at_span(
                "cite.no-issuer",
                Klass.CITE_ISSUER,
                Severity.WARNING,
                citation.span,
                why="Lần viện dẫn đầu không ghi cơ quan ban hành.",
                mend="Ghi tên cơ quan ban hành.",
            )


def stale_guidance(view: View) -> Iterator[Finding]:
    """Last year's guidance beside this year's on the same subject: left over from last year's text."""
    series: dict[str, list[tuple[int, Citation]]] = defaultdict(list)
    for citation in view.parsed.citations:
        years = _YEAR_IN_SUBJECT.findall(citation.about or "")
        if len(set(years)) == 1:
            subject = _YEAR_IN_SUBJECT.sub("", fold(collapse(citation.about or "")).replace("nam " + years[0], ""))
            body = re.sub(r"^\d+\w?", "", citation.norm)
            series[f"{fold(citation.type or '')}|{body}|{subject[:80]}"].append((int(years[0]), citation))
    for mentions in series.values():
        newest = max(year for year, _ in mentions)
        for year, citation in mentions:
            if year < newest and (view.issued_year is None or newest <= view.issued_year + 1):
                yield view.at_span(
                    "cite.last-year",
                    Klass.CITE_STALE,
                    Severity.ERROR,
                    citation.span,
                    why=f"Văn bản của năm {year} đứng cạnh văn bản cùng nội dung của năm {newest}: sót từ văn bản cũ.",
                    mend=f"Thay bằng văn bản của năm {newest}.",
                )


def repeated_basis(view: View) -> Iterator[Finding]:
    """The same document twice among the bases, each time as a base of its own."""
    seen: set[str] = set()
    for citation in view.parsed.citations:
        start, end = view.citation_place(citation)
        stands_first = re.search(r"(?:^|\n)\s*(?:-\s*)?(?:Căn cứ|Thực hiện)\s*$", view.text[max(0, start - 40) : start])
        if not (citation.is_basis and stands_first):
            continue
        if citation.key in seen:
            yield view.make(
                "cite.basis-twice",
                Klass.CITE_REPEAT,
                Severity.ERROR,
                (start, end),
                why=f"{citation.symbol} được nêu hai lần trong phần căn cứ.",
                mend="Bỏ một lần.",
            )
        seen.add(citation.key)


def punctuation(view: View) -> Iterator[Finding]:
    """A comma between code and date."""
    for citation in view.parsed.citations:
        start, end = view.citation_place(citation)
        match = re.compile(r"\s*,\s*ngày\b").match(view.text, end)
        if match:
            yield view.make(
                "cite.comma",
                Klass.CITE_PUNCT,
                Severity.WARNING,
                (start, match.end()),
                why="Không đặt dấu phẩy giữa ký hiệu và ngày.",
                mend="Bỏ dấu phẩy.",
            )


def _first_mentions(view: View) -> Iterator[Citation]:
    return (c for c in view.parsed.citations if c.refers_to is None and not c.is_self)


def _by_key(view: View) -> dict[str, list[Citation]]:
    found: dict[str, list[Citation]] = defaultdict(list)
    for citation in view.parsed.citations:
        found[citation.key].append(citation)
    return found


def _is_law(citation: Citation) -> bool:
    return fold(citation.type or "").startswith(("luat", "bo luat", "phap lenh", "hien phap"))


def date_finding(
    view: View, citation: Citation, rule: str, why: str, *, severity: Severity = Severity.ERROR
) -> Finding:
    """A finding about the date of ``citation``, from its type to its date."""
    start, end = view.citation_place(citation)
    match = _DATED.match(view.text, end, end + 60)
    place = (start, match.end() if match else end)
    return view.make(rule, Klass.CITE_DATE, severity, place, why=why, mend="Ghi lại ngày theo bản gốc.")


def shown_day(date: dt.date | None) -> str:
    """ "05/01/2026"; empty for none."""
    return f"{date:%d/%m/%Y}" if date else ""


RULES = (
    conflicting_dates,
    impossible_dates,
    weekend_dates,
    order,
    lost_citation,
    incomplete,
    stale_guidance,
    repeated_basis,
    punctuation,
)
