"""``check``: every rule over one parsed document, in the order of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from vanban.checks import cited, codes, copied, duties, header, layout, outline, own_code, style, words
from vanban.checks.compare import differences
from vanban.checks.finding import Finding, Klass
from vanban.checks.register import Register
from vanban.checks.validity import against_register
from vanban.checks.view import View
from vanban.diagnostics import Severity
from vanban.document import ParsedDocument, Span

Rule = Callable[[View], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    *header.RULES,
    *own_code.RULES,
    *codes.RULES,
    *cited.RULES,
    *outline.RULES,
    *layout.RULES,
    *words.RULES,
    *duties.RULES,
    *copied.RULES,
    *style.RULES,
)
_TEXTUAL = frozenset({Klass.SPELL, Klass.WORD, Klass.REPEAT, Klass.CITE_CODE})
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def check(parsed: ParsedDocument, *, register: Register | None = None) -> tuple[Finding, ...]:
    """Everything found in ``parsed``, in the order of the text, the gravest first at one place.

    Without ``register`` the library's own list of known documents is used and there is nothing to compare with. With
    documents in it, what differs from the text it was taken from comes last, by rank.
    """
    register = register or Register()
    view = View(parsed)
    found = dict.fromkeys((*_by_rules(view), *against_register(view, register)))
    others = [(name, View(document)) for name, document in register.documents]
    ordered = _once(sorted(found, key=_order))
    return (*ordered, *(differences(view, others, ordered, _errors_of(dict(others))) if others else ()))


def _by_rules(view: View) -> Iterator[Finding]:
    return (finding for rule in RULES for finding in rule(view))


def _errors_of(others: Mapping[str, View]) -> Callable[[str], Sequence[Span]]:
    """Places of errors in the other documents, found when first asked for."""

    @cache
    def errors(name: str) -> tuple[Span, ...]:
        view = others[name]
        return tuple(
            Span(view.normal.from_original(one.span.start), view.normal.from_original(one.span.end))
            for one in _by_rules(view)
            if one.severity is Severity.ERROR and one.klass in _TEXTUAL
        )

    return errors


def _once(findings: list[Finding]) -> list[Finding]:
    """Of findings of one class and gravity at one place, which say one thing in two ways, the first."""
    kept: dict[tuple[str, str, int, int], Finding] = {}
    for one in findings:
        kept.setdefault((one.klass, one.severity, one.span.start, one.span.end), one)
    return [one for one in findings if one in kept.values() or one.klass is Klass.HEADER]


def _order(finding: Finding) -> tuple[int, int, str]:
    return finding.span.start, _WEIGHT[finding.severity], finding.rule
