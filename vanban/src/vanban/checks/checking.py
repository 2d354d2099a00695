"""``check``: every rule over one parsed document, in the order of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vanban.checks import cited, codes, copied, duties, header, layout, outline, style, words
from vanban.checks.compare import differences
from vanban.checks.finding import Finding, Klass
from vanban.checks.register import Register
from vanban.checks.validity import against_register
from vanban.checks.view import View
from vanban.diagnostics import Severity
from vanban.document import ParsedDocument

Rule = Callable[[View], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    *header.RULES,
    *codes.RULES,
    *cited.RULES,
    *outline.RULES,
    *layout.RULES,
    *words.RULES,
    *duties.RULES,
    *copied.RULES,
    *style.RULES,
)
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def check(parsed: ParsedDocument, *, register: Register | None = None) -> tuple[Finding, ...]:
    """Everything found in ``parsed``, in the order of the text, the gravest first at one place.

    Without ``register`` the library's own list of known documents is used and there is nothing to compare with. With
    documents in it, what differs from the text it was taken from comes last, by rank.
    """
    register = register or Register()
    view = View(parsed)
    found = {finding: None for rule in RULES for finding in rule(view)}
    found |= dict.fromkeys(against_register(view, register))
    others = [(name, View(document)) for name, document in register.documents]
    ordered = _once(sorted(found, key=_order))
    return (*ordered, *(differences(view, others, ordered) if others else ()))


def _once(findings: list[Finding]) -> list[Finding]:
    """Of findings of one class and gravity at one place, which say one thing in two ways, the first."""
    kept: dict[tuple[str, str, int, int], Finding] = {}
    for one in findings:
        kept.setdefault((one.klass, one.severity, one.span.start, one.span.end), one)
    return [one for one in findings if one in kept.values() or one.klass is Klass.HEADER]


def _order(finding: Finding) -> tuple[int, int, str]:
    return finding.span.start, _WEIGHT[finding.severity], finding.rule
