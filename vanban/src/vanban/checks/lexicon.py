"""What is known about Vietnamese spelling: which syllables can be, common compounds, confusions, names of bodies.

The lists are in ``vanban/data/spelling.json``; the grammar of the syllable is here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import cast

from vanban.data import load, words
from vanban.text.fold import fold

_FILE = "spelling.json"
_ONSET = r"(?:ngh?|gh|gi|g|ch|kh|k|nh|n|ph|qu|th|tr|t|b|c|d|đ|h|l|m|r|s|v|x|p)?"
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en
    eng eo ep et ê êch êm ên ênh êp êt êu êng i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it
    iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi
    om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê
    uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uynh uyên uyêt uyt uyu uyn
    uyp ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu yn
"""
_SYLLABLE = re.compile(f"({_ONSET})({'|'.join(sorted(_RHYMES.split(), key=len, reverse=True))})")
_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_STOPPED = re.compile(r"(?:c|ch|p|t)\Z")
_BEFORE_FRONT = ("k", "gh", "ngh")
_BEFORE_BACK = ("c", "g", "ng")
_FRONT = tuple("eêiy")
_LONGEST_SYLLABLE = 8
_REMEMBERED = 1 << 16
"""Words kept, so that a long-lived process does not grow."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A pattern of what is wrong and the words that are right."""

    pattern: re.Pattern[str]
    mend: str


@cache
def _compounds() -> dict[str, frozenset[tuple[str, str]]]:
    """Folded compound → its right forms, in small letters with the modern placement of tones."""
    found: dict[str, set[tuple[str, str]]] = {}
    for compound in words(_FILE, "compounds"):
        first, second = compound.split()
        found.setdefault(fold(compound), set()).add((plain_tone(first), plain_tone(second)))
    return {key: frozenset(value) for key, value in found.items()}


@cache
def _certain() -> frozenset[tuple[str, str]]:
    return frozenset((plain_tone(a), plain_tone(b)) for a, b in (one.split() for one in words(_FILE, "certain")))


@cache
def _reduplications() -> frozenset[str]:
    return frozenset(words(_FILE, "reduplications"))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(words("surnames.json", "surnames"))


@cache
def _foreign() -> frozenset[str]:
    return frozenset(words(_FILE, "foreign"))


@cache
def confusions() -> tuple[Entry, ...]:
    """Patterns of words misspelt in their neighbourhood."""
    return _entries("confusions")


@cache
def lost_words() -> tuple[Entry, ...]:
    """Patterns of phrases with a word missing or too many."""
    return _entries("phrases")


@cache
def body_names() -> tuple[Entry, ...]:
    """Patterns of names of bodies that are not official."""
    return _entries("bodies")


def _entries(field: str) -> tuple[Entry, ...]:
    rows = cast(list[dict[str, str]], load(_FILE)[field])
    return tuple(Entry(re.compile(row["wrong"]), row["right"]) for row in rows)


@lru_cache(maxsize=_REMEMBERED)
def plain_tone(text: str) -> str:
    """Small letters with the tone moved to where the spelling of 1984 puts it: "hoà" and "hòa" become one."""
    out: list[str] = []
    for word in text.casefold().split():
        decomposed = unicodedata.normalize("NFD", word)
        tone = next((char for char in decomposed if char in _TONES), "")
        bare = unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES))
        out.append(f"{bare}{_TONES.get(tone, '')}")
    return " ".join(out)


def pairs(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Neighbouring words as written in a dictionary of compounds."""
    for first, second in pairwise(texts):
        yield plain_tone(first), plain_tone(second)


def mistaken_pair(texts: Sequence[str], place: int) -> tuple[str, str] | None:
    """The compound that ``texts[place:place + 2]`` was meant to be, in plain tones; ``None`` when there is no doubt.

    Only one syllable may differ, and neither may belong to a compound with its other neighbour.
    """
    first, second = texts[place], texts[place + 1]
    right = _compounds().get(fold(f"{first} {second}"))
    here = plain_tone(first), plain_tone(second)
    if (
        not right
        or here in right
        or first.isupper() != second.isupper()
        or (first[0].islower() and second[0].isupper())
    ):
        return None
    near = [
        form
        for form in right
        if (form[0] == here[0]) != (form[1] == here[1]) and not _is_function_word(texts[place : place + 2], here, form)
    ]
    if not near or _is_compound(texts, place - 1) or _is_compound(texts, place + 1):
        return None
    return near[0]


def _is_function_word(printed: Sequence[str], here: tuple[str, str], right: tuple[str, str]) -> bool:
    """Whether the syllable that differs is one of the small words that stand anywhere ("sự có mặt" is no "sự cố")."""
    differing = printed[0] if here[0] != right[0] else printed[1]
    return differing.casefold() in _small_words()


@cache
def _small_words() -> frozenset[str]:
    return frozenset(words(_FILE, "small_words"))


_VERB_TAILS = frozenset({"ra", "lên", "nên", "thành", "vào"})
"""Words that make a verb of one syllable: "học sinh sinh ra"."""


def may_touch(folded: Sequence[str], place: int) -> bool:
    """Whether a doubled syllable can be the end of one word and the start of the next.

    It can behind a compound and before a verb's tail, and before a compound unless the word in front is complete:
    "cho cán cán bộ", "đẩy mạnh ngoại ngoại giao", "hoạt động động của" are slips.
    """
    after = folded[place + 2] if place + 2 < len(folded) else ""
    if _is_compound(folded, place - 1):
        return after in _VERB_TAILS
    closed = place == 0 or folded[place - 1] in _small_words() or _is_compound(folded, place - 2)
    return not closed and _is_compound(folded, place + 1)


def starts_compound(folded: Sequence[str], place: int) -> bool:
    """Whether the word at ``place`` and the next make a known compound."""
    return _is_compound(folded, place)


def must_touch(folded: Sequence[str], place: int) -> bool:
    """Whether both sides are known compounds: "phân công công việc"."""
    return _is_compound(folded, place - 1) and _is_compound(folded, place + 1)


def _is_compound(texts: Sequence[str], place: int) -> bool:
    if place < 0 or place + 1 >= len(texts):
        return False
    pair = plain_tone(texts[place]), plain_tone(texts[place + 1])
    return pair in _compounds().get(fold(f"{texts[place]} {texts[place + 1]}"), frozenset())


def is_known(pair: tuple[str, str]) -> bool:
    """Whether two words in plain tones are a common compound."""
    return pair in _all()


@cache
def _all() -> frozenset[tuple[str, str]]:
    return frozenset(pair for forms in _compounds().values() for pair in forms)


def never_otherwise(pair: tuple[str, str]) -> bool:
    """Whether no other compound is written with these letters."""
    return pair in _certain() or pair in _alone()


@cache
def _alone() -> frozenset[tuple[str, str]]:
    return frozenset(next(iter(forms)) for forms in _compounds().values() if len(forms) == 1)


def shown(pair: tuple[str, str]) -> str:
    """A compound in plain tones as it is written."""
    for compound in words(_FILE, "compounds"):
        if tuple(plain_tone(word) for word in compound.split()) == pair:
            return compound
    return " ".join(pair)


def is_reduplication(phrase: Sequence[str]) -> bool:
    """Whether the language doubles this word ("luôn luôn")."""
    return len(phrase) == 1 and (phrase[0] in _reduplications() or len(phrase[0]) == 1 or not phrase[0][0].isalpha())


def is_surname(word: str) -> bool:
    """Whether ``word`` is a family name."""
    return word in _surnames()


def foreign_mistaken(word: str) -> str | None:
    """The common foreign word that ``word`` misses by one letter."""
    lowered = word.casefold()
    if len(lowered) < 6 or not lowered.isascii() or lowered in _foreign():
        return None
    return next(
        (right for right in _foreign() if abs(len(right) - len(lowered)) <= 1 and _one_slip(lowered, right)), None
    )


def _one_slip(wrong: str, right: str) -> bool:
    """One letter inserted, dropped or changed, or two neighbours swapped; the first letter is right."""
    if wrong[0] != right[0] or len(right) < 6:
        return False
    start = 0
    while start < min(len(wrong), len(right)) and wrong[start] == right[start]:
        start += 1
    rest_wrong, rest_right = wrong[start:], right[start:]
    swapped = rest_wrong[:2] == rest_right[:2][::-1] and rest_wrong[2:] == rest_right[2:]
    return rest_wrong[1:] == rest_right or rest_wrong == rest_right[1:] or rest_wrong[1:] == rest_right[1:] or swapped


_LONE_Q = re.compile(r"\Aq(?!u)\w{2}")


@lru_cache(maxsize=_REMEMBERED)
def is_impossible(word: str) -> bool:
    """Whether a word in small letters with Vietnamese accents cannot be a Vietnamese syllable."""
    if word.islower() and _LONE_Q.search(word):
        return True
    if not word.islower() or word.isascii() or not 1 < len(word) <= _LONGEST_SYLLABLE:
        return False
    decomposed = unicodedata.normalize("NFD", word)
    tones = [_TONES[char] for char in decomposed if char in _TONES]
    bare = unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES))
    return len(tones) > 1 or not _is_syllable(bare, tones[0] if tones else "")


def _is_syllable(bare: str, tone: str) -> bool:
    match = _SYLLABLE.fullmatch(bare) or re.fullmatch(r"(g)(i)", bare)
    if match is None:
        return False
    onset, rhyme = match.group(1), match.group(2)
    if _STOPPED.search(rhyme) and tone not in {"s", "j"}:
        return False
    if rhyme.startswith(_FRONT):
        return onset not in _BEFORE_BACK or (onset == "g" and bare.startswith("gi"))
    return onset not in _BEFORE_FRONT
