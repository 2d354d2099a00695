"""Ordered tasks: sentences that say who has to do what, and items that only say what."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from vanban.document import Clause, ClauseKind, Header, Obligation, ObligationKind
from vanban.rules import obligations as rules
from vanban.stages.actors import actor_at, actor_end, actors_in, acts_at, find_actors, skip_marker
from vanban.stages.duties import Sentence
from vanban.stages.mentions import Page
from vanban.text.fold import fold

_NO_ITEMS_IN = frozenset(("Báo cáo", "Tờ trình", "Giấy mời", "Thư mời", "Giấy giới thiệu", "Biên bản", "Phiếu trình"))
_DECIDING = frozenset(("Quyết định", "Nghị quyết", "Thông tư", "Nghị định", "Luật"))
_GOALS = re.compile(
    r"(?:muc dich|muc tieu|yeu cau|quan diem|can cu|ket qua|danh gia|tinh hinh|thuan loi|kho khan|doi tuong|pham vi)"
)
_SHORTEST = 20
_FIRST_WORD = re.compile(r"[\s\-+•]{0,4}([a-z]{1,8})")
_LABEL_WORDS = frozenset(
    (
        "thoi",
        "tien",
        "noi",
        "doi",
        "so",
        "hinh",
        "dia",
        "thanh",
        "kinh",
        "nguon",
        "don",
        "dinh",
        "muc",
        "yeu",
        "co",
        "phuong",
        "lien",
        "ho",
        "chi",
    )
)
_SIGNS = (
    "nghị",
    "êu c",
    "giao",
    "Giao",
    "Phải",
    "Cần",
    "Ủy quyền",
    "hân công",
    "ủy quyền",
    "rách nhiệm",
    "hủ trì",
    "hẩn trương",
    "ghiêm túc",
    "hủ động",
    "phải",
    "ính mong",
    " cần",
    "nhiệm vụ",
)
_TOLD = re.compile(r"(?:Đã|Chưa|Được|Đánh giá cao|Là)(?!\w)")
_PAST = re.compile(r"\s{1,4}(?:chưa|không|có ý kiến|đã)(?!\w)")


def tasks_of(
    page: Page,
    header: Header,
    clauses: Sequence[Clause],
    sentences: Sequence[Sentence],
    known: tuple[Mapping[int, int], Sequence[tuple[str, ...]]],
) -> list[tuple[int, Obligation]]:
    """Every ordered task with the index of its sentence.

    ``known`` holds, for each sentence that is a duty to report, where that duty begins (only what stands before is a
    task), and for each sentence whom the intro above it addressed.
    """
    reports, leaders = known
    outline = _Nodes(page, clauses)
    below = _Below(page, sentences)
    result: list[tuple[int, Obligation]] = []
    for at, sentence in enumerate(sentences):
        end = reports.get(at, sentence.end)
        who, what_at, rule = _order(page, header, sentence, outline)
        if (
            rule is None
            or _only_addresses(page, sentence, who)
            or (at in reports and not _orders_before(page, what_at, end))
        ):
            continue
        held = () if at in reports else sentence.deadlines or below.deadlines.get(at, ())
        task = _task(page, (what_at, end), sentence, who or below.actors.get(at, ()) or leaders[at], (rule, held))
        if len(task.what.split()) > 2:
            result.append((at, task))
    return result


def leaders_of(page: Page, sentences: Sequence[Sentence]) -> list[tuple[str, ...]]:
    """For each sentence, those whom the intro above it ("… có trách nhiệm:", "yêu cầu …:") addressed."""
    leaders = _Leaders()
    result = []
    for sentence in sentences:
        heads = sentence.clause is not None and sentence.clause.is_heading
        opens = heads or page.text[sentence.start : sentence.end].rstrip().endswith(":")
        result.append(leaders.of(sentence, _addressed(page, sentence) if opens else ()))
    return result


def _only_addresses(page: Page, sentence: Sentence, who: tuple[str, ...]) -> bool:
    """ "Các đơn vị có trách nhiệm:" orders nothing itself; the items under it do."""
    words = page.text[sentence.start : sentence.end].rstrip()
    return bool(who) and words.endswith(":") and len(words.split()) < sum(len(name.split()) for name in who) + 8


def _addressed(page: Page, sentence: Sentence) -> tuple[str, ...]:
    duty = rules.RESPONSIBLE.pattern.search(page.text, sentence.start, sentence.end)
    ordered = rules.ORDERS.pattern.search(page.text, sentence.start, sentence.end)
    if duty is None and ordered is None:
        start = skip_marker(page, sentence.start, sentence.end)
        is_name = actor_at(page, start)
        end = sentence.start + len(page.text[sentence.start : sentence.end].rstrip(" \n\t:"))
        return actors_in(page, start, end) if is_name and actor_end(page, start, sentence.end) >= end else ()
    before = duty.start() if duty else sentence.end
    return find_actors(page, sentence.start, sentence.end, before)[0]


def _orders_before(page: Page, start: int, end: int) -> bool:
    start += len(page.text[start:end]) - len(page.text[start:end].lstrip(" ,:"))
    words = page.text[start:end].split()
    return len(words) >= 5 and acts_at(page, start)


def is_label(page: Page, start: int) -> bool:
    """Whether a line with a label ("Thời gian thực hiện: …", "- Hình thức: …") begins here."""
    word = _FIRST_WORD.match(page.folded, start)
    return (
        word is not None and word[1] in _LABEL_WORDS and rules.LABEL_LINE.pattern.match(page.folded, start) is not None
    )


class _Leaders:
    """Remembers who was addressed by a line that ends in a colon, for the items right under it."""

    def __init__(self) -> None:
        self._who: tuple[str, ...] = ()
        self._intro: Clause | None = None

    def of(self, sentence: Sentence, addressed: tuple[str, ...]) -> tuple[str, ...]:
        """Those the intro above named; ``addressed`` are named by this sentence for what follows."""
        clause = sentence.clause
        if clause is None:
            return ()
        if addressed:
            self._who, self._intro = addressed, clause
            return ()
        if not self._governs(clause):
            self._who, self._intro = (), None
        return self._who

    def _governs(self, clause: Clause) -> bool:
        if self._intro is None:
            return False
        if clause.parent_id == self._intro.id or self._intro.span.contains(clause.own_span):
            return True
        return (
            clause.parent_id == self._intro.parent_id
            and clause.kind is not ClauseKind.PARAGRAPH
            and self._intro.kind is ClauseKind.PARAGRAPH
        )


def _places(text: str, words: Sequence[str]) -> list[int]:
    """Where any of ``words`` begins, in order."""
    found: list[int] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    return sorted(found)


class _Nodes:
    """The outline as a task sees it: what a node stands under, and what stands under it."""

    def __init__(self, page: Page, clauses: Sequence[Clause]) -> None:
        back = page.normal.from_original
        self._goals: dict[str, bool] = {}
        self._signs = _places(page.text, _SIGNS)
        self._by_id = {clause.id: clause for clause in clauses}
        self._has_content: set[str] = set()
        for clause in clauses:
            if clause.parent_id and not is_label(page, back(clause.own_span.start)):
                self._has_content.add(clause.parent_id)

    def may_order(self, start: int, end: int) -> bool:
        """Whether a word that orders stands between two places of the text; far cheaper than the patterns."""
        at = bisect_left(self._signs, start)
        return at < len(self._signs) and self._signs[at] < end

    def is_title(self, clause: Clause) -> bool:
        """Whether the node only heads others."""
        return clause.is_heading and clause.id in self._has_content

    def under_goals(self, clause: Clause) -> bool:
        """Whether it stands under "Mục đích", "Yêu cầu" and the like, where nothing is ordered."""
        return clause.parent_id is not None and self._is_goal(clause.parent_id)

    def _is_goal(self, name: str) -> bool:
        known = self._goals.get(name)
        if known is None:
            heading = self._by_id.get(name)
            known = heading is not None and (
                _GOALS.match(fold(heading.text[:40])) is not None
                or (heading.parent_id is not None and heading.parent_id != name and self._is_goal(heading.parent_id))
            )
            self._goals[name] = known
        return known


def _order(page: Page, header: Header, sentence: Sentence, outline: _Nodes) -> tuple[tuple[str, ...], int, str | None]:
    start = skip_marker(page, sentence.start, sentence.end)
    if sentence.end - start < _SHORTEST or _orders_nothing(page, start, sentence.end):
        return (), start, None
    ordered = duty = None
    if outline.may_order(start, sentence.end):
        ordered = rules.ORDERS.pattern.search(page.text, start, sentence.end)
        duty = rules.RESPONSIBLE.pattern.search(page.text, start, sentence.end)
    if duty is None and ordered is None and not actor_at(page, start):
        return (), start, "task.item" if _asks(page, start) and _is_item(header, sentence, outline) else None
    before = duty.start() if duty else ordered.end() if ordered else start
    who, behind = find_actors(page, sentence.start, sentence.end, before)
    if who and (duty or ordered or actor_at(page, start)) and not _PAST.match(page.text, behind):
        return who, behind, "task.ordered"
    return (), start, "task.item" if _asks(page, start) and _is_item(header, sentence, outline) else None


def _asks(page: Page, start: int) -> bool:
    """Whether an item begins with a word of action that asks for something: not with what was done or is praised."""
    return page.text[start].isupper() and acts_at(page, start) and not _TOLD.match(page.text, start)


def _orders_nothing(page: Page, start: int, end: int) -> bool:
    if is_label(page, start) or rules.CLOSING.pattern.match(page.folded, start):
        return True
    if page.folded.find("thong", start, min(start + 110, end)) >= 0 and rules.ANNOUNCES.pattern.search(
        page.folded, start, min(start + 120, end)
    ):
        return True
    opens = page.folded[max(end - 14, start) : end].rstrip(" :\n\t").endswith(("sau", "day", "the"))
    return (
        opens
        and rules.INTRO.pattern.search(page.text, start, end) is not None
        and not rules.ORDERS.pattern.search(page.text, start, end)
    )


def _is_item(header: Header, sentence: Sentence, outline: _Nodes) -> bool:
    clause = sentence.clause
    if clause is None or (header.doc_type is not None and header.doc_type.value in _NO_ITEMS_IN):
        return False
    if clause.kind is ClauseKind.ARTICLE and header.doc_type is not None and header.doc_type.value in _DECIDING:
        return False  # "Điều 1. Phê duyệt …" is what the document itself does
    if clause.kind in (ClauseKind.PART, ClauseKind.CHAPTER) or outline.is_title(clause) or outline.under_goals(clause):
        return False
    return bool(clause.marker) or clause.parent_id is not None


def _task(
    page: Page, what: tuple[int, int], sentence: Sentence, who: tuple[str, ...], facts: tuple[str, tuple[int, ...]]
) -> Obligation:
    words = " ".join(page.text[what[0] : what[1]].split()).strip(" ,;:-–./)").removesuffix(" và")
    asked = () if who else ("who",)
    return Obligation(
        kind=ObligationKind.TASK,
        who=who,
        what=words,
        to_whom=(),
        desk=None,
        onward_to=(),
        deadlines=facts[1],
        span=page.normal.to_original(sentence.start, sentence.end),
        clause_id=sentence.clause.id if sentence.clause else None,
        open_questions=asked,
        rule=facts[0],
        confidence=0.85 if facts[0] == "task.ordered" else 0.6,
    )


class _Below:
    """What lines with a label say about the task above them: "Thời gian thực hiện: …", "Đơn vị thực hiện: …"."""

    def __init__(self, page: Page, sentences: Sequence[Sentence]) -> None:
        self.deadlines: dict[int, tuple[int, ...]] = {}
        self.actors: dict[int, tuple[str, ...]] = {}
        task: int | None = None
        for at, sentence in enumerate(sentences):
            if not is_label(page, sentence.start):
                task = at if _heads_labels(sentence) else task
            elif task is not None:
                self._read(page, sentence, task)

    def _read(self, page: Page, sentence: Sentence, task: int) -> None:
        if sentence.deadlines:
            self.deadlines[task] = (*self.deadlines.get(task, ()), *sentence.deadlines)
        done_by = rules.DONE_BY.pattern.match(page.text, sentence.start)
        if done_by:
            self.actors[task] = actors_in(page, done_by.end(), sentence.end)


def _heads_labels(sentence: Sentence) -> bool:
    return sentence.clause is None or sentence.clause.is_heading or sentence.clause.kind is not ClauseKind.ITEM
