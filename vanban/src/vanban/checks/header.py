"""HEADER: what Điều 8 and Phụ lục I of NĐ 30/2020/NĐ-CP want in the head and at the foot of every document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Finding, Klass
from vanban.checks.view import View
from vanban.diagnostics import Severity
from vanban.document import Fact
from vanban.text.fold import fold

_NATIONAL = re.compile(
    r"cong hoa xa hoi|xa hoi chu nghia viet nam|doc lap\W{1,5}tu do|tu do\W{1,5}hanh phuc|dang cong san"
)
_LONG_LINE = 120
_NUMBER_LINE = re.compile(r"^\s*so\s*:?[\s.…_\d]*/\s*[a-z]")
_DATE_LINE = re.compile(r"ngay\b[\s.…_\d]{0,20}thang\b[\s.…_\d]{0,20}nam")
_HEADS = (
    (re.compile(r"so\b"), r"giam doc"),
    (re.compile(r"truong (?:tieu hoc|trung hoc|thpt|thcs|mam non|pho thong|th\b|ptdt)"), r"hieu truong"),
    (re.compile(r"(?:uy ban nhan dan|ubnd)\b"), r"chu tich|uy ban nhan dan|ubnd"),
    (re.compile(r"bo\b"), r"bo truong|thu truong"),
)
"""First words of a body, and the words of which one must stand above its signature."""
_ANY_HEAD = re.compile(r"giam doc|hieu truong|chu tich|bo truong|thu truong|truong phong|chanh van phong")
_COLLECTIVE = re.compile(
    r"ban thuong vu|ban chap hanh|ban bi thu|ban can su|dang uy|chi bo|chi uy|thuong truc|doan chu tich"
)
"""Organs on whose behalf (T/M) a deputy may sign by himself (Hướng dẫn 36-HD/VPTW)."""
_NO_NATIONAL_TITLE = re.compile(r"doan (?:tncs|thanh nien cong san)")
"""The Youth Union prints its own name in that place."""
_NO_RECIPIENTS = frozenset({"Biên bản", "Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thư", "Thư mời", "Phiếu trình"})
_BY_ITS_BODY = frozenset({"Biên bản"})
"""Types that name body and day in their text."""
_DEPUTY = re.compile(r"\s*(?:pho|pct|pgd|thu truong|thuong truc)\b")


def parts(view: View) -> Iterator[Finding]:
    """National title, issuing body, number, date: printed or said to be missing."""
    header = view.parsed.header
    named = " ".join(fold(fact.value) for fact in (header.issuer, header.superior) if fact)
    if not has_national_title(view) and not _NO_NATIONAL_TITLE.search(named):
        yield _missing(
            view, "header.national-title", "Thiếu Quốc hiệu và Tiêu ngữ.", "Trình bày Quốc hiệu, Tiêu ngữ ở ô số 1."
        )
    if header.doc_type and header.doc_type.value in _BY_ITS_BODY:
        return
    if not _in_head(view, header.issuer):
        yield _missing(view, "header.issuer", "Thiếu khối tên cơ quan ban hành.", "Ghi tên cơ quan ban hành ở ô số 2.")
    if header.number is None:
        place = _line_of(view, _NUMBER_LINE)
        yield _missing(view, "header.number", "Thiếu số của văn bản.", "Ghi số đăng ký tại Văn thư cơ quan.", place)
    if header.issue_date is None and not _was_passed(view):
        place = _line_of(view, _DATE_LINE)
        yield _missing(
            view, "header.date", "Thiếu ngày, tháng, năm ban hành.", "Ghi đủ ngày, tháng, năm ban hành.", place
        )


def _was_passed(view: View) -> bool:
    """A law or resolution of the National Assembly tells its day in its last sentence, not in its head."""
    return _PASSED.search(fold(view.text[-1500:])) is not None


_PASSED = re.compile(r"quoc hoi [^.]{0,90}thong qua ngay \d")


def has_national_title(view: View) -> bool:
    """On a line of its own, or in capitals inside a run-together line."""
    for line in view.lines:
        printed = view.text[line.start : line.end]
        for match in _NATIONAL.finditer(fold(printed)):
            words = printed[match.start() : match.end()]
            if len(printed) < _LONG_LINE or words.isupper() or "-" in words:
                return True
    return False


def own_date(view: View) -> Iterator[Finding]:
    """Zero before days under ten and before January and February, none before other months."""
    fact = view.parsed.header.issue_date
    if fact is None or fact.span is None:
        return
    start, end = view.normal.from_original(fact.span.start), view.normal.from_original(fact.span.end)
    match = re.search(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm", view.text[max(0, start - 8) : end + 1])
    if not match:
        return
    day, month = match.groups()
    if (len(day) == 1) or (month in {"1", "2"}) or (len(month) == 2 and month[0] == "0" and month[1] > "2"):
        yield view.at_span(
            "header.date-zero",
            Klass.HEADER,
            Severity.WARNING,
            fact.span,
            why="Ngày dưới 10, tháng 1 và tháng 2 thêm số 0 phía trước; các tháng khác thì không.",
            mend=f"Ghi “ngày {int(day):02d} tháng {_month(int(month))}”.",
        )


def signature(view: View) -> Iterator[Finding]:
    """A name, a position above it, and a form that agrees with the position."""
    signer = view.parsed.signer
    if signer is None or signer.name is None:
        span = signer.span if signer and signer.span else None
        place = (view.normal.from_original(span.start), view.normal.from_original(span.end)) if span else _foot(view)
        yield view.make(
            "header.signer",
            Klass.HEADER,
            Severity.ERROR,
            place,
            why="Thiếu họ tên người ký.",
            mend="Ghi chức vụ, họ tên người có thẩm quyền ký.",
        )
        return
    if signer.span is None:
        return
    if not signer.position and not _CENTRAL.search(fold(" ".join(signer.lines))):
        yield view.at_span(
            "header.signer-position",
            Klass.HEADER,
            Severity.ERROR,
            signer.span,
            why="Có họ tên người ký nhưng không ghi chức vụ.",
            mend="Ghi chức vụ trên họ tên người ký.",
        )
    elif signer.position:
        yield from _form_against_position(view)


def _form_against_position(view: View) -> Iterator[Finding]:
    signer = view.parsed.signer
    if signer is None or signer.span is None or not signer.position:
        return
    deputy = any(_DEPUTY.match(fold(line)) for line in (signer.position, *signer.lines))
    if "KT." in signer.sign_form and not deputy:
        yield view.at_span(
            "header.for-head",
            Klass.HEADER,
            Severity.ERROR,
            signer.span,
            why=f"Ký thay (KT.) mà chức vụ ghi “{signer.position}”, không phải cấp phó.",
            mend="Ghi chức vụ cấp phó dưới dòng KT., hoặc bỏ KT.",
        )
    on_behalf = "TM." in signer.sign_form and _COLLECTIVE.search(fold(" ".join(signer.lines))) is not None
    if deputy and not on_behalf and not {"KT.", "TUQ.", "TL.", "Q."} & set(signer.sign_form):
        yield view.at_span(
            "header.deputy-alone",
            Klass.HEADER,
            Severity.ERROR,
            signer.span,
            why=f"“{signer.position}” là cấp phó, phải ký thay người đứng đầu.",
            mend="Thêm “KT.” và chức vụ người đứng đầu ở dòng trên.",
        )


def title_of_body(view: View) -> Iterator[Finding]:
    """The head of a department is a director, of a school a principal, of a people's committee a chairman."""
    signer, issuer = view.parsed.signer, view.parsed.header.issuer
    if signer is None or signer.span is None or issuer is None or not signer.lines:
        return
    if {"TL.", "TUQ."} & set(signer.sign_form):
        return
    titles = fold(" ".join(signer.lines))
    for body, head in _HEADS:
        if body.match(fold(issuer.value)):
            if _ANY_HEAD.search(titles) and not re.search(head, titles):
                yield view.at_span(
                    "header.title-of-body",
                    Klass.HEADER,
                    Severity.ERROR,
                    signer.span,
                    why=f"Chức vụ “{signer.position}” không phải của người đứng đầu {issuer.value}.",
                    mend="Ghi đúng chức vụ của người có thẩm quyền ký.",
                )
            return


def recipient_punctuation(view: View) -> Iterator[Finding]:
    """Each line of "Nơi nhận" ends in ";", the last in "."."""
    listed = view.parsed.recipients or ()
    for place, one in enumerate(listed):
        last = place == len(listed) - 1
        after = view.parsed.text[one.span.end : one.span.end + 1]
        inside = view.parsed.text[one.span.start : one.span.end].rstrip()
        mark = inside[-1:] if inside[-1:] in ";.," else after
        if one.span.end > one.span.start and mark != ("." if last else ";"):
            yield view.at_span(
                "header.recipient-mark",
                Klass.PUNCT,
                Severity.NOTE,
                one.span,
                why="Mỗi dòng “Nơi nhận” kết thúc bằng dấu chấm phẩy, dòng cuối bằng dấu chấm.",
                mend=f"Kết thúc bằng dấu “{'.' if last else ';'}”.",
            )


def as_above(view: View) -> Iterator[Finding]:
    """ "Như trên" comes first, and in these words."""
    for place, one in enumerate(view.parsed.recipients or ()):
        folded = fold(one.name)
        if folded.startswith("nhu kinh gui") or (folded.startswith("nhu tren") and place):
            yield view.at_span(
                "header.as-above",
                Klass.HEADER,
                Severity.NOTE,
                one.span,
                why="Nơi nhận là cơ quan ở phần “Kính gửi” ghi “Như trên” ở dòng đầu.",
                mend="Ghi “Như trên;” ở dòng đầu của “Nơi nhận”.",
            )


def recipients(view: View) -> Iterator[Finding]:
    """ "Nơi nhận" with its archive line."""
    listed = view.parsed.recipients
    kind = view.parsed.header.doc_type
    if listed is None and ((kind and kind.value in _NO_RECIPIENTS) or _was_passed(view) or _is_private(view)):
        return
    if listed is None:
        yield view.make(
            "header.recipients",
            Klass.HEADER,
            Severity.ERROR,
            _foot(view),
            why="Thiếu “Nơi nhận”.",
            mend="Ghi “Nơi nhận” với dòng “Lưu: VT, …”.",
        )
    elif listed and not any(fold(one.name).lstrip("- ").startswith("luu") for one in listed):
        yield view.at_span(
            "header.archive",
            Klass.HEADER,
            Severity.ERROR,
            listed[-1].span,
            why="“Nơi nhận” không có dòng “Lưu”.",
            mend="Thêm dòng cuối “- Lưu: VT, …”.",
        )


def _is_private(view: View) -> bool:
    """A company, an association or the centre of the Party is not bound to the form of the decree."""
    issuer = view.parsed.header.issuer
    return issuer is not None and _PRIVATE.match(fold(issuer.value)) is not None


_CENTRAL = re.compile(r"ban bi thu|bo chinh tri|ban chap hanh trung uong")
"""Central organs of the Party: whoever signs on their behalf prints no office."""
_PRIVATE = re.compile(
    r"(?:ban bi thu|bo chinh tri|ban chap hanh trung uong|cong ty"
    r"|tap doan|ngan hang|hiep hoi|hop tac xa|doanh nghiep|van phong luat)\b"
)


def title_line(view: View) -> Iterator[Finding]:
    """Type and subject on lines of their own."""
    kind, title = view.parsed.header.doc_type, view.parsed.header.title
    if not (kind and title and kind.span and title.span):
        return
    between = view.parsed.text[kind.span.end : title.span.start]
    if (
        kind.span.end <= title.span.start
        and "\n" not in between
        and kind.value.upper() == view.parsed.text[kind.span.start : kind.span.end]
    ):
        yield view.at_span(
            "header.title-line",
            Klass.HEADER,
            Severity.NOTE,
            kind.span,
            why="Tên loại và trích yếu nằm trên cùng một dòng.",
            mend="Xuống dòng sau tên loại.",
        )


def _in_head(view: View, fact: Fact[str] | None) -> bool:
    if fact is None or fact.span is None:
        return False
    return view.normal.from_original(fact.span.start) < max(view.body_start, 1) and not view.in_sentence(fact.span)


def _missing(view: View, rule: str, why: str, mend: str, place: tuple[int, int] | None = None) -> Finding:
    return view.make(rule, Klass.HEADER, Severity.ERROR, place or _first(view), why=why, mend=mend)


def _first(view: View) -> tuple[int, int]:
    return (view.lines[0].start, view.lines[0].end) if view.lines else (0, len(view.text))


def _foot(view: View) -> tuple[int, int]:
    """The last line of the document, where the signature should have been."""
    return (view.lines[-1].start, view.lines[-1].end) if view.lines else (0, len(view.text))


def _line_of(view: View, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    for line in view.lines:
        if line.start > max(view.body_start, 1500):
            return None
        if pattern.search(fold(view.text[line.start : line.end])):
            return line.start, line.end
    return None


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)


RULES = (
    parts,
    own_date,
    signature,
    title_of_body,
    recipients,
    as_above,
    recipient_punctuation,
    title_line,
)
