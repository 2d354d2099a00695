"""Sentences of Vietnamese reports: where one ends, and what it says once spelling and names are levelled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from caunoi.kernel.text import fold, squeeze

_BULLET = re.compile(r"^(?:[-+*•–—·▪]|\d{1,2}[.)]|[a-zđ]\))\s+")
_END = re.compile(r"(?<=[.!?…])\s+(?=[\"“(]?(\w))")
_OPEN = re.compile(
    r"(?:\b(?:TP|GS|PGS|TS|ThS|BS|KS|Tr|Ths|St|No|[A-ZĐ])\."
    r"|(?:^|(?:[Mm]ục|[Kk]hoản|[Pp]hần|[Đđ]iều|[Cc]hương)\s)\d{1,2}\.)$"
)
"""Endings that do not end a sentence: abbreviations, initials, numbers of points."""
_LEANING = re.compile(
    r"(?:\d|Trong đó|Cụ thể|Ngoài ra|Đồng thời|Qua đó|Nhờ đó|Do đó|Vì vậy|Kết quả|Các em|Sau đó|Riêng|Tuy nhiên)\b"
)
"""Beginnings that mean nothing without the sentence before: such a sentence stays with it."""
_WORDS = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_INNER = re.compile(r"(?<![.!?…:;\"“(\n])\s([^\W\d_]+)")
"""Words that do not begin a sentence."""

_LONG_FORMS = {
    "gd đt": "giáo dục và đào tạo", "gdđt": "giáo dục và đào tạo", "hs": "học sinh", "gv": "giáo viên",
    "cb": "cán bộ", "nv": "nhân viên", "cbgvnv": "cán bộ giáo viên nhân viên", "cbqlgvnv":
    "cán bộ quản lý giáo viên nhân viên", "cbql": "cán bộ quản lý", "cmhs": "cha mẹ học sinh", "kh": "kế hoạch",
    "ubnd": "ủy ban nhân dân", "hđ": "hoạt động", "htqt": "hợp tác quốc tế", "ttđn": "thông tin đối ngoại",
    "hnqt": "hội nhập quốc tế", "thpt": "trung học phổ thông", "thcs": "trung học cơ sở", "nn": "nước ngoài",
    "vn": "Việt Nam",
}  # fmt: skip
_FOLDED_LONG_FORMS = {fold(short): fold(long).split() for short, long in _LONG_FORMS.items()}
_SELF = "~"
"""Stands for the unit that speaks, however it calls itself."""
_SELVES = ("nha truong", "don vi", "truong", "trung tam", "co so", "chung toi", "toan truong", "truong chung toi")
_NEGATIONS = frozenset({"khong", "chua", "chang", "kho", "it"})
_NOTHING = frozenset(
    fold(text)
    for text in (
        "Không", "Không có", "Không có nội dung", "Không phát sinh", "Chưa phát sinh", "Chưa có", "Không có phát sinh",
        "Không có ý kiến", "Không có kiến nghị", "Không có khó khăn", "Không có khó khăn, vướng mắc", "Không có gì",
        "Không có kiến nghị, đề xuất", "Không có đề xuất", "KPS",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Print:
    """What is left of a sentence when it is compared: words as a unit would write them, and its facts."""

    words: tuple[str, ...]
    facts: tuple[str, ...]
    """Numbers, negations and names: two sentences say the same only when all of these are equal."""

    @property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Runs of three words."""
        return frozenset(self.words[i : i + 3] for i in range(max(1, len(self.words) - 2)))

    @property
    def pattern(self) -> tuple[str, ...]:
        """The words without numbers: what units say alike of different figures."""
        return tuple(word for word in self.words if not word[0].isdigit())


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a section: its lines without bullets, markers of points and blanks."""
    lines = (_BULLET.sub("", squeeze(line)) for line in text.splitlines())
    return [line for line in lines if line]


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph, in order; joined with blanks they are the paragraph again."""
    text, found, start = squeeze(paragraph), [], 0
    for end in _END.finditer(text):
        alone = end.group(1).isupper() and not _LEANING.match(text, end.end())
        if alone and not _OPEN.search(text[start : end.start()]):
            found.append(text[start : end.start()])
            start = end.end()
    return [piece for piece in (*found, text[start:]) if piece]


def says_nothing(sentence: str) -> bool:
    """Whether a sentence only states that there is nothing to report."""
    return fold(sentence).strip(" .;,!-") in _NOTHING_FOLDED


_NOTHING_FOLDED = frozenset(text.strip(" .;,!-") for text in _NOTHING)


def print_of(sentence: str, unit: str) -> Print:
    """Return the print of what ``unit`` wrote: no accents, abbreviations in full, its own name left out."""
    own = _own_names(unit)
    folded = fold(sentence)
    for name in own:
        if name in folded:
            folded = re.sub(rf"\b{re.escape(name)}\b", _SELF, folded)
    bare = _THOUSANDS.sub(lambda match: match.group().replace(".", ""), _leading_self(folded))
    numbers = [_number(text) for text in _NUMBER.findall(bare)]
    words = [word for raw in _WORDS.findall(bare) for word in _FOLDED_LONG_FORMS.get(raw, [raw.lstrip("0") or "0"])]
    negations = [word for word in words if word in _NEGATIONS]
    names = [name for name in _names(sentence) if not any(name in each.split() for each in own)]
    return Print(tuple(words), tuple(sorted([*numbers, *negations, *names])))


@lru_cache(maxsize=4096)
def _own_names(unit: str) -> tuple[str, ...]:
    """Return how a unit may name itself: its whole name, and its ends of two words and more, the longest first."""
    words = fold(unit).split()
    return tuple(" ".join(words[at:]) for at in range(max(1, len(words) - 1)))


def _leading_self(folded: str) -> str:
    """Return the text without the words by which the speaker begins to speak of itself."""
    for start in (f"{_SELF} ", *(f"{self} {_SELF} " for self in _SELVES), *(f"{self} " for self in _SELVES)):
        if folded.startswith(start):
            return folded[len(start) :]
    return folded


def _number(text: str) -> str:
    whole, _, rest = text.replace(",", ".").partition(".")
    return f"{whole.lstrip('0') or '0'}.{rest.rstrip('0')}" if rest.rstrip("0") else whole.lstrip("0") or "0"


def _names(sentence: str) -> Iterable[str]:
    """Return the capitalised words inside a sentence, which name countries, partners and people."""
    if sentence.upper() == sentence:
        return []
    names = [fold(word) for word in _INNER.findall(sentence) if word[0].isupper()]
    return [name for name in names if name not in _FOLDED_LONG_FORMS]
