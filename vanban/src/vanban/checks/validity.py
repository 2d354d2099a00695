"""Citations against the register: dates it knows, documents no longer in force, dates other documents give."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from vanban.checks.cited import date_finding, is_same_paper, is_same_subject, shown_day
from vanban.checks.finding import Finding, Klass
from vanban.checks.register import KnownDocument, Register
from vanban.checks.view import View
from vanban.diagnostics import Severity
from vanban.document import Citation
from vanban.text.fold import key

_LOCAL = ("UBND", "HĐND", "VPUBND", "S", "PGD", "THPT", "THCS")
_LOCAL_PARTY = frozenset({"TU", "HU", "QU", "ĐU"})
_SURE = frozenset({"C"})


def against_register(view: View, register: Register) -> Iterator[Finding]:
    """Each citation against what the register knows and against other documents."""
    for citation in view.parsed.citations:
        row = register.by_key.get(citation.key)
        if citation.is_self:
            continue
        if row is not None and _is_the_one(citation, row):
            yield from _date(view, citation, row)
            yield from _issuer(view, citation, row)
            yield from _validity(view, citation, row)
        if row is None or row.issued is None:
            yield from _elsewhere(view, citation, register)


def _is_the_one(citation: Citation, row: KnownDocument) -> bool:
    """Whether the citation can only mean this row: codes without a year begin anew every year or every term."""
    if re.match(r"\d+\w?/(?:19|20)\d\d/", row.code) or citation.date is None:
        return True
    return row.issued is not None and row.issued.year == citation.date.year


def _issuer(view: View, citation: Citation, row: KnownDocument) -> Iterator[Finding]:
    if not row.issuer or citation.issuer is None or citation.date is None:
        return
    named, right = key(citation.issuer), key(row.issuer)
    if not (named.startswith(right) or right.startswith(named)):
        yield view.at_span(
            "register.issuer",
            Klass.CITE_ISSUER,
            Severity.ERROR if row.confidence in _SURE else Severity.WARNING,
            citation.span,
            why=f"{row.code} do {row.issuer} ban hành, không phải {citation.issuer} (nguồn: {row.source}).",
            mend=f"Sửa thành “{row.issuer}”.",
        )


def _date(view: View, citation: Citation, row: KnownDocument) -> Iterator[Finding]:
    if citation.date is None or row.issued is None or citation.date == row.issued:
        return
    severity = Severity.ERROR if row.confidence in _SURE else Severity.WARNING
    right, printed = shown_day(row.issued), shown_day(citation.date)
    why = f"{row.code} ban hành ngày {right}, không phải {printed} (nguồn: {row.source})."
    yield date_finding(view, citation, "register.date", why, severity=severity)


def _validity(view: View, citation: Citation, row: KnownDocument) -> Iterator[Finding]:
    own = view.own_day
    if own is None:
        return
    if row.until is not None and own >= row.until:
        severity = Severity.ERROR if row.confidence in _SURE and citation.is_basis else Severity.WARNING
        new = f"Dùng {row.replaced_by}." if row.replaced_by else "Kiểm tra văn bản thay thế."
        yield view.at_span(
            "register.expired",
            Klass.CITE_STALE,
            severity,
            citation.span,
            why=f"{row.code} đã hết hiệu lực từ {shown_day(row.until)} (nguồn: {row.source}).",
            mend=new,
        )
    elif row.effective is not None and own < row.effective and (row.issued is None or row.issued <= own):
        yield view.at_span(
            "register.not-yet",
            Klass.CITE_STALE,
            Severity.NOTE,
            citation.span,
            why=f"{row.code} có hiệu lực từ {shown_day(row.effective)}, sau ngày văn bản này.",
            mend="Kiểm tra thời điểm áp dụng.",
        )


def _elsewhere(view: View, citation: Citation, register: Register) -> Iterator[Finding]:
    for name, other in register.cited.get(citation.key, ()):
        if citation.date is None or other.date is None or other.date == citation.date:
            continue
        if is_same_paper(citation, other.date, [other]) and (
            not _is_local(citation) or is_same_subject(citation, other)
        ):
            weekend = _weekend(citation.date)
            there, here = shown_day(other.date), shown_day(citation.date)
            why = f"{name} ghi {citation.symbol} ngày {there}; ở đây ghi {here}{weekend}."
            yield date_finding(view, citation, "register.other-date", why)
            return


def _is_local(citation: Citation) -> bool:
    """Whether many bodies of the country write this code: people's committees, departments, Party committees."""
    body = re.split(r"[-/]", citation.norm)[-1]
    return body.startswith(_LOCAL) or body in _LOCAL_PARTY


def _weekend(date: dt.date) -> str:
    return {5: " (thứ Bảy)", 6: " (Chủ nhật)"}.get(date.weekday(), "")
