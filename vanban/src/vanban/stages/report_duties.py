"""Duties to report: sentences with a deadline, a word of reporting and a body that receives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vanban.document import Deadline, Fact, Obligation, ObligationKind
from vanban.rules import obligations as rules
from vanban.rules.citations import NEW_CLAUSE_VERB
from vanban.rules.issuers import HEAD, name_end
from vanban.rules.words import spaced
from vanban.stages.actors import find_actors, skip_marker
from vanban.stages.duties import Sentence, in_quotation
from vanban.stages.mentions import Page
from vanban.text.fold import fold

_MORE_BODIES = re.compile(r"\s{0,3}(?:,|;|và|\s-)\s{1,4}(?=[A-ZĐÀ-Ỹ])")
_STATISTICS = spaced(r"(?<![a-z])(?:thong ke|so lieu)(?![a-z])")
_BOUNDARY = spaced(
    r"\s(?:đề nghị|yêu cầu|xin|của các|trước ngày|chậm nhất|hạn chót|định kỳ|hàng|hằng)(?=\s)|[(;:]", re.IGNORECASE
)
_AND_BODY = re.compile(rf"\sva\s{{1,6}}(?={HEAD.pattern.pattern})")
_MERELY_SENT = frozenset(("gui", "gui ve", "nop", "nop ve"))
_PREPOSITION = re.compile(r"(?<![a-z])(?:ve|cho|len|toi|den|voi)(?![a-z])")
_SUBJECT = spaced(r"(?<![a-z])(?:ket qua|tinh hinh|ve viec)(?![a-z])")
_NOT_YET = spaced(r"chua(?: thuc hien)?(?: [a-z]{1,6})?(?: bao cao)? ?\Z")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who receives, in offsets of the normal text; ``end`` covers the desk."""

    lead: int
    """Where the words that lead to the receiver begin."""
    start: int
    end: int
    names: tuple[str, ...]
    desk: str | None


def report_duty(
    page: Page, sentence: Sentence, deadlines: Sequence[Deadline], leader: tuple[str, ...]
) -> tuple[Obligation, Fact[str]] | None:
    """The duty to report that a sentence lays down, with its receiver as printed; None when it lays down none.

    ``leader`` are those whom the intro above the sentence addressed.
    """
    verb = _verb(page, sentence)
    held = _due(sentence, deadlines)
    if (
        verb is None
        or not held
        or all(in_quotation(page, sentence.start, sentence.end, _at(page, deadlines[k])) for k in held)
    ):
        return None
    onward = rules.ONWARD.pattern.search(page.folded, verb.end(), sentence.end)
    limit = onward.start() if onward else sentence.end
    receiver = _receiver(page, verb.start(), limit, sentence.end)
    if receiver is None:
        return None
    who = find_actors(page, sentence.start, sentence.end, verb.start())[0] or leader
    obligation = Obligation(
        kind=ObligationKind.STATISTICS
        if _STATISTICS.search(page.folded, verb.start(), receiver.start)
        else ObligationKind.REPORT,
        who=who,
        what=_what(page, sentence.start, verb.span(), receiver, limit),
        to_whom=receiver.names,
        desk=receiver.desk,
        onward_to=_onward(page, onward.end(), sentence.end) if onward else (),
        deadlines=held,
        span=page.normal.to_original(sentence.start, sentence.end),
        clause_id=sentence.clause.id if sentence.clause else None,
        open_questions=_questions(who, held, deadlines),
        rule="duty.report",
        confidence=0.9 if who else 0.7,
    )
    printed = " ".join(page.text[receiver.start : receiver.end].split())
    return obligation, Fact(printed, page.normal.to_original(receiver.start, receiver.end), "duty.report_to")


_TOPIC = spaced(r"[\s\-+•*]{0,6}(?:[0-9a-z.]{1,6}[.)/]\s?)?(?:ve|doi voi|che do)(?![a-z])[^:.;]{2,70}:")
""" "Về chế độ báo cáo: …": the topic of a clause, which owes nothing yet."""


def _verb(page: Page, sentence: Sentence) -> re.Match[str] | None:
    topic = _TOPIC.match(page.folded, sentence.start, sentence.end)
    begin = topic.end() if topic else sentence.start
    found = rules.REPORT_VERB.pattern.search(page.folded, begin, sentence.end)
    return found or rules.REPORT_VERB.pattern.search(page.folded, sentence.start, sentence.end)


def _at(page: Page, deadline: Deadline) -> int:
    return page.normal.from_original(deadline.span.start)


def _due(sentence: Sentence, deadlines: Sequence[Deadline]) -> tuple[int, ...]:
    """The deadlines of the sentence; an open "hàng năm" gives way to dated ones that may be read as yearly."""
    held = sentence.deadlines
    if any(deadlines[at].alternatives for at in held):
        return tuple(at for at in held if not deadlines[at].is_open)
    return held


def _receiver(page: Page, start: int, limit: int, end: int) -> Receiver | None:
    for found in rules.TO_WHOM.pattern.finditer(page.folded, start, limit):
        at = found.end()
        if not _is_body(page, at):
            continue
        if not _NOT_YET.search(page.folded, max(found.start() - 30, start), found.start()):
            return _read_receiver(page, _lead(found), at, end)
    return None


def _is_body(page: Page, at: int) -> bool:
    """Whether the name of a body begins here: capitalised, or "phòng Giáo dục …" with a capital behind it."""
    head = HEAD.pattern.match(page.folded, at)
    if head is None:
        return False
    return page.text[at].isupper() or page.text[head.end() : head.end() + 2].strip()[:1].isupper()


def _lead(found: re.Match[str]) -> int:
    """Where the words that only lead to the receiver begin: "báo cáo" itself is what is owed."""
    words = found.group()
    if not words.startswith("bao"):
        return found.start()
    preposition = _PREPOSITION.search(words)
    return found.start() + preposition.start() if preposition else found.end()


def _read_receiver(page: Page, lead: int, start: int, end: int) -> Receiver:
    names: list[str] = []
    at = stop = start
    while len(names) < 6:
        stop = min(name_end(page.text, page.folded, at), end)
        names.extend(_bodies(page, at, stop))
        more = _MORE_BODIES.match(page.text, stop, end)
        if more is None or not HEAD.pattern.match(page.folded, more.end()) or _begins_clause(page, more.end()):
            break
        at = more.end()
    desk, stop = _desk(page, stop, end)
    return Receiver(lead, start, stop, tuple(names), desk)


def _bodies(page: Page, start: int, end: int) -> list[str]:
    """The names between two places: "UBND thành phố và Sở Ngoại vụ" are two."""
    cuts = [start]
    for found in _AND_BODY.finditer(page.folded, start, end):
        if page.text[found.end() : found.end() + 1].isupper():
            cuts.extend((found.start(), found.end()))
    cuts.append(end)
    return [" ".join(page.text[a:b].split()) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]


def _begins_clause(page: Page, at: int) -> bool:
    return NEW_CLAUSE_VERB.pattern.match(page.folded, name_end(page.text, page.folded, at)) is not None


def _desk(page: Page, at: int, end: int) -> tuple[str | None, int]:
    found = rules.DESK.pattern.match(page.folded, at, end) or rules.DESK_IN_BRACKETS.pattern.match(page.folded, at, end)
    if found is None:
        return None, at
    stop = min(name_end(page.text, page.folded, found.end()), end)
    if stop <= found.end() or (
        not HEAD.pattern.match(page.folded, found.end()) and not page.text[found.end()].isupper()
    ):
        return None, at
    desk = " ".join(page.text[found.end() : stop].split())
    closing = page.text.find(")", stop, min(stop + 40, end)) if "(" in found.group() else -1
    if closing >= 0 and "," not in page.text[stop:closing]:
        stop = closing + 1
    return desk, stop


def _what(page: Page, start: int, verb_at: tuple[int, int], receiver: Receiver, limit: int) -> str:
    """What is owed: from the word of reporting to the receiver, or behind the receiver when nothing is between."""
    verb, verb_end = verb_at
    words = _joined(page, verb, _cut(page, verb_end, max(receiver.lead, verb_end)))
    if len(words.split()) >= 4:
        return words
    sent = _joined(page, skip_marker(page, start, verb), verb)
    if fold(words) in _MERELY_SENT and 0 < len(sent.split()) <= 14:
        return sent
    subject = _SUBJECT.search(page.folded, receiver.end, limit)
    if subject is None:
        return words
    return f"{words} {_joined(page, subject.start(), _cut(page, subject.end(), limit))}"


def _cut(page: Page, start: int, end: int) -> int:
    boundary = _BOUNDARY.search(page.text, start, end)
    return boundary.start() if boundary else end


def _joined(page: Page, start: int, end: int) -> str:
    return " ".join(page.text[start:end].split()).strip(" ,;:(-./")


def _onward(page: Page, start: int, end: int) -> tuple[str, ...]:
    for found in rules.TO_WHOM.pattern.finditer(page.folded, max(start - 9, 0), end):
        at = found.end()
        if page.text[at : at + 1].isupper() and HEAD.pattern.match(page.folded, at):
            return _read_receiver(page, at, at, end).names
    return ()


def _questions(who: tuple[str, ...], held: tuple[int, ...], deadlines: Sequence[Deadline]) -> tuple[str, ...]:
    asked = []
    if not who:
        asked.append("who")
    if any(deadlines[at].is_open for at in held):
        asked.append("day")
    if any(deadlines[at].alternatives for at in held):
        asked.append("yearly_or_once")
    return tuple(asked)
