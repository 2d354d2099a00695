"""Where the name of a body (or of the post that signs for it) begins and ends inside a sentence."""

from __future__ import annotations

import re

from vanban.rules.lexicon import body_heads, name_words, names_with_comma, type_names
from vanban.rules.rule import Rule
from vanban.text.fold import fold


def _any_of(words: tuple[str, ...]) -> str:
    longest_first = sorted(set(words), key=len, reverse=True)
    return "(?:" + "|".join(r"\s{1,4}".join(map(re.escape, word.split())) for word in longest_first) + r")(?!\w)"


HEAD = Rule(
    id="issuer.head",
    pattern=re.compile(rf"(?<!\w){_any_of(body_heads())}"),
    matches=("uy ban nhan dan tinh", "bo tai chinh", "thu tuong chinh phu", "ban bi thu"),
    rejects=("boi duong", "nhan dan", "de an"),
    folded=True,
)
_EXACT = re.compile(_any_of(name_words("exact")))
_PAIRS = re.compile(_any_of(name_words("pairs")))
_LOWER = re.compile(_any_of(name_words("lower")))
_AFTER_AND = re.compile(r"va\s{1,4}" + _any_of(name_words("after_and")))
_TYPE_NEXT = re.compile(
    "(?:(?:va|cac|mot so)\\s{1,4})?"
    + _any_of(tuple(" ".join(words) for words in type_names()))
    + r"\s{0,4}(?:lien\s|so\s{0,3}[:.,\-]?\s{0,4}[0-9]|[0-9:])"
)
_COMMA_NAMES = re.compile(_any_of(names_with_comma()))
_TOKEN = re.compile(r"[^\W_][\w&]{0,30}")
_GAP = re.compile(r"\s{0,6}(?:[-–—,:.]\s{0,4})?")
_SHORT_HEADS = frozenset(
    ("bo", "so", "cuc", "phong", "ban", "vien", "tam", "hoi", "dong", "uy", "doan", "truong", "tong", "chi")
)
_POINTED = frozenset(("tp", "tx", "tt", "p", "q", "h", "x", "gs", "ts", "ths", "pgs"))
_INSIDE = re.compile(
    r"(?:ngoai giao|nguoi có|viec làm|so việc|vu việc|dan số|doi số|ky thuat số|hoa đơn|hinh thức|vien số)(?!\w)"
)
_OF_WHOLE = re.compile(r"(?:doan|to)\s{1,3}(?:giam sat|kiem tra|cong tac|thanh tra)\s{1,3}cua\s")
_GLUED = re.compile(r"(?<=\w)(?:về|ngày|quy)\Z")  # run-together text: "Chính phủvề"
_MAX_WORDS = 30


def name_end(text: str, folded: str, start: int) -> int:
    """Where the name that starts at ``start`` ends; ``start`` itself when no word stands there. Bounded by 30 words."""
    at = end = start
    previous = ""
    for count in range(_MAX_WORDS):
        token = _TOKEN.match(text, at)
        if token is None or (count and _stops(text, folded, token, previous, start)):
            break
        end = token.end()
        glued = _GLUED.search(token.group())
        if glued:
            return token.start() + glued.start()
        previous = folded[token.start() : end]
        gap = _GAP.match(text, end)
        if gap is None or not _goes_on(text, folded, gap, previous, start):
            break
        at = gap.end()
    return end


def _stops(text: str, folded: str, token: re.Match[str], previous: str, start: int) -> bool:
    at = token.start()
    low = folded[at : token.end()]
    if low == "v" and folded.startswith("v/v", at):
        return True
    if low == "va":
        goes_on = _capital_after(text, at + 2) and not _TYPE_NEXT.match(folded, at)
        return not goes_on and not _AFTER_AND.match(folded, at)
    if low == "cua" and _OF_WHOLE.match(folded, start) and _capital_after(text, at + 3):
        return False
    if text[at].islower() and _INSIDE.match(f"{previous} {token.group()}"):
        return False
    return _ends_exactly(text, start, at, token.group()) or _ends_folded(text, folded, at, low, previous)


def _ends_exactly(text: str, start: int, at: int, word: str) -> bool:
    """Whether a word that ends names stands here with its accents; capitalised it belongs to the name, but for "Về"."""
    if word.lower() not in _EXACT_FIRST:
        return False
    if word[0].isupper() and word[:2] != "Về" and not (word.isupper() and text[start:at].isupper()):
        return False
    return _EXACT.match(text[at : at + 14].lower()) is not None


def _ends_folded(text: str, folded: str, at: int, low: str, previous: str) -> bool:
    if low in _PAIRS_FIRST and _PAIRS.match(folded, at):
        return True
    if low in _LOWER_FIRST and text[at].islower() and previous not in _SHORT_HEADS and _LOWER.match(folded, at):
        return True
    return low in _TYPE_FIRST and _TYPE_NEXT.match(folded, at) is not None


def _first_words(kind: str) -> frozenset[str]:
    return frozenset(words.split()[0] for words in name_words(kind))


_EXACT_FIRST, _PAIRS_FIRST, _LOWER_FIRST = _first_words("exact"), _first_words("pairs"), _first_words("lower")
_TYPE_FIRST = frozenset(("cac", "mot", *(words[0] for words in type_names())))


def _capital_after(text: str, at: int) -> bool:
    rest = text[at : at + 6].lstrip()
    return bool(rest) and rest[0].isupper()


def _goes_on(text: str, folded: str, gap: re.Match[str], previous: str, start: int) -> bool:
    mark = gap.group().strip()
    after = gap.end()
    if not mark:
        return after > gap.start() and "|" not in gap.group()
    if mark in "-–—":
        return text[after : after + 1].isupper() or gap.group() == mark
    if mark == ".":
        return previous in _POINTED
    if mark == ":":
        return previous in {"bo", "so", "nganh"} and folded.startswith(("lien", "cac"), start)
    return _comma_goes_on(text, folded, gap.start(), after, start)


def _comma_goes_on(text: str, folded: str, before: int, after: int, start: int) -> bool:
    """A comma belongs to a name in "Văn hóa, Thể thao và Du lịch" and between the bodies of a joint document."""
    window = folded[max(before - 24, start) : after + 40]
    if any(found.start() < before - max(before - 24, start) < found.end() for found in _COMMA_NAMES.finditer(window)):
        return True
    is_joint = folded.startswith(("lien", "cac bo", "cac so"), start)
    return is_joint and text[after : after + 1].isupper() and not _TYPE_NEXT.match(folded, after)


def name_before(text: str, folded: str, low: int, end: int) -> int | None:
    """Where the name that ends right at ``end`` begins, not before ``low``; None when there is none."""
    while end > low and text[end - 1].isspace():
        end -= 1
    for head in HEAD.pattern.finditer(folded, low, end):
        begins = text[head.start()].isupper() or folded.startswith("lien", head.start())
        if begins and name_end(text, folded, head.start()) == end:
            return head.start()
    return None


def initials(name: str) -> str:
    """First letters of the words of a name, folded, "và" left out: "Bộ Giáo dục và Đào tạo" -> ``bgddt``."""
    return "".join(fold(word)[0] for word in _TOKEN.findall(name) if fold(word) != "va")
