"""Words as the index holds them: without accents or đ, letters and digits of ASCII only, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from caunoi.kernel.text import fold

LONGEST = 60
"""Characters of one word that count."""
MOST = 12
"""Words of a question that count."""
TITLE = "zzt"
"""Before a word of a title, so that titles can be asked apart from text."""
JOINED = "zzj"
"""Before what a title reads without its blanks, from each of its words on."""
JOINED_LENGTH = 40
"""Characters of it that count."""
STARTS = 12
"""Words of a title from which it is read so."""
KIND = "zzk"
"""Before the kind of a record."""
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Return the folded words of a text in their order: "21/KH-SGDĐT" is 21, kh, sgddt.

    A word of another script is written in hexadecimal, so that both databases cut it alike.
    """
    return [_plain(word)[:LONGEST] for word in _WORD.findall(fold(text))]


def asked(query: str) -> list[str]:
    """Return the words of a question, each once, at most MOST."""
    return list(dict.fromkeys(words_of(query)))[:MOST]


def indexed(kind: str, title: str, text: str) -> str:
    """Return the words of a record as its row holds them, sorted.

    Its kind, its title's words marked, its title without blanks, all words.
    """
    titled = words_of(title)
    held = {kind_word(kind), *(TITLE + word for word in titled), *joined(titled), *titled, *words_of(text)}
    return " ".join(sorted(held))


def joined(titled: Sequence[str]) -> list[str]:
    """Return what a title reads without blanks from each word on: "Trường Lê Lợi" is found by "truongle", "leloi"."""
    return [JOINED + "".join(titled[start:])[:JOINED_LENGTH] for start in range(min(len(titled) - 1, STARTS))]


def asked_without_blanks(words: Sequence[str]) -> list[str]:
    """Return the one word that finds titles by a question whose blanks are missing or elsewhere."""
    return [JOINED + "".join(words)[:JOINED_LENGTH]]


def kind_word(kind: str) -> str:
    """Return the word that every record of a kind has."""
    return KIND + "".join(words_of(kind))


def rank(title: str, code: str, folded_query: str, words: Iterable[str]) -> int:
    """Return how well a record answers: 0 its code, 1 its title begins so, 2 title words, 3 beginnings, 4 its text."""
    if code and code == folded_query:
        return 0
    if title.startswith(folded_query):
        return 1
    titled = words_of(title)
    wanted = list(words)
    if all(word in titled for word in wanted):
        return 2
    if all(any(one.startswith(word) for one in titled) for word in wanted):
        return 3
    return 4


def _plain(word: str) -> str:
    return word if word.isascii() else "u" + word.encode().hex()
