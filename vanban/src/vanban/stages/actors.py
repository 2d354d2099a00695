"""Who is meant by a sentence that orders: names and groups of units, as printed."""

from __future__ import annotations

import re

from vanban.rules import obligations as rules
from vanban.rules.issuers import name_end
from vanban.stages.mentions import Page

_TOKEN = re.compile(r"[^\W_][\w&]{0,30}")
_GAP = re.compile(r"\s{0,4}(?:[-–—,/;:]\s{0,4})?(?<![\w.)])")
_SPLIT = re.compile(
    r"\s*[;,]\s*(?:và\s+)?(?=(?:các|thủ trưởng|lãnh đạo)\s|[A-ZĐÀ-Ỹ])|\s+và\s+(?=các\s|[A-ZĐÀ-Ỹ][\wÀ-ỹ&]*\s+[\wÀ-ỹ&])"
)
_LISTED = re.compile(r"cac\s{1,4}(?:so|bo|nganh|truong)\Z")
_OF = re.compile(r"(?:báo cáo|văn bản|hồ sơ|kế hoạch|danh sách)\s{1,4}của\s{1,4}", re.IGNORECASE)
_MAX_WORDS = 40
_WORD = re.compile(r"[^\W\d_]{1,12}(?:/c)?")
_NAMES_OFFICES = re.compile(
    r"(?:tổ chức|đào tạo|quản lý|kiểm tra|giám sát|phát triển|bảo vệ|đầu tư|thanh tra|xây dựng)(?!\w)"
)
_NAME_GOES_ON = re.compile(r"(?:giao duc|ke hoach|khoa hoc)\s{1,4}va\s{1,4}\Z")
"""Behind these a word that may be an action is the second half of a name: "các sở giáo dục và đào tạo"."""
_OFFICE = re.compile(r"(?:phong|so|ban|vu|cuc|trung tam|uy ban)\s{1,4}\Z")
_DELEGATES = re.compile(
    r"\s{0,3}(?:(?:trân trọng|kính|xin)\s{1,3})?(?:mong|đ[ềê] nghị|yêu\W{1,6}c[ầâ]u|giao|phân công)(?!\w)"
)


def acts_at(page: Page, at: int) -> bool:
    """Whether a word of action begins here."""
    word = _WORD.match(page.text, at)
    return (
        word is not None
        and word.group().lower() in rules.ACTION_WORDS
        and rules.ACTION.pattern.match(page.text, at) is not None
    )


def actor_at(page: Page, at: int) -> bool:
    """Whether the name of somebody who can act begins here."""
    word = _WORD.match(page.text, at)
    return (
        word is not None
        and word.group().lower() in rules.ACTOR_WORDS
        and rules.ACTOR.pattern.match(page.text, at) is not None
    )


def actor_end(page: Page, start: int, limit: int) -> int:
    """Where the group of actors that starts at ``start`` ends: before the first word of action."""
    at = end = start
    for count in range(_MAX_WORDS):
        token = _TOKEN.match(page.text, at, limit)
        if token is None:
            break
        if count and _acts(page, token, start):
            break
        end = token.end()
        gap = _GAP.match(page.text, end, limit)
        if gap is None or (":" in gap.group() and not _LISTED.search(page.folded, max(end - 14, start), end)):
            break
        at = gap.end()
    return end


def _acts(page: Page, token: re.Match[str], start: int) -> bool:
    """Whether a word of action starts here; inside a name ("Tổ chức cán bộ") capitals do not count."""
    if not acts_at(page, token.start()) or page.folded.endswith("ngoai ", start, token.start()):
        return False  # "Ngoại giao" orders nothing
    if page.text[token.start()].isupper() and page.text[start : start + 1] != "":
        return page.text[max(token.start() - 2, 0) : token.start()].strip() in (",", ":")
    before = page.folded[max(token.start() - 20, start) : token.start()]
    named = _NAMES_OFFICES.match(page.text, token.start())
    return not (named and (_OFFICE.search(before) or _NAME_GOES_ON.search(before)))


def actors_in(page: Page, start: int, end: int) -> tuple[str, ...]:
    """The actors printed in a stretch of text, each by itself: "PGDĐT quận, huyện, các đơn vị" are two."""
    printed = " ".join(page.text[start:end].split()).strip(" ,;:-–.")
    if not printed:
        return ()
    pieces: list[str] = []
    last = 0
    for found in [*_SPLIT.finditer(printed), None]:
        if found and found.group().strip() == "và" and not rules.ACTOR.pattern.match(printed, found.end()):
            continue  # "Ban Tuyên giáo và Dân vận" is one body
        piece = printed[last : found.start() if found else len(printed)]
        if piece:
            pieces.append(piece)
        last = found.end() if found else last
    return tuple(pieces)


def find_actors(page: Page, start: int, end: int, before: int) -> tuple[tuple[str, ...], int]:
    """Who has to act in the sentence ``start:end``, and where their names end.

    In this order: "Đối với …,", the subject that begins the sentence unless it hands the work on, an order
    ("đề nghị …", "giao …"), the subject right before ``before`` (the word of duty), the owner of what is sent
    ("báo cáo của các đơn vị").
    """
    for_actors = rules.FOR_ACTORS.pattern.match(page.folded, start)
    if for_actors:
        stop = actor_end(page, for_actors.end(), end)
        return actors_in(page, for_actors.end(), stop), stop
    leading = _leading(page, start, end)
    if leading[0] and not _DELEGATES.match(page.text, leading[1]):
        return leading
    for reading in (
        _ordered(page, start, end, before),
        leading,
        _after_comma(page, start, before),
        _owner(page, start, end),
    ):
        if reading[0]:
            return reading
    return (), start


def _owner(page: Page, start: int, end: int) -> tuple[tuple[str, ...], int]:
    found = _OF.search(page.text, start, end)
    if found is None or not actor_at(page, found.end()):
        return (), start
    stop = actor_end(page, found.end(), end)
    return actors_in(page, found.end(), stop), stop


def _ordered(page: Page, start: int, end: int, before: int) -> tuple[tuple[str, ...], int]:
    result: tuple[tuple[str, ...], int] = ((), start)
    for found in rules.ORDERS.pattern.finditer(page.text, start, end):
        if found.start() > before and result[0]:
            break
        at = found.end()
        if actor_at(page, at):
            stop = actor_end(page, at, end)
            result = actors_in(page, at, stop), stop
    return result


def _leading(page: Page, start: int, end: int) -> tuple[tuple[str, ...], int]:
    """The subject that begins the sentence, and where it ends."""
    at = skip_marker(page, start, end)
    if not page.text[at : at + 1].isupper() or not actor_at(page, at):
        return (), at
    stop = actor_end(page, at, end)
    bracket = _BRACKET.match(page.text, stop, end)
    behind = bracket.end() if bracket else stop
    follows = page.text[behind : behind + 3].lstrip()
    verb = behind + len(page.text[behind : behind + 3]) - len(follows)
    if follows.startswith(":") or acts_at(page, verb):
        return actors_in(page, at, stop), stop
    return (), at


def _after_comma(page: Page, start: int, before: int) -> tuple[tuple[str, ...], int]:
    """ "Hết học kỳ I, nhà trường báo cáo …": the name between the comma and the word of duty."""
    comma = max(page.text.rfind(", ", start, before), page.text.rfind("; ", start, before))
    at = comma + 2
    grouped = page.folded.startswith("cac ", at)
    if comma < 0 or not (grouped or page.text[at : at + 1].isupper()) or not actor_at(page, at):
        return (), start
    stop = min(actor_end(page, at, before) if grouped else name_end(page.text, page.folded, at), before)
    return actors_in(page, at, stop), stop


_BRACKET = re.compile(r"\s?\([^()]{2,60}\)")
_MARKER = re.compile(
    r"[\s\-+•*–_.]{0,8}(?:(?:Điều\s[0-9]{1,3}|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|[a-zđ]|[IVX]{1,5})(?:[.)/:]|[-–]\s)\s{0,4})?"
)


def skip_marker(page: Page, start: int, end: int) -> int:
    """Behind the dash or number that begins an item."""
    found = _MARKER.match(page.text, start, end)
    return found.end() if found else start
