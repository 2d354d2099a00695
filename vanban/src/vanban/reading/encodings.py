"""Bytes to text: Unicode exactly as stored, and the Vietnamese encodings from before Unicode.

UTF-8 is never changed: neither accents nor line ends nor a byte order mark. Texts in TCVN 5712 (VN3, "ABC" fonts),
VNI-Windows and Windows-1258 are recognised by how many Vietnamese syllables each reading gives, and composed to NFC.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from vanban.diagnostics import UnreadableError

# TCVN 5712:1993, VN3. Letter by letter as its fonts map Latin-1; capitals with a tone have no code of their own.
_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ®¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđĂÂĐÊÔƠƯ",
)
_VNI_SINGLE = dict(zip("íìæóòôöñîÍÌÆÓÒÔÖÑÎ", "íìỉĩịơưđỵÍÌỈĨỊƠƯĐỴ", strict=True))
_VNI_MARKS = {
    "ù": "\u0301",
    "ø": "\u0300",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI = re.compile("([aeouyôöAEOUYÔÖ])([ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË])|[íìæóòôöñîÍÌÆÓÒÔÖÑÎ]")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    r"(?:iêu|yêu|uyê|uyu|oai|oao|oay|oeo|uây|uôi|ươi|ươu|uya|ia|iê|yê|iu|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|ai|ao|au|ay|âu"
    r"|ây|eo|êu|oa|oă|oe|oi|ôi|ơi|[aăâeêioôơuưy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_WORDS = re.compile(r"[^\W\d_]+")
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the name of the encoding it was stored in; ``guessed`` = nothing in the file said so."""

    text: str
    encoding: str
    guessed: bool = False


def from_tcvn3(text: str) -> str:
    """Text of a TCVN3 font ("ABC", ".Vn…"), read as Latin-1, in Unicode."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """Text of a VNI-Windows font ("VNI-…"), read as Latin-1, in Unicode."""

    def letter(match: re.Match[str]) -> str:
        base, mark = match.group(1), match.group(2)
        if base is None:
            return _VNI_SINGLE[match.group()]
        return unicodedata.normalize("NFC", _VNI_SINGLE.get(base, base) + _VNI_MARKS[mark.lower()])

    return _VNI.sub(letter, text)


def vietnamese_score(text: str) -> float:
    """How far the words with special letters are Vietnamese syllables: -1 (none) to 1 (all), 0 when there are none."""
    special = [word for word in _WORDS.findall(unicodedata.normalize("NFC", text[:_SAMPLE])) if not word.isascii()]
    if not special:
        return 0.0
    good = sum(1 for word in special if is_syllable(word))
    return (2 * good - len(special)) / len(special)


def is_syllable(word: str) -> bool:
    """Whether ``word`` is built like a Vietnamese syllable (one word, any case)."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    bare = _TONES.sub("", unicodedata.normalize("NFD", word.lower()))
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def looks_legacy(text: str) -> bool:
    """Whether ``text`` holds glyph codes of a TCVN3 or VNI font instead of letters."""
    if vietnamese_score(text) > 0.2:
        return False
    return max(vietnamese_score(from_tcvn3(text)), vietnamese_score(from_vni(text))) > 0.6


def decode(data: bytes) -> Decoded:
    """``data`` as text. Raises ``unsupported`` when it is no text in any encoding known here."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16")
    wide = _wide_without_mark(data)
    if wide is not None:
        return _strict(data, wide)
    if b"\x00" in data[:_SAMPLE]:
        raise UnreadableError("unsupported", found="binary")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.start > 1024 and error.start >= len(data) - 3:  # cut in the middle of the last letter
            return Decoded(data[: error.start].decode("utf-8"), "utf-8")
    return _single_byte(data)


def _strict(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError("corrupt") from error


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of its spaces, digits and plain letters is zero."""
    start = data[:2000]
    half = len(start) // 2
    if half < 4:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> Decoded:
    latin = data.decode("latin-1")
    readings = [
        Decoded(unicodedata.normalize("NFC", from_tcvn3(latin)), "tcvn3", guessed=True),
        Decoded(from_vni(latin), "vni", guessed=True),
        Decoded(unicodedata.normalize("NFC", data.decode("cp1258", "replace")), "cp1258", guessed=True),
    ]
    best = max(readings, key=lambda reading: vietnamese_score(reading.text))
    if vietnamese_score(best.text) > 0.3:
        return best
    broken = data.decode("utf-8", "replace")
    if broken.count("\ufffd") <= len(broken) // 200 and _is_mostly_text(broken):
        return Decoded(broken, "utf-8", guessed=True)
    western = data.decode("cp1252", "replace")
    if _is_mostly_text(western):
        return Decoded(western, "cp1252", guessed=True)
    raise UnreadableError("unsupported", found="binary")


def _is_mostly_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    plain = sum(1 for letter in sample if letter.isascii() and (letter.isalnum() or letter in " \t\r\n.,;:-/()"))
    return plain >= 0.85 * len(sample)
