"""What is doubtful about a fact, in words, and what the head fields are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.business.documents.models import Document, DocumentCitation, Obligation
from caunoi.business.documents.models.citation import CitationState
from caunoi.business.documents.models.obligation import ObligationKind
from caunoi.business.documents.operations.facts import URGENCIES
from caunoi.foundation.pages.public import Words

SURE = 0.8
"""Under this confidence a fact is shown as doubtful; a matter of display alone."""

LABELS: Mapping[str, Words] = {
    "code_number": _("Số"),
    "code_notation": _("Ký hiệu"),
    "issued_on": _("Ngày ban hành"),
    "type_name": _("Tên loại"),
    "organ_name": _("Cơ quan ban hành"),
    "superior_name": _("Cơ quan chủ quản"),
    "subject": _("Trích yếu"),
    "place": _("Địa danh"),
    "urgency": _("Mức độ khẩn"),
    "signer_name": _("Người ký"),
    "signer_position": _("Chức vụ người ký"),
    "signing_form": _("Quyền hạn ký"),
}
NEEDED = frozenset({"code_number", "code_notation", "issued_on", "organ_name", "subject"})
HEAD = (
    "code_number",
    "code_notation",
    "issued_on",
    "type_name",
    "organ_name",
    "superior_name",
    "subject",
    "place",
    "urgency",
)
SIGNATURE = ("signer_name", "signer_position", "signing_form")


@dataclass(frozen=True, slots=True)
class HeadFact:
    """One head field as the review shows it."""

    name: str
    label: Words
    value: str | dt.date | None
    start: int | None
    end: int | None
    doubts: tuple[str, ...]
    note: str
    """Which rule found it and how sure it is, or that a person has corrected it."""
    corrected: bool
    kind: str
    """day, long, choice or text: which control edits it."""
    choices: tuple[str, ...] = field(default=())


def head_facts(document: Document, facts: Mapping[str, Mapping[str, object]], names: tuple[str, ...]) -> list[HeadFact]:
    """Return the named head fields, doubtful ones first."""
    shown = [head_fact(document, facts, name) for name in names]
    return sorted(shown, key=lambda one: not one.doubts)


def head_fact(document: Document, facts: Mapping[str, Mapping[str, object]], name: str) -> HeadFact:
    """Return one head field with its place and doubts."""
    read = facts.get(name, {})
    value: str | dt.date | None = getattr(document, name)
    corrected = bool(read.get("corrected"))
    return HeadFact(
        name=name,
        label=LABELS[name],
        value=value,
        start=_place(read.get("start")),
        end=_place(read.get("end")),
        doubts=tuple(_head_doubts(document, name, value, read)),
        note=_note(read, corrected),
        corrected=corrected,
        kind="day"
        if name == "issued_on"
        else "long"
        if name == "subject"
        else "choice"
        if name == "urgency"
        else "text",
        choices=URGENCIES if name == "urgency" else (),
    )


def _place(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _head_doubts(
    document: Document, name: str, value: str | dt.date | None, read: Mapping[str, object]
) -> Iterator[str]:
    if not value and read.get("partial"):
        yield gettext("Chỉ đọc được “%(printed)s”, thiếu ngày hoặc tháng.") % {"printed": read["partial"]}
    elif not value and name in NEEDED:
        yield gettext("Không tìm thấy trong văn bản. Hãy điền nếu có.")
    if read.get("corrected"):
        return
    if isinstance(value, dt.date) and value > document.entered_at.date():
        yield gettext("Ngày ban hành sau ngày tiếp nhận. Hãy kiểm tra.")
    sure = read.get("confidence")
    if value and isinstance(sure, int | float) and sure < SURE:
        yield gettext("Chỉ chắc chắn %(percent)s%%. Hãy đối chiếu với bản gốc.") % {"percent": round(sure * 100)}


def _note(read: Mapping[str, object], corrected: bool) -> str:
    if corrected:
        was = read.get("value")
        return (
            gettext("Đã sửa; máy đọc được “%(value)s”.") % {"value": was} if was else gettext("Do người rà soát điền.")
        )
    if not read.get("rule"):
        return ""
    sure = read.get("confidence")
    percent = round(sure * 100) if isinstance(sure, int | float) else 100
    return gettext("Hệ thống đọc được, chắc chắn %(percent)s%%") % {"percent": percent}


def citation_doubts(one: DocumentCitation) -> list[str]:
    """Return what is doubtful about a citation."""
    doubts = []
    if one.state == CitationState.EXPIRED:
        doubts.append(gettext("Đã hết hiệu lực trước ngày văn bản này."))
    if one.state == CitationState.CONFLICTING:
        doubts.append(gettext("Đang giữ một văn bản cùng số, ký hiệu trong năm đó nhưng khác ngày."))
    if one.state == CitationState.AMBIGUOUS:
        doubts.append(gettext("Đang giữ nhiều văn bản cùng số, ký hiệu; chưa rõ là văn bản nào."))
    if one.confidence < SURE and not one.is_corrected:
        doubts.append(gettext("Chỉ chắc chắn %(percent)s%%.") % {"percent": round(one.confidence * 100)})
    return doubts


QUESTIONS: Mapping[str, Words] = {
    "day": _("Văn bản không ghi ngày cụ thể; cần ấn định."),
    "who": _("Văn bản không ghi rõ ai thực hiện."),
    "to_whom": _("Văn bản không ghi rõ gửi cho ai."),
    "yearly_or_once": _("Ngày ghi cho một năm nhưng lời văn là hằng năm; cần chọn."),
}


def is_plain(one: Obligation) -> bool:
    """Whether a duty is a task of the outline without a time and without anybody named: nothing to be doubted."""
    return one.kind == ObligationKind.TASK and one.due_rule is None and not one.who and not one.is_corrected


def obligation_doubts(one: Obligation) -> list[str]:
    """Return what the text leaves open about a duty, and whether the reading is unsure."""
    if is_plain(one):
        return []
    doubts = [str(QUESTIONS.get(code, code)) for code in one.open_questions]
    if one.confidence < SURE and not one.is_corrected:
        doubts.append(gettext("Chỉ chắc chắn %(percent)s%%.") % {"percent": round(one.confidence * 100)})
    return doubts
