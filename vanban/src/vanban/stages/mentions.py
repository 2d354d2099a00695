"""One mention of a document: the code that was found, and what stands before it (type, "số", provision)."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from vanban.document import Header
from vanban.rules import citations as rules
from vanban.rules.codes import CODE, MISREAD_NUMBER, Code, read_code
from vanban.rules.lexicon import state_bodies, type_names
from vanban.text.fold import fold, fold_whole
from vanban.text.normal import NormalText

_BEFORE = 140
_NEAR = 44
_NUMBER_WORD = 20
"""More than "số hiệu : " with its spaces can fill."""
_FEW_WORDS = 14
_WORD = re.compile(r"[^\W_]+")
NUMBERS = re.compile(r"(?<!\w)so\s{1,3}[0-9]{1,5}(?:\s{0,2}(?:,|va)\s{1,3}[0-9]{1,5}){0,4}\s{0,2}(?:,|va)\s{1,3}\Z")
_BETWEEN_WORDS = re.compile(r"\s{1,8}|\s{0,2}[.,_'`]\s{0,4}")
_AFTER_TYPE = re.compile(r"[\s:.,\-*_]{0,8}")
_LIST_OF = re.compile(r"(?<!\w)(?:cac|nhung)\s{1,3}\Z")
""" "các Nghị định của Chính phủ: số …; số …": a colon may stand between the type of a list and its first number."""
_LAW_BEFORE = 260
_ASSEMBLY = ("QH", "UBTVQH")
_LAWS = frozenset(("Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết"))
_STOP = re.compile(r"[.;()|:“”\"]")
_NOT_TYPES_AFTER = frozenset(
    ("Sở", "sở", "Phòng", "phòng", "Bộ", "bộ", "Vụ", "vụ", "Ban", "ban", "Cục", "SỞ", "BỘ", "PHÒNG")
)
_NOT_UNITS = frozenset(
    ("NGÀY", "NĂM", "THÁNG", "KG", "ML", "KM", "HA", "USD", "VND", "VNĐ", "HS", "GV", "CB", "TP", "HK", "QĐNN")
)
_BARE_TYPES = frozenset(
    (
        "Nghị quyết",
        "Nghị định",
        "Chỉ thị",
        "Thông tư",
        "Thông tư liên tịch",
        "Quyết định",
        "Công văn",
        "Công điện",
        "Thông báo",
        "Kết luận",
        "Văn bản",
        "Tờ trình",
        "Báo cáo",
        "Kế hoạch",
        "Hướng dẫn",
        "Luật",
        "Bộ luật",
        "Pháp lệnh",
        "Thông tri",
        "Lệnh",
        "Sắc lệnh",
        "Quy định",
    )
)
_NEVER_APART = frozenset(("Thư", "Điện", "Đơn", "Lệnh", "Công bố", "Thỏa thuận", "Chứng chỉ", "Dự án", "Đề án"))
_SHORT_TYPES = {
    "qd": "QĐ",
    "cv": "CV",
    "nq": "NQ",
    "nd": "NĐ",
    "tt": "TT",
    "kh": "KH",
    "ttlt": "TTLT",
    "vb": "VB",
    "tb": "TB",
    "ctr": "CTr",
    "ct": "CT",
    "kl": "KL",
    "hd": "HD",
    "ttr": "TTr",
    "bc": "BC",
    "cd": "CĐ",
}


@dataclass(slots=True)
class Mention:
    """A citation while it is being read; offsets are those of the normal text."""

    code: Code
    start: int
    number_at: int
    end: int
    type: str | None
    own_type: bool
    linked: bool
    """Whether only list words stand between the mention before and this one."""
    tail: int
    """End of the code with the day and the issuer that follow it."""
    date: dt.date | None = None
    date_repaired: bool = False
    issuer: tuple[int, int] | None = None
    issuer_stood_before: bool = False
    about: tuple[int, int] | None = None
    provision: str | None = None
    opens_list: bool = False
    """Whether type (and issuer) stand once before a colon for every item that follows: "các Nghị định của …: số …"."""
    rule: str = "cite.code"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """The text as every step reads it: normal, and folded with the same offsets."""

    normal: NormalText
    text: str
    folded: str

    @classmethod
    def of(cls, normal: NormalText) -> Page:
        """Fold ``normal`` once for all stages that read the same text one after the other."""
        return cls(normal, normal.text, fold_whole(normal.text))


@dataclass(frozen=True, slots=True)
class _Type:
    name: str
    start: int
    adjacent: bool


def own_number_end(page: Page, header: Header) -> int:
    """Up to where codes belong to the head of the document itself."""
    spans = [fact.span for fact in (header.number, header.symbol) if fact and fact.span]
    return max((page.normal.from_original(span.end) for span in spans), default=0)


def own_number_start(page: Page, header: Header) -> int:
    """From where codes belong to the head of the document itself."""
    spans = [fact.span for fact in (header.number, header.symbol) if fact and fact.span]
    return min((page.normal.from_original(span.start) for span in spans), default=0)


def candidates(page: Page, header: Header) -> Iterator[re.Match[str]]:
    """Every code-like piece of the text outside the document's own number."""
    low, high = own_number_start(page, header), own_number_end(page, header)
    misread = MISREAD_NUMBER.pattern.finditer(page.text)
    odd = next(misread, None)
    for match in CODE.pattern.finditer(page.text):
        while odd and odd.start("number") < match.start():
            if not (odd.start("number") < high and low < odd.end()):
                yield odd
            odd = next(misread, None)
        if not (match.start() < high and low < match.end()):
            yield match
    if odd:
        yield from (odd, *misread)


def read_mention(page: Page, match: re.Match[str], previous: Mention | None) -> Mention | None:
    """The mention a code belongs to, with its type; None when the code is something else (an address, a form)."""
    at = match.start("number")
    if previous and at < previous.end:
        return None
    low = max(at - _BEFORE, previous.end if previous else 0)
    number_word = rules.NUMBER_WORD.pattern.search(page.folded, max(low, at - _NUMBER_WORD), at)
    start = number_word.start() if number_word else at
    code = read_code(match)
    found = _type_before(page, low, _behind_numbers(page, low, start), far=number_word is not None)
    if found is None and code.segments and code.segments[0].startswith(_ASSEMBLY):
        found = _law_before(page, max(at - _LAW_BEFORE, previous.end if previous else 0), start)
    linked = (
        previous is not None
        and rules.LIST_GLUE.pattern.fullmatch(page.folded, previous.tail, found.start if found else start) is not None
    )
    if not found and not linked and _is_own_number(page, at):
        return None
    if not _is_citation(page, code, match, found, number_word is not None, linked):
        return None
    shared = previous.type if linked and previous and not found else None
    return Mention(
        code=code,
        start=found.start if found else start,
        number_at=at,
        end=match.end(),
        type=found.name if found else shared,
        own_type=found is not None,
        linked=linked,
        tail=match.end(),
        provision=_provision(page, found.start if found and found.adjacent else start),
        opens_list=found is not None and ":" in page.text[found.start : start] and _is_plural(page, low, found.start),
        rule=_rule_of(code, found, linked),
        confidence=_confidence(code, found, number_word is not None),
    )


def _behind_numbers(page: Page, low: int, start: int) -> int:
    """ "các Nghị quyết số 18, 19-NQ/TW": the type stands before numbers that share one code."""
    found = NUMBERS.search(page.folded, max(low, start - 40), start)
    return found.start() if found else start


def _rule_of(code: Code, found: _Type | None, linked: bool) -> str:
    if code.is_bare:
        return "cite.bare_number"
    if found is None:
        return "cite.elliptic" if linked else "cite.untyped"
    return "cite.code" if found.adjacent else "cite.type_apart"


def _confidence(code: Code, found: _Type | None, has_word: bool) -> float:
    sure = 1.0
    if code.norm != code.symbol:
        sure -= 0.15
    if code.is_bare:
        sure -= 0.3
    if found is None or not found.adjacent:
        sure -= 0.1
    if not code.is_typed and not has_word:
        sure -= 0.1
    return round(sure, 2)


def _is_own_number(page: Page, at: int) -> bool:
    line = max(page.text.rfind("\n", 0, at), page.text.rfind("| ", 0, at)) + 1
    if rules.OWN_NUMBER.pattern.search(page.text, max(line, at - 40), at):
        return True
    return at - line < 24 and rules.OWN_NUMBER_LINE.pattern.fullmatch(page.text, line, at) is not None


def _is_citation(
    page: Page, code: Code, match: re.Match[str], found: _Type | None, has_word: bool, linked: bool
) -> bool:
    before = max(match.start("number") - 40, 0)
    if (found is None or not found.adjacent) and rules.NOT_A_DOCUMENT.pattern.search(
        page.folded, before, match.start("number")
    ):
        return False
    glued = page.text[match.start("number") - 1 : match.start("number")].isalpha() and not has_word
    if glued and (found is None or not found.adjacent or code.is_bare):
        return False  # "m2/KH" is no code, "Quyết định12/QĐ-UBND" of run-together text is
    if code.is_bare:
        return _is_bare_citation(page, code, match, found, has_word)
    if len(code.segments) == 1 and not code.year:
        known = len(code.segments[0]) > 1 and code.segments[0].upper() not in _NOT_UNITS
        named = found is not None or linked or rules.SHORT_TAIL.pattern.match(page.folded, match.end()) is not None
        return known and named and ((found is not None and found.adjacent) or has_word or linked)
    if any(piece.upper() in _NOT_UNITS for piece in code.segments[:1]) or "".join(code.segments).isdigit():
        return False
    return code.is_typed or found is not None or has_word or linked or fold(code.segments[0]) in state_bodies()


def _is_bare_citation(page: Page, code: Code, match: re.Match[str], found: _Type | None, has_word: bool) -> bool:
    if found is None or not found.adjacent or found.name not in _BARE_TYPES:
        return False
    if code.year:
        return True
    short_tail = rules.SHORT_TAIL.pattern.match(page.folded, match.end())
    return short_tail is not None and (has_word or "ngay" in short_tail.group())


def _type_before(page: Page, low: int, end: int, *, far: bool) -> _Type | None:
    """The type word nearest before ``end``: right there, or, behind "số", a few words away in the same clause."""
    near = list(_WORD.finditer(page.folded, max(low, end - _NEAR), end))
    if not near or not _AFTER_TYPE.fullmatch(page.folded, near[-1].end(), end):
        return None
    found = _type_ending_at(page, near, len(near), adjacent=True)
    if far and (found is None or found.name in _NEVER_APART):
        found = _misread_type(page, near) or found
    if found or not far:
        return found
    words = list(_WORD.finditer(page.folded, low, end))[-_FEW_WORDS:]
    apart = _type_apart(page, words)
    return (
        None if apart and ":" in page.text[near[-1].end() : end] and not _is_plural(page, low, apart.start) else apart
    )


def _is_plural(page: Page, low: int, at: int) -> bool:
    return _LIST_OF.search(page.folded, max(low, at - 12), at) is not None


def _misread_type(page: Page, words: list[re.Match[str]]) -> _Type | None:
    """A type of several words with one or two letters misread: "Quvết định", "Thông tu liên tich"."""
    for count in (4, 3, 2):
        piece = words[-count:]
        if len(piece) < count:
            continue
        printed = " ".join(word.group() for word in piece)
        if len(printed) >= 7 and _is_type_word(page, words, len(words) - count, piece):
            for known, name in _types_of(count, len(printed)):
                if _near(printed, known):
                    return _Type(name, piece[0].start(), True)
    return None


@cache
def _types_of(words: int, length: int) -> tuple[tuple[str, str], ...]:
    """The types of so many words and letters, as folded words and name."""
    folded = ((" ".join(known), name) for known, name in type_names().items() if len(known) == words)
    return tuple((known, name) for known, name in folded if len(known) == length)


@cache
def _last_words() -> frozenset[str]:
    return frozenset(known[-1] for known in type_names())


def _near(printed: str, known: str) -> bool:
    """Whether two words of equal length differ in one letter, or two when they are long."""
    return sum(a != b for a, b in zip(printed, known, strict=True)) <= (2 if len(known) > 13 else 1)


def _law_before(page: Page, low: int, end: int) -> _Type | None:
    """The law a code of the National Assembly belongs to, its long name between: "Luật … ở nước ngoài số …"."""
    found = _type_apart(page, list(_WORD.finditer(page.folded, low, end)))
    return found if found and found.name in _LAWS else None


def _type_apart(page: Page, words: list[re.Match[str]]) -> _Type | None:
    for last in range(len(words) - 1, 0, -1):
        if _STOP.search(page.text, words[last - 1].end(), words[last].start()):
            return None
        found = _type_ending_at(page, words, last, adjacent=False)
        if found and page.text[found.start].isupper() and found.name not in _NEVER_APART:
            return found
    return None


def _type_ending_at(page: Page, words: list[re.Match[str]], last: int, *, adjacent: bool) -> _Type | None:
    names = type_names()
    printed = tuple(word.group() for word in words[max(last - 5, 0) : last])
    for first in range(len(printed)) if printed and printed[-1] in _last_words() else ():
        name = names.get(printed[first:])
        if name:
            at = last - len(printed) + first
            piece = words[at:last]
            if _is_type_word(page, words, at, piece) and _is_spelt(page, piece, name):
                return _Type(name, piece[0].start(), adjacent)
    short = words[last - 1] if adjacent else None
    if short and short.group() in _SHORT_TYPES and page.text[short.start()].isupper():
        return _Type(_SHORT_TYPES[short.group()], short.start(), adjacent)
    return None


def _is_spelt(page: Page, piece: list[re.Match[str]], name: str) -> bool:
    """A type of one word has to be spelt right or without any accents: "thứ 5" is no "Thư"."""
    if len(piece) > 1:
        return True
    printed = page.text[piece[0].start() : piece[0].end()].lower()
    return printed in (name.lower(), piece[0].group())


def _is_type_word(page: Page, words: list[re.Match[str]], first: int, piece: list[re.Match[str]]) -> bool:
    gaps = itertools.pairwise(piece)
    if not all(_BETWEEN_WORDS.fullmatch(page.folded, a.end(), b.start()) for a, b in gaps):
        return False
    if not first:
        return True
    before = words[first - 1]
    if (
        page.text[before.start() : before.end()] not in _NOT_TYPES_AFTER
        or page.text[before.end() : piece[0].start()].strip()
    ):
        return True
    return first > 1 and words[first - 2].group() == "hai"  # the city, not an office


def _provision(page: Page, start: int) -> str | None:
    found = rules.PROVISION.pattern.search(page.folded, max(start - 120, 0), start)
    if not found:
        return None
    printed = " ".join(page.text[found.start() : found.end()].split())
    return re.sub(r"^(?i:tại)\s|[\s,]*\s(?i:của|và|đến|hoặc)$|,$", "", printed)
