"""What is wrong in a report, in the words of the office: which place, what, how to mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from caunoi.business.reporting.rules.cells import unpack
from caunoi.business.reporting.rules.checks import Finding, Severity
from caunoi.foundation.pages.public import Words, cell_text

FIGURES = ("value", "before", "now", "left", "right")
SENTENCES: dict[str, Words] = {
    "section_empty": _("Mục “%(section)s” chưa có nội dung. Hãy viết, hoặc ghi rõ “Không phát sinh”."),
    "negative": _(
        "Ô %(address)s (%(table)s, dòng “%(row)s”, cột “%(column)s”): số không được âm. "
        "Nếu không có, nhập KPS (không phát sinh)."
    ),
    "not_whole": _("Ô %(address)s (%(table)s, dòng “%(row)s”, cột “%(column)s”): %(value)s không phải số nguyên."),
    "too_large": _(
        "Ô %(address)s (%(table)s, dòng “%(row)s”, cột “%(column)s”): %(value)s lớn bất thường. "
        "Hãy kiểm tra đơn vị tính."
    ),
    "differs_from_register": _(
        "Ô %(address)s (%(table)s, dòng “%(row)s”, cột “%(column)s”): sổ trong hệ thống có %(before)s, "
        "đơn vị ghi %(now)s. Hãy ghi lý do điều chỉnh."
    ),
    "jump": _(
        "Ô %(address)s (%(table)s, dòng “%(row)s”, cột “%(column)s”): kỳ trước %(before)s, kỳ này %(now)s. "
        "Hãy kiểm tra hoặc giải trình."
    ),
    "relation_le": _(
        "Ô %(address)s (%(table)s, dòng “%(row)s”, cột “%(column)s”): %(left)s phải nhỏ hơn hoặc bằng "
        "%(against)s, đang là %(right)s. %(note)s"
    ),
    "relation_eq": _(
        "Ô %(address)s (%(table)s, dòng “%(row)s”, cột “%(column)s”): %(left)s phải bằng "
        "%(against)s, đang là %(right)s. %(note)s"
    ),
    "relation_ge": _(
        "Ô %(address)s (%(table)s, dòng “%(row)s”, cột “%(column)s”): %(left)s phải lớn hơn hoặc bằng "
        "%(against)s, đang là %(right)s. %(note)s"
    ),
    "less_than_below": _(
        "Ô %(address)s (%(table)s, dòng “%(row)s”, cột “%(column)s”): ghi %(value)s, ít hơn %(before)s mà các đơn vị "
        "trực thuộc đã báo cáo trong đợt này. Hãy lấy lại số liệu, hoặc đề nghị đơn vị trực thuộc gửi lại."
    ),
    "cells_missing": _(
        "%(table)s: còn %(count)s ô chưa có số liệu. "
        "Hãy nhập số, KPS (không phát sinh), KAD (không áp dụng), hoặc giải trình."
    ),
    "unreadable": _(
        "Ô %(address)s (%(table)s, dòng “%(row)s”, cột “%(column)s”) ghi “%(text)s”: phải là số, KPS hoặc KAD. "
        "Giá trị này chưa được lưu."
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A finding ready to be shown."""

    finding: Finding
    text: str
    anchor: str
    """Id of the element that it is about."""
    explanation: str

    @property
    def is_error(self) -> bool:
        """Whether it blocks."""
        return self.finding.severity is Severity.ERROR


def anchor_of(target: str) -> str:
    """Return the id of the element that a target names."""
    kind, _sep, key = target.partition(":")
    return {"cell": f"cell-cell:{key}", "section": f"section-{key}", "table": f"table-{key}"}[kind]


def _printed(finding: Finding) -> dict[str, str]:
    """Return the facts with their figures as figures are written here."""
    figures = {name: cell_text(unpack(finding.facts[name])) for name in FIGURES if name in finding.facts}
    return {**finding.facts, **figures}


def say(findings: Iterable[Finding], explanations: Mapping[str, str]) -> list[Said]:
    """Return findings with their sentences, errors first."""
    said = [
        Said(f, (str(SENTENCES[f.code]) % _printed(f)).strip(), anchor_of(f.target), explanations.get(f.key, ""))
        for f in findings
    ]
    return sorted(said, key=lambda each: not each.is_error)


def by_target(said: Iterable[Said]) -> dict[str, list[Said]]:
    """Return findings by what they are about."""
    grouped: defaultdict[str, list[Said]] = defaultdict(list)
    for each in said:
        grouped[each.finding.target].append(each)
    return grouped
