"""Citations: every mention of another document by number, in the order of the text.

Reads the normal text, the outline and the head; writes ``Citation``. The scan is anchored on numbers that begin a code;
what stands around a code is read in windows of bounded length, so that time is linear in the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from vanban.document import Citation, Clause, Header
from vanban.rules import citations as rules
from vanban.rules.codes import key_of
from vanban.stages import mention_lists
from vanban.stages.mention_links import first_full, is_own, part_subjects, share_in_lists
from vanban.stages.mention_tail import issuer_text, late_date, late_issuer, read_before, read_tail
from vanban.stages.mentions import Mention, Page, candidates, read_mention
from vanban.stages.places import Outline
from vanban.text.normal import NormalText

_BASIS_WINDOW = 1500
_TITLE_ZONE = 2000
_PLACE_AND_DATE = 120


def find(text: NormalText, clauses: Sequence[Clause], header: Header) -> tuple[Citation, ...]:
    """Every citation of ``text``; spans count code points of the text as stored. Never raises."""
    page = _without_place(Page.of(text), header)
    mentions = _mentions(page, header)
    part_subjects(page, mentions)
    share_in_lists(page, mentions)
    for at, mention in enumerate(mentions):
        following = mentions[at + 1] if at + 1 < len(mentions) else None
        late_issuer(page, mention, following)
        late_date(page, mention, following)
    keys = [key_of(mention.code, mention.type) for mention in mentions]
    outline = Outline(clauses)
    repeats = first_full(mentions, keys)
    bases = _bases(page, mentions, outline.body_start(text))
    return tuple(
        _citation(page, header, outline, mention, (keys[at], repeats[at], bases[at]))
        for at, mention in enumerate(mentions)
    )


def _without_place(page: Page, header: Header) -> Page:
    """Place and date of issue hidden, so that a document cited in the subject above them takes neither."""
    if header.place is None or header.place.span is None:
        return page
    dated = header.issue_date.span if header.issue_date else None
    start = page.normal.from_original(header.place.span.start)
    end = page.normal.from_original((dated or header.place.span).end)
    if not start < end <= start + _PLACE_AND_DATE:
        return page
    mask = "|" * (end - start)
    return Page(page.normal, page.text[:start] + mask + page.text[end:], page.folded[:start] + mask + page.folded[end:])


def _mentions(page: Page, header: Header) -> list[Mention]:
    found: list[Mention] = []
    for match in candidates(page, header):
        previous = found[-1] if found else None
        mention = read_mention(page, match, previous)
        if mention and not (previous is None and _is_title(page, header, mention)):
            found.extend(mention_lists.numbers_before(page, previous.end if previous else 0, mention))
            read_tail(page, mention)
            read_before(page, mention, previous)
            mention_lists.go_on(page, previous, mention)
            found.append(mention)
    return found


def _is_title(page: Page, header: Header, mention: Mention) -> bool:
    """Whether the first code stands in the title of the document itself: "NGHỊ ĐỊNH CỦA CHÍNH PHỦ SỐ …"."""
    if header.number or header.symbol or not mention.own_type or mention.start > _TITLE_ZONE:
        return False
    printed = page.text[mention.start : mention.end]
    begins_line = not page.text[page.text.rfind("\n", 0, mention.start) + 1 : mention.start].strip(" *#|")
    return begins_line and printed.isupper() and header.doc_type is not None and header.doc_type.value == mention.type


def _citation(
    page: Page, header: Header, outline: Outline, mention: Mention, facts: tuple[str, int | None, bool]
) -> Citation:
    span = page.normal.to_original(mention.start, mention.end)
    about = " ".join(page.text[mention.about[0] : mention.about[1]].split()) if mention.about else None
    return Citation(
        type=mention.type,
        number=mention.code.number,
        symbol=mention.code.symbol,
        norm=mention.code.norm,
        key=facts[0],
        span=span,
        date=mention.date,
        issuer=issuer_text(page, mention.issuer),
        about=about or None,
        provision=mention.provision,
        refers_to=facts[1],
        is_basis=facts[2],
        is_self=is_own(mention.code, header),
        clause_id=outline.id_at(span.start),
        rule=mention.rule,
        confidence=round(mention.confidence - (0.2 if mention.date_repaired else 0), 2),
    )


def _bases(page: Page, mentions: list[Mention], body: int) -> list[bool]:
    """Whether each mention is one of the bases: in a clause of the preamble that begins "Căn cứ", "Thực hiện" …"""
    found = rules.BASIS_START.pattern.finditer("\n" + page.text[:body])
    starts = [match.end() - 1 for match in found]
    result: list[bool] = []
    nested_until = 0
    for mention in mentions:
        nested = mention.start < nested_until
        if mention.about and not nested:
            nested_until = mention.about[1]
        before = bisect_right(starts, mention.start) - 1
        near = before >= 0 and mention.start - starts[before] < _BASIS_WINDOW
        result.append(
            bool(
                near and mention.start < body and not nested and not _sentence_ends(page, starts[before], mention.start)
            )
        )
    return result


def _sentence_ends(page: Page, start: int, end: int) -> bool:
    paragraph = page.text.find(":\n", start, end) >= 0
    return paragraph or (page.text.find(". ", start, end) >= 0 and page.text.find(";", start, end) < 0)
