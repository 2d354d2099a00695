"""Meetings and openings: when and what (invitations above all)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from vanban.document import Event, Header, Span
from vanban.rules import events as rules
from vanban.text.fold import collapse
from vanban.text.normal import NormalText

_INVITATIONS = frozenset({"Giấy mời", "Thư mời"})
_HINT = re.compile(r"\d\s?(?:gi[oờ]|g\b|h\d?\d?\b|:\d\d)")
_NEAR = 90


def find(normal: NormalText, header: Header) -> tuple[Event, ...]:
    """Every hour beside a day that is no deadline; in invitations also a bare day under "Thời gian"."""
    text = normal.text
    is_invitation = header.doc_type is not None and header.doc_type.value in _INVITATIONS
    found: dict[int, Event] = {}
    taken: list[Span] = []
    for start, end, when in _times(text, is_invitation):
        span = normal.to_original(start, end)
        if header.issue_date and header.issue_date.span and span.overlaps(header.issue_date.span):
            continue  # the hour of a telegram
        if rules.DUE_BEFORE.pattern.search(text, max(0, start - 30), start) or any(
            span.overlaps(other) for other in taken[-4:]
        ):
            continue
        taken.append(span)
        found[span.start] = Event(normal.printed(start, end), span, when, _what(text, start, header))
    return tuple(found[start] for start in sorted(found))


def _times(text: str, is_invitation: bool) -> Iterator[tuple[int, int, str]]:
    """Only the neighbourhood of something like an hour is read for an hour beside a day."""
    for hint in _HINT.finditer(text):
        start, end = max(0, hint.start() - _NEAR), min(len(text), hint.end() + _NEAR)
        for rule in (rules.DAY_THEN_HOUR, rules.HOUR_THEN_DAY):
            for match in rule.pattern.finditer(text, start, end):
                when = _when(match)
                if when:
                    yield match.start(), match.end(), when
    if is_invitation:
        for match in rules.TIME_LABEL.pattern.finditer(text):
            when = _when(match)
            if when:
                yield *match.span("text"), when


def _when(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    try:
        day = dt.date(*(int(groups[name] or groups[name + "2"] or 0) for name in "ymd"))
        if not groups.get("hour"):
            return day.isoformat()
        at = dt.time(int(groups["hour"] or 0), int(groups.get("minute") or 0))
    except ValueError:
        return None
    return f"{day.isoformat()}T{at:%H:%M}"


def _what(text: str, start: int, header: Header) -> str | None:
    """The kind of meeting: named just before the time, else by the trích yếu."""
    sentence = text[max(0, start - 80) : start]
    near = list(rules.KIND.pattern.finditer(sentence))
    if near:
        return collapse(near[-1].group()).lower()
    titled = rules.KIND.pattern.search(header.title.value) if header.title else None
    return collapse(titled.group()).lower() if titled else None
