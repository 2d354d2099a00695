"""What stands after a code: day, issuer, subject; and the day and the issuer that can stand before it."""

from __future__ import annotations

import re

from vanban.rules import citations as rules
from vanban.rules.codes import LOWER, UPPER
from vanban.rules.dates import day_of
from vanban.rules.issuers import HEAD, initials, name_before, name_end
from vanban.stages.mentions import Mention, Page
from vanban.text.fold import fold

_LONGEST_SUBJECT = 900
_SUBJECT_WORD = re.compile(rf"[{UPPER}][{LOWER}]{{1,6}}\s(?!\s)")
_BEFORE = 260
_MISREAD_BOARD = re.compile(r"\A[uúủửưy][\wÀ-ỹ]{0,2}\s{1,3}ban(?=\s)", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;](?=\s)|\n\s{0,40}\n|\|")
_LIST_OF_BODIES = re.compile(r"(?:cac|lien)\s{1,3}(?:bo|so|nganh|co quan|don vi)[\w\s,]{0,20}:")


def read_tail(page: Page, mention: Mention) -> None:
    """Fill day, issuer and subject from what follows the code; ``tail`` moves behind day and issuer."""
    at = mention.end
    for _ in range(5):
        moved = _note(page, at) or _date(page, mention, at) or _issuer(page, mention, at)
        if moved is None:
            break
        at = mention.tail = moved
    mention.about = _subject(page, mention, at)


def _note(page: Page, at: int) -> int | None:
    found = rules.NOTE.pattern.match(page.folded, at)
    return found.end() if found else None


def _date(page: Page, mention: Mention, at: int) -> int | None:
    if mention.date is not None:
        return None
    found = rules.DATE_AFTER.pattern.match(page.folded, at)
    if found:
        mention.date = day_of(found, page.text)
        pieces = (found[name] for name in ("d1", "m1", "y1", "d2", "m2", "y2") if found[name])
        mention.date_repaired = mention.date is None or not all(piece.strip().isdigit() for piece in pieces)
        return found.end()
    blank = rules.BLANK_DATE.pattern.match(page.folded, at) if at == mention.end else None
    if blank or at != mention.end:
        return blank.end() if blank else None
    unreadable = rules.UNREADABLE_DATE.pattern.match(page.folded, at)
    mention.date_repaired = unreadable is not None
    return unreadable.end() if unreadable else None


def _issuer(page: Page, mention: Mention, at: int) -> int | None:
    if mention.issuer is not None:
        return None
    of = rules.OF.pattern.match(page.folded, at)
    if of:
        start = of.end()
        end = name_end(page.text, page.folded, start)
        if end <= start or not _is_name(page, start):
            return None
        mention.issuer = (start, end)
        return end
    return _issuer_without_of(page, mention, at)


def _issuer_without_of(page: Page, mention: Mention, at: int) -> int | None:
    """ "… ngày 14 tháng 8 năm 2024 Sở Xây dựng về việc …": right behind the day, in the same sentence."""
    gap = len(page.text[at : at + 6]) - len(page.text[at : at + 6].lstrip())
    start = at + gap
    if at == mention.end or not gap or page.text[at - 1] == "." or not HEAD.pattern.match(page.folded, start):
        return None
    end = name_end(page.text, page.folded, start)
    shouted = page.text[start:end].isupper() and " " in page.text[start:end] and not page.text[mention.start].isdigit()
    if not page.text[start].isupper() or (shouted and not page.text[mention.start : mention.start + 5].isupper()):
        return None
    mention.issuer = (start, end)
    return end


def _is_name(page: Page, start: int) -> bool:
    if page.text[start].isupper() or HEAD.pattern.match(page.folded, start):
        return True
    return bool(
        re.match(
            r"(?:tinh|thanh pho|huyen|quan|xa|phuong|nganh|trung uong|cap tren)(?!\w)", page.folded[start : start + 12]
        )
    )


def _subject(page: Page, mention: Mention, at: int) -> tuple[int, int] | None:
    start = _subject_start(page, mention, at)
    if start is None:
        return None
    end = _subject_end(page, start)
    return (start, end) if end > start else None


def _subject_start(page: Page, mention: Mention, at: int) -> int | None:
    sent = rules.SENT_TO.pattern.match(page.folded, at)
    if sent:
        after = name_end(page.text, page.folded, sent.end())
        named = rules.ABOUT.pattern.match(page.folded, after)
        return named.end() if named else None
    for rule, read in (
        (rules.ABOUT, page.folded),
        (rules.SUBJECT_VERB, page.folded),
        (rules.QUOTED_SUBJECT, page.text),
    ):
        found = rule.pattern.match(read, at)
        if found:
            return None if _is_title_line(page, at, found.end()) else found.end()
    gap = page.text[at : at + 6]
    follows = at + len(gap) - len(gap.lstrip())
    carries_on = "\n\n" not in gap and not page.folded.startswith("kinh gui", follows)
    if (
        mention.issuer
        and at == mention.issuer[1]
        and follows > at
        and carries_on
        and _SUBJECT_WORD.match(page.text, follows)
    ):
        return follows
    return None


def _is_title_line(page: Page, at: int, start: int) -> bool:
    """Whether a line in capitals begins ("QUYẾT ĐỊNH:"), which is no subject of what stands before it."""
    ended = page.text[at - 1] == "." or "\n" in page.text[at:start]
    shouted = page.text[start : start + 4].strip().isupper()
    return ended and shouted and not page.text[max(at - 6, 0) : at].strip(" .,0123456789/").isupper()


def _subject_end(page: Page, start: int) -> int:
    """Where the clause ends: a stop, a semicolon, a bracket not opened here, a new paragraph, a new actor."""
    limit = min(start + _LONGEST_SUBJECT, len(page.text))
    for found in rules.ABOUT_END.pattern.finditer(page.text, start, limit):
        mark = found.group()[:1]
        if mark == "(" and not rules.NEW_CLAUSE.pattern.match(page.folded, found.start()):
            continue
        if mark == ")" and page.text.count("(", start, found.start()) > page.text.count(")", start, found.start()):
            continue
        if mark == "," and not _new_actor(page, found.end()):
            continue
        return found.start()
    return _rstrip(page.text, start, limit)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return end


def _new_actor(page: Page, at: int) -> bool:
    if rules.NEW_CLAUSE.pattern.match(page.folded, at):
        return True
    gap = page.text[at : at + 8]
    start = at + len(gap) - len(gap.lstrip())
    if not page.text[start : start + 1].isupper() or not HEAD.pattern.match(page.folded, start):
        return False
    return rules.NEW_CLAUSE_VERB.pattern.match(page.folded, name_end(page.text, page.folded, start)) is not None


def read_before(page: Page, mention: Mention, previous: Mention | None) -> None:
    """Fill issuer and day from "X tại Tờ trình số …", "X (Công văn số …)", "Ngày …, X đã ban hành Quyết định số …"."""
    low = max(mention.start - _BEFORE, previous.end if previous else 0)
    if mention.issuer is None and mention.rule == "cite.type_apart":
        _take_inner_issuer(page, mention)
    placed = None if mention.issuer else rules.PLACED_BEFORE.pattern.search(page.folded, low, mention.start)
    if placed:
        _take_issuer_before(page, mention, low, placed)
    if mention.issuer is None or mention.date is None:
        issues = rules.ISSUES.pattern.search(page.folded, low, mention.start)
        if issues:
            _take_issuing(page, mention, low, issues.start())


def _take_inner_issuer(page: Page, mention: Mention) -> None:
    """ "Công văn của Sở Nội vụ số 234/SNV-CCVC": the issuer between type and number."""
    found = re.search(r"\scua\s{1,4}", page.folded[mention.start : mention.number_at])
    if found is None:
        return
    start = mention.start + found.end()
    end = name_end(page.text, page.folded, start)
    if end > start and rules.NUMBER_WORD.pattern.fullmatch(page.folded[end : mention.number_at].lstrip(" :\n\t")):
        mention.issuer = (start, end)


def _take_issuer_before(page: Page, mention: Mention, low: int, placed: re.Match[str]) -> None:
    start = name_before(page.text, page.folded, low, placed.start())
    if start is None and "(" in placed.group():
        start = _listed_name(page, low, placed.start())
    if start is not None:
        mention.issuer = (start, _rstrip(page.text, start, placed.start()))
        mention.issuer_stood_before = True
    elif "(" in placed.group():
        _take_reporter(page, mention, low, placed.start())


def _listed_name(page: Page, low: int, end: int) -> int | None:
    """A name in a list of bodies: "ý kiến của các Bộ: Tài chính (Công văn số …), Y tế (…)"."""
    window = max(end - 700, 0)
    cut = max((found.end() for found in re.finditer(r"[,:;)(]", page.text[low:end])), default=0) + low
    while cut < end and page.text[cut].isspace():
        cut += 1
    if not page.text[cut : cut + 1].isupper() or not _LIST_OF_BODIES.search(page.folded, window, end):
        return None
    return cut if name_end(page.text, page.folded, cut) == _rstrip(page.text, cut, end) else None


def _take_reporter(page: Page, mention: Mention, low: int, end: int) -> None:
    """ "báo cáo của X về … (Công văn số …)": the issuer stands in the clause before the bracket."""
    low = max((found.end() for found in _SENTENCE.finditer(page.text, low, end)), default=low)
    for found in rules.REPORT_OF.pattern.finditer(page.folded, low, end):
        start = found.end()
        if page.text[start : start + 1].isupper() and HEAD.pattern.match(page.folded, start):
            mention.issuer = (start, name_end(page.text, page.folded, start))
            mention.issuer_stood_before = True


def _take_issuing(page: Page, mention: Mention, low: int, end: int) -> None:
    start = name_before(page.text, page.folded, low, end)
    if start is None:
        return
    if mention.issuer is None:
        mention.issuer = (start, _rstrip(page.text, start, end))
        mention.issuer_stood_before = True
    if mention.date is None:
        dated = rules.DATE_BEFORE.pattern.search(page.folded, max(low - 40, 0), start)
        mention.date = day_of(dated, page.text) if dated else None


def late_date(page: Page, mention: Mention, following: Mention | None) -> None:
    """The day behind the title: "Luật số 89/2015/QH13 Thống kê ngày 23/11/2015 của Quốc hội"."""
    if mention.date or (mention.tail != mention.end and not mention.issuer):
        return
    low = mention.about[0] if mention.about else mention.end
    high = min(
        mention.about[1] + 1 if mention.about else mention.end + 120, following.start if following else len(page.text)
    )
    found = rules.LATE_DATE.pattern.search(page.folded, low, max(high + 40, low))
    if (
        found is None
        or found.start() > high
        or (not mention.about and _SENTENCE_MARK.search(page.text, low, found.start()))
    ):
        return
    of = rules.OF.pattern.match(page.folded, found.end())
    at_end = mention.about is not None and mention.issuer is not None and found.end() >= mention.about[1]
    if of is None and not at_end:
        return
    mention.date = day_of(found, page.text)
    if of and mention.issuer is None and page.text[of.end() : of.end() + 1].isupper():
        mention.issuer = (of.end(), name_end(page.text, page.folded, of.end()))
    if mention.about:
        mention.about = (mention.about[0], _rstrip(page.text, mention.about[0], found.start()))


_SENTENCE_MARK = re.compile(r"[.;:()\n]|, ")


def late_issuer(page: Page, mention: Mention, following: Mention | None) -> None:
    """The issuer named behind the subject, when its letters are in the code: "số 2457/BGDĐT-GDĐH … của Bộ …"."""
    if mention.issuer or not mention.about or not mention.code.segments:
        return
    start, end = mention.about
    if following and following.start < end:
        return
    for found in reversed(list(re.finditer(r"\scua\s{1,4}", page.folded[start:end]))):
        at = start + found.end()
        stop = name_end(page.text, page.folded, at)
        letters = initials(page.text[at:stop])
        if (
            stop >= end
            and len(letters) >= 3
            and any(fold(piece).startswith(letters) for piece in mention.code.segments)
        ):
            mention.issuer = (at, stop)
            mention.about = (start, _rstrip(page.text, start, start + found.start()))
            return


def issuer_text(page: Page, span: tuple[int, int] | None) -> str | None:
    """The issuer as printed, whitespace collapsed; "ử ban" of a scan is "Ủy ban"."""
    if span is None:
        return None
    printed = " ".join(page.text[span[0] : span[1]].split()).rstrip(" ,.;:")
    if fold(printed[:8]).startswith("uy ban") or not _MISREAD_BOARD.match(printed):
        return printed or None
    return _MISREAD_BOARD.sub("Ủy ban", printed)
