"""Obligations: who owes what to whom through which desk by when; and who receives reports.

Reads the text, the outline, the head, the deadlines and the recipients; writes ``Obligation`` and ``report_to``.
A duty to report has a deadline and a receiver in one sentence; all other orders are tasks. What the text leaves open is
named in ``open_questions``, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vanban.document import Clause, Deadline, Fact, Header, Obligation, Recipient
from vanban.rules.obligations import REPORT_VERB
from vanban.stages.duties import Sentence, sentences_of
from vanban.stages.mentions import Page
from vanban.stages.report_duties import report_duty
from vanban.stages.tasks import leaders_of, tasks_of
from vanban.text.fold import key
from vanban.text.normal import NormalText

_LABEL = re.compile(r"[\s\-+•]{0,6}(?:thoi gian|thoi han|han)(?:\s{1,3}[a-z]{1,8}){0,5}\s{0,3}(?::|la|truoc|cham)")


def find(
    text: NormalText,
    clauses: Sequence[Clause],
    header: Header,
    deadlines: Sequence[Deadline],
    recipients: Sequence[Recipient] | None,
) -> tuple[tuple[Obligation, ...], tuple[Fact[str], ...]]:
    """The obligations in text order and, each once, who receives reports (as printed, with the desk). Never raises."""
    page = Page.of(text)
    sentences = sentences_of(page, clauses, deadlines)
    leaders = leaders_of(page, sentences)
    found: list[tuple[int, Obligation]] = []
    receivers: dict[str, Fact[str]] = {}
    for at, sentence in enumerate(sentences):
        dated = sentence if sentence.deadlines else _dated_by_next(page, sentences, at)
        duty = report_duty(page, dated, deadlines, leaders[at]) if dated.deadlines else None
        if duty:
            found.append((at, duty[0]))
            receivers.setdefault(key(duty[1].value), duty[1])
    reports = {at: _begins(page, text, sentences[at].start, duty, deadlines) for at, duty in found}
    found.extend(tasks_of(page, header, clauses, sentences, (reports, leaders)))
    _ = recipients
    return tuple(obligation for _, obligation in sorted(found, key=lambda pair: pair[0])), tuple(receivers.values())


def _dated_by_next(page: Page, sentences: Sequence[Sentence], at: int) -> Sentence:
    """The sentence with the deadlines of a "Thời hạn gửi: …" that follows it."""
    following = sentences[at + 1] if at + 1 < len(sentences) else None
    if following is None or not following.deadlines or not _LABEL.match(page.folded, following.start):
        return sentences[at]
    return replace(sentences[at], deadlines=following.deadlines)


def _begins(page: Page, text: NormalText, start: int, duty: Obligation, deadlines: Sequence[Deadline]) -> int:
    """Where in its sentence a duty to report begins: at its word of reporting or at its first deadline."""
    first = min((text.from_original(deadlines[at].span.start) for at in duty.deadlines), default=len(page.text))
    verb = REPORT_VERB.pattern.search(page.folded, start)
    return min(first, verb.start() if verb else first)
