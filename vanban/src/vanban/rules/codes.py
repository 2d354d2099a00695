"""The grammar of document codes: where one starts and ends, what it is made of, and what it should have been.

Four shapes (NĐ 30/2020/NĐ-CP Phụ lục III; Hướng dẫn 36-HD/VPTW): ``15/QĐ-BNV`` with a type, ``5740/BTTTT-TTĐN``
without, ``72/2015/NĐ-CP`` and ``45/2019/QH14`` with a year, ``12-CT/TW`` of the Party; and what scanning makes of them.
Every quantifier is bounded and no two neighbours can eat the same character in two ways, so time is linear.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from vanban.rules.lexicon import all_type_codes, party_bodies, spaced_bodies, state_bodies, type_codes
from vanban.rules.rule import Rule
from vanban.text.fold import fold

_LATIN = [chr(code) for code in (*range(0x41, 0x5B), *range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))]
UPPER = "".join(c for c in _LATIN if c.isupper() and (c == "Đ" or unicodedata.normalize("NFD", c)[0].isascii()))
LOWER = "".join(dict.fromkeys(c.lower() for c in UPPER))

_VOWELS = "".join(c for c in LOWER if unicodedata.normalize("NFD", c)[0] in "aeiouy")
_NOT_A_WORD = (  # a capital that begins the next word in run-together text ("…UBNDCăn cứ") is not part of the code
    rf"(?![{_VOWELS}]|(?<=[TCGKNP])h[{_VOWELS}]|(?<=T)r[{_VOWELS}]|(?<=N)gh?[{_VOWELS}])"
)
_SEGMENT = (
    rf"(?:0(?=Đ)|[§$](?=[{UPPER}]))?"
    rf"[{UPPER}€](?:[{UPPER}0-9&€]"
    rf"|\.(?=[{UPPER}](?![{LOWER}]))"
    rf"|[{LOWER}](?=[{UPPER}])|(?<=[TC])r(?![{LOWER}])|(?<=[TC])tr(?![{LOWER}])"
    rf"|(?<=T)[gsqeøạ](?![{LOWER}])|(?<=T)hị(?=U)|đ(?![{LOWER}])"
    rf"){{0,24}}{_NOT_A_WORD}"
)
_TYPED = "|".join(sorted((re.escape(code) for code in all_type_codes()), key=len, reverse=True))
_DASH = r"[-–—~_/]"
_JOIN = rf"(?:{_DASH}\s{{0,4}}|\s{{1,2}}{_DASH})"
_FIRST = r"[0-9](?<![0-9A-Z_@§Š/].)(?<![0-9][.,].)"
"""The first figure; it stands in front of what must not stand before it, so that the engine skips to it."""
_DIGITS = r"(?:[0-9]|[§ŠIlO|](?=[0-9§Š|])|[§Š](?=[/\-])){0,5}"
_SPACED = "|".join(rf"(?<=-{word})" for word in sorted(spaced_bodies()))
_BODY = (
    rf"(?:(?:{_TYPED})\s[-–]\s(?=[{UPPER}]{{2}}))?{_SEGMENT}(?:{_JOIN}{_SEGMENT}){{0,8}}"
    rf"(?:\s[-–]\s{_SEGMENT}(?=\s+(?:[Nn]gày|của)\s))?"
    rf"(?:(?:{_SPACED})\s[{UPPER}]{{1,6}}(?=\s+(?:[Nn]gày|của|về)|[,;)]|\s*\Z))?"
)
_YEAR = r"(?:19|20|2O)[0-9OIl]{2}"
_TAIL = rf"\s{{0,4}}\.?{_DASH}{{1,2}}\s{{0,4}}(?:(?P<year>{_YEAR})\s{{0,4}}{_DASH}\s{{0,4}})?(?P<body>{_BODY})"

CODE = Rule(
    id="code.any",
    pattern=re.compile(
        rf"(?P<number>{_FIRST}{_DIGITS}[A-Za-zĐ]?)(?:{_TAIL}"
        rf"|\s?(?P<glued>(?:{_TYPED})[-/]\s{{0,4}}{_SEGMENT}(?:{_JOIN}{_SEGMENT}){{0,6}})"
        rf"|/(?P<only_year>{_YEAR})(?![0-9/\-])|(?=\s{{1,3}}[Nn]gày\s{{1,2}}[0-9])"
        rf"|(?<=[sS][ốóôoÓỐÔO]\s[0-9])|(?<=[sS][ốóôoÓỐÔO]\s[0-9]{{2}})|(?<=[sS][ốóôoÓỐÔO]\s[0-9]{{3}})"
        rf"|(?<=[sS][ốóôoÓỐÔO]\s[0-9]{{4}}))"
    ),
    matches=(
        "15/QĐ-BNV", "5740/BTTTT-TTĐN", "72/2015/NĐ-CP", "45/2019/QH14", "12-CT/TW", "272-\n\nQĐ/TW", "131/CĐ-\nTTg",
        "12CT/TW", "6326TTr-STNMT", "76-Ctr/TU", "3158/QĐ-§SYT", "12/2021/0Đ- TTg", "16/2006/TTLT/BLĐTBXH-BGD-ĐT-BTC",
        "22/2021", "số 567", "30/QĐ - UBND", "18/KH-SGDĐT-GDTrH", "45 / SGDĐT - GDTrH ngày 5",
    ),
    rejects=("80-120 người/lớp", "240.000 đồng/người", "ngày 05/8/2020", "2017 - 2018", "302 + 303/Ngày", "24 giờ/7"),
    source="anchored on a number, so that a text without numbers costs one pass",
)  # fmt: skip


MISREAD_NUMBER = Rule(
    id="code.misread_number",
    pattern=re.compile(
        rf"[sS,;](?:(?<=[sS])[ốóôoÓỐÔO]\s{{1,4}}|(?<=[,;])\s{{1,3}}(?=[^/\s]{{0,5}}[0-9]))(?P<number>[IlOoSŠ§BZ|][0-9IlOoSŠ§BZ"
        rf"|]{{0,5}}(?<=[0-9OlI|]))(?P<glued>(?!))?(?P<only_year>(?!))?{_TAIL}"
    ),
    matches=("số l23/QĐ-UBND", "số O5-CT/TW", "số I4/2023/TT-BYT", "12/QĐ-BYT, l3/QĐ-BYT"),
    rejects=("số 12/QĐ-UBND", "Sở L/QĐ-UBND", "so sánh"),
    source="a scan reads the first digit as a letter; only behind the word 'số' or in a list",
)


@dataclass(frozen=True, slots=True)
class Code:
    """One code taken apart: ``symbol`` as printed without whitespace, ``norm`` and ``segments`` as they should be."""

    number: str
    year: str | None
    segments: tuple[str, ...]
    symbol: str
    norm: str

    @property
    def is_typed(self) -> bool:
        """Whether the first segment names a type of document, or the code is of a law."""
        return bool(self.segments) and (fold(self.segments[0]) in _TYPE_FOLDS or self.year is not None)

    @property
    def is_bare(self) -> bool:
        """Whether nothing but a number (and perhaps a year) is printed."""
        return not self.segments


_TYPE_FOLDS = frozenset(fold(code) for code in all_type_codes())
_SPACE = re.compile(r"\s+")
_SPLIT = re.compile(r"[-–—~_/]+")
_LOOKS = str.maketrans({"0": "O", "Q": "O", "1": "I", "§": "S", "$": "S", "Š": "S", "5": "S", "8": "B"})
_DIGIT = str.maketrans(
    {"I": "1", "l": "1", "|": "1", "O": "0", "o": "0", "S": "5", "Š": "5", "§": "8", "B": "8", "Z": "2"}
)
_TTG = re.compile(r"[TI1l]{1,2}[gGEesSqQ89&øạ]|TTGg?")
_ASSEMBLY = re.compile(r"(QH)([0-9IlO]{1,2})\Z")
_CODE_OF_STATE = {"cr": "CP", "cd": "CP", "cb": "CP", "cf": "CP"}


def read_code(match: re.Match[str]) -> Code:
    """Take a match of ``CODE`` or ``MISREAD_NUMBER`` apart."""
    number = match["number"]
    year = (match["year"] or match["only_year"] or "").translate(_DIGIT) or None
    printed = match["body"] or match["glued"] or ""
    segments = tuple(piece for piece in _SPLIT.split(_SPACE.sub("", printed)) if piece)
    symbol = _SPACE.sub("", match.string[match.start("number") : match.end()])
    mended = _mended(segments)
    rest = symbol[len(number) :]
    whole = (
        number
        if number.isdigit()
        else re.sub(r"[^0-9]", lambda odd: odd.group().translate(_DIGIT), number[:-1]) + _last(number)
    )
    norm = _norm(whole, rest, (segments, mended), match, year)
    return Code(number, year, mended, symbol, norm)


def _last(number: str) -> str:
    """The last character of a number: a letter printed on it stays ("12a"), a look-alike becomes a digit."""
    return (
        number[-1]
        if number[-1].isdigit() or (number[:-1].isdigit() and number[-1] not in "OlI|§Š")
        else number[-1].translate(_DIGIT)
    )


def _norm(
    number: str, rest: str, pieces: tuple[tuple[str, ...], tuple[str, ...]], match: re.Match[str], year: str | None
) -> str:
    segments, mended = pieces
    if not segments:
        return number + rest
    if year is None and len(mended) == 2 and _is_party(mended):
        return f"{number}-{mended[0]}/{mended[1]}"
    if match["year"]:
        rest = rest.replace(match["year"], year or "", 1)
    for old, new in zip(segments, mended, strict=True):
        if old != new:
            rest = re.sub(rf"(?<![^\-–—~_/]){re.escape(old)}(?![^\-–—~_/])", new, rest, count=1)
    rest = re.sub(r"[–—~_]", "-", rest).lstrip(".")
    rest = re.sub(r"\A-/|\A/-|\A//", "/", rest)
    return f"{number}/{rest}" if match["glued"] else number + rest


def _is_party(segments: tuple[str, ...]) -> bool:
    return fold(segments[0]) in _TYPE_FOLDS and segments[1].upper() in party_bodies()


@lru_cache(maxsize=4096)
def _mended(segments: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_mend(piece, at, segments) for at, piece in enumerate(segments))


def _mend(piece: str, at: int, segments: tuple[str, ...]) -> str:
    """The segment as it should be: accents and case of known codes back, doubled letters and look-alikes undone."""
    plain = piece.strip(".§$") if piece[:1] in "§$" and len(piece) > 2 else piece.rstrip(".")
    plain = _ASSEMBLY.sub(
        lambda found: found[1] + found[2].translate(_DIGIT), plain.replace("€C", "C").replace("€", "C")
    )
    count = len(segments)
    if at == 0 and count > 1:
        return _mend_type(plain)
    if at == count - 1 and count > 1:
        kind = fold(_mend_type(segments[0]))
        if kind in ("qd", "ct", "cd") and _TTG.fullmatch(plain):
            return "TTg"
        if kind == "nd":
            return _CODE_OF_STATE.get(fold(plain), state_bodies().get(fold(plain), plain))
    return state_bodies().get(fold(plain), plain)


def _mend_type(plain: str) -> str:
    if plain in all_type_codes():
        return plain
    if fold(plain) in type_codes():
        return type_codes()[fold(plain)]
    undoubled = re.sub(r"[ĐD]{2,}\Z", "Đ", plain)
    if undoubled in all_type_codes():
        return undoubled
    return _ALIKE.get(fold(fold(plain).upper().translate(_LOOKS)), plain) if len(plain) == 2 else plain


_ALIKE = {
    fold(fold(code).upper().translate(_LOOKS)): code for code in ("QĐ", "NĐ", "CĐ", "TB", "BC", "BB", "NQ", "KH", "CT")
}


def key_of(code: Code, type_name: str | None) -> str:
    """One key for all variants of a document: number without zeros, year, segments; upper-case ASCII joined by hyphens.

    Separators, accents, ``&``, dots and letter case do not count; the bodies of a joint circular are run together
    because they are hyphenated in several ways. A bare number gets its type, folded.
    """
    head = re.match(r"[0-9]*[A-Za-zĐ]?", code.norm)
    number = (head.group() if head else code.number).lstrip("0") or "0"
    pieces = [piece for piece in _SPLIT.split(code.norm)[1:] if piece]
    if code.year and pieces and pieces[0] == code.year:
        pieces = pieces[1:]
    plain = [re.sub(r"[^A-Z0-9]", "", fold(piece).upper()) for piece in pieces]
    if plain and plain[0].startswith(("TTLT", "TTLB", "NQLT", "QDLT")):
        plain = [plain[0], "".join(plain[1:])]
    if not plain and type_name:
        plain = [fold(type_name).upper().replace(" ", "")]
    return "-".join(piece for piece in (fold(number).upper(), code.year, *plain) if piece)
