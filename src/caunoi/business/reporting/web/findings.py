"""What is wrong in a report, in the words of the office: which place, what, how to mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from caunoi.business.reporting.rules.checks import Finding, Severity
from caunoi.foundation.pages.public import Words

SENTENCES: dict[str, Words] = {
    "section_empty": _("Mục “%(section)s” chưa có nội dung. Hãy viết, hoặc ghi rõ “Không phát sinh”."),
    "negative": _(
        "%(table)s, dòng “%(row)s”, cột “%(column)s”: số không được âm. Nếu không có, nhập KPS (không phát sinh)."
    ),
    "not_whole": _("%(table)s, dòng “%(row)s”, cột “%(column)s”: phải là số nguyên."),
    "too_large": _("%(table)s, dòng “%(row)s”, cột “%(column)s”: số lớn bất thường, hãy kiểm tra lại."),
    "jump": _(
        "%(table)s, dòng “%(row)s”, cột “%(column)s”: kỳ trước %(before)s, kỳ này %(now)s. "
        "Hãy kiểm tra hoặc giải trình."
    ),
    "cells_missing": _(
        "%(table)s: còn %(count)s ô chưa có số liệu. "
        "Hãy nhập số, KPS (không phát sinh), KAD (không áp dụng), hoặc giải trình."
    ),
    "unreadable": _("Ô này ghi “%(text)s”: phải là số, KPS hoặc KAD. Giá trị này chưa được lưu."),
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


def say(findings: Iterable[Finding], explanations: Mapping[str, str]) -> list[Said]:
    """Return findings with their sentences, errors first."""
    said = [
        Said(f, str(SENTENCES[f.code]) % f.facts, anchor_of(f.target), explanations.get(f.key, "")) for f in findings
    ]
    return sorted(said, key=lambda each: not each.is_error)


def by_target(said: Iterable[Said]) -> dict[str, list[Said]]:
    """Return findings by what they are about."""
    grouped: defaultdict[str, list[Said]] = defaultdict(list)
    for each in said:
        grouped[each.finding.target].append(each)
    return grouped
