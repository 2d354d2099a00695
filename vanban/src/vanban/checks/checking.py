"""``check``: every rule over one parsed document, in the order of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vanban.checks import cited, duties, header, layout, outline, words
from vanban.checks.finding import Finding
from vanban.checks.view import View
from vanban.diagnostics import Severity
from vanban.document import ParsedDocument

Rule = Callable[[View], Iterator[Finding]]

RULES: tuple[Rule, ...] = (*header.RULES, *cited.RULES, *outline.RULES, *layout.RULES, *words.RULES, *duties.RULES)
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def check(parsed: ParsedDocument) -> tuple[Finding, ...]:
    """Everything found in ``parsed``, in the order of the text, the gravest first at one place."""
    view = View(parsed)
    found = {finding: None for rule in RULES for finding in rule(view)}
    return tuple(sorted(found, key=_order))


def _order(finding: Finding) -> tuple[int, int, str]:
    return finding.span.start, _WEIGHT[finding.severity], finding.rule
