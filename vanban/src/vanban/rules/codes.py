"""The grammar of document codes: where one starts and ends, what it is made of, and what it should have been.

Four shapes (NĐ 30/2020/NĐ-CP Phụ lục III; Hướng dẫn 36-HD/VPTW): ``15/QĐ-BNV`` with a type, ``5740/BTTTT-TTĐN`` without,
``72/2015/NĐ-CP`` and ``45/2019/QH14`` with a year, ``12-CT/TW`` of the Party; and what scanning makes of them.
Every quantifier is bounded and no two neighbours can eat the same character in two ways, so time is linear.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

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
    rf"[{UPPER}](?:[{UPPER}0-9&]"
    rf"|\.(?=[{UPPER}](?![{LOWER}]))"
    rf"|[{LOWER}](?=[{UPPER}])|(?<=[TC])r(?![{LOWER}])|(?<=[TC])tr(?![{LOWER}])"
    rf"|(?<=T)[gsqeøạ](?![{LOWER}])|(?<=T)hị(?=U)|đ(?![{LOWER}])"
    rf"){{0,24}}{_NOT_A_WORD}"
)
_TYPED = "|".join(sorted((re.escape(code) for code in all_type_codes()), key=len, reverse=True))
_JOIN = rf"(?:[-–/]\s{{0,4}}|\s{{1,2}}[-–/])"
_SPACED = "|".join(rf"(?<=-{word})" for word in sorted(spaced_bodies()))
_BODY = (
    rf"(?:(?:{_TYPED})\s[-–]\s(?=[{UPPER}]{{2}}))?{_SEGMENT}(?:{_JOIN}{_SEGMENT}){{0,8}}"
    rf"(?:(?:{_SPACED})\s[{UPPER}]{{1,6}}(?=\s+(?:[Nn]gày|của|về)|[,;)]|\s*\Z))?"
)
_YEAR = r"(?:19|20)[0-9]{2}"

CODE = Rule(
    id="code.any",
    pattern=re.compile(
        r"(?<![0-9A-Za-z_@])(?<![0-9][./,])(?P<number>[0-9]{1,6}[A-Za-zĐ]?)"
        rf"(?:\s{{0,4}}[/\-–—]{{1,2}}\s{{0,4}}(?:(?P<year>{_YEAR})\s{{0,4}}[/\-–]\s{{0,4}})?(?P<body>{_BODY})"
        rf"|\s?(?P<glued>(?:{_TYPED})[-/]\s{{0,4}}{_SEGMENT}(?:{_JOIN}{_SEGMENT}){{0,6}})"
        rf"|/(?P<only_year>{_YEAR})(?![0-9/\-])"
        rf"|(?<=[sS][ốóôoÓỐÔO]\s[0-9])|(?<=[sS][ốóôoÓỐÔO]\s[0-9]{{2}})|(?<=[sS][ốóôoÓỐÔO]\s[0-9]{{3}})|(?<=[sS][ốóôoÓỐÔO]\s[0-9]{{4}}))"
    ),
    matches=(
        "15/QĐ-BNV", "5740/BTTTT-TTĐN", "72/2015/NĐ-CP", "45/2019/QH14", "12-CT/TW", "272-\n\nQĐ/TW", "131/CĐ-\nTTg",
        "12CT/TW", "6326TTr-STNMT", "76-Ctr/TU", "3158/QĐ-§SYT", "12/2021/0Đ- TTg", "16/2006/TTLT/BLĐTBXH-BGD-ĐT-BTC",
        "22/2021", "số 567", "30/QĐ - UBND", "18/KH-SGDĐT-GDTrH",
    ),
    rejects=("80-120 người/lớp", "240.000 đồng/người", "ngày 05/8/2020", "2017 - 2018", "302 + 303/Ngày", "24 giờ/7 ngày"),
    source="anchored on a number, so that a text without numbers costs one pass",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Code:
    """One code taken apart. ``symbol`` is as printed without whitespace, ``norm`` and ``segments`` as they should be."""

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
_SPLIT = re.compile(r"[-–—/]+")
_LOOKS = str.maketrans({"0": "O", "Q": "O", "1": "I", "§": "S", "$": "S", "Š": "S", "5": "S", "8": "B"})
_TTG = re.compile(r"[TI1l]{1,2}[gGEesSqQ89&øạ]|TTGg?")


def read_code(match: re.Match[str]) -> Code:
    """Take a match of ``CODE`` apart."""
    number = match["number"]
    year = match["year"] or match["only_year"]
    printed = match["body"] or match["glued"] or ""
    body = _SPACE.sub("", printed)
    symbol = _SPACE.sub("", match.group())
    segments = tuple(piece for piece in _SPLIT.split(body) if piece)
    mended = tuple(_mend(piece, at, len(segments), segments) for at, piece in enumerate(segments))
    norm = _norm(number, match["year"], (segments, mended), symbol, glued=match["glued"] is not None)
    return Code(number, year, mended, symbol, norm)


def _norm(number: str, year: str | None, pieces: tuple[tuple[str, ...], tuple[str, ...]], symbol: str, *, glued: bool) -> str:
    segments, mended = pieces
    if not segments:
        return symbol
    if year is None and len(mended) == 2 and _is_party(mended):
        return f"{number}-{mended[0]}/{mended[1]}"
    result = symbol
    if mended != segments:
        for old, new in zip(segments, mended, strict=True):
            result = re.sub(rf"(?<=[-–/0-9]){re.escape(old)}(?![^\-–/])", new, result, count=1)
    result = result.replace("–", "-").replace("—", "-").replace("/-", "/").replace("-/", "/").replace("//", "/")
    return f"{number}/{result[len(number):]}" if glued else result


def _is_party(segments: tuple[str, ...]) -> bool:
    return fold(segments[0]) in _TYPE_FOLDS and segments[1].upper() in party_bodies()


def _mend(piece: str, at: int, count: int, segments: tuple[str, ...]) -> str:
    """The segment as it should be: known codes with their accents and case back, doubled letters and look-alikes undone."""
    plain = piece.strip(".§$") if piece[:1] in "§$" and len(piece) > 2 else piece.rstrip(".")
    folded = fold(plain)
    if at == 0 and count > 1:
        return _mend_type(plain, folded)
    if at == count - 1 and count > 1 and fold(segments[0]) in {"qd", "ct", "cd", "0d"} and _TTG.fullmatch(plain):
        return "TTg"
    if at == count - 1 and plain in {"CR", "CD", "CĐ", "CÐ"} and fold(segments[0]) in {"nd", "nq"} and count == 2:
        return "CP"
    return state_bodies().get(folded, plain)


def _mend_type(plain: str, folded: str) -> str:
    if plain in all_type_codes():
        return plain
    if folded in type_codes():
        return type_codes()[folded]
    undoubled = re.sub(r"[ĐD]{2,}$", "Đ", plain)
    if undoubled in all_type_codes():
        return undoubled
    alike = {fold(code.translate(_LOOKS)): code for code in ("QĐ", "NĐ", "CĐ", "TB", "BC", "BB", "SL", "CT", "HĐ")}
    if plain[:1].isdigit() or not plain.isalpha():
        return alike.get(fold(plain.translate(_LOOKS)), plain)
    return plain


def key_of(code: Code, type_name: str | None) -> str:
    """One key for all variants of a document: number without zeros, year, segments; upper-case ASCII joined by hyphens.

    Separators, accents, ``&``, dots and letter case do not count; the bodies of a joint circular are run together
    because they are hyphenated in several ways. A bare number gets its type, folded.
    """
    head = code.number.lstrip("0") or "0"
    pieces = [piece for piece in _SPLIT.split(code.norm)[1:] if piece]
    if code.year and pieces and pieces[0] == code.year:
        pieces = pieces[1:]
    plain = [re.sub(r"[^A-Z0-9]", "", fold(piece).upper()) for piece in pieces]
    if plain and plain[0].startswith(("TTLT", "TTLB", "NQLT", "QDLT")):
        plain = [plain[0], "".join(plain[1:])]
    if not plain and type_name:
        plain = [fold(type_name).upper().replace(" ", "")]
    return "-".join(piece for piece in (head.upper(), code.year, *plain) if piece)
