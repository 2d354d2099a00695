"""Personal names and offices as they stand in a signature block."""

from __future__ import annotations

import re
from functools import cache

from vanban.data import words
from vanban.text.fold import CAPITAL, SMALL, fold

_NAME = re.compile(
    rf"(?:[HK]['’])?[{CAPITAL}][{SMALL}]{{0,7}}(?:[ \-](?:[HK]['’])?[{CAPITAL}][{SMALL}']{{0,7}}){{1,4}}\Z"
)
_CAPITAL_NAME = re.compile(rf"[{CAPITAL}]{{1,8}}(?: [{CAPITAL}]{{1,8}}){{1,4}}\Z")
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_DEGREE = re.compile(
    r"(?:(?:gs|pgs|ts|ths|bs|bscki+|bs\.?ck[i1]+|ks|cn|ds|luat su|dai ta|thuong ta|trung ta|thieu ta|dai tuong"
    r"|trung tuong|thieu tuong|nsut|nsnd|ong|ba|nguoi ky(?= ?:)|da ky(?= ?[:)])|ky ten(?= ?[:)]))"
    r"\s?[.:)]?\s?(?=[a-z]))+"
)
_NOT_IN_NAMES = frozenset(
    {"phòng", "sở", "viện", "cục", "ủy", "uỷ", "tỉnh", "huyện", "xã", "giám", "tịch", "nhận", "gửi", "điều", "như"}
)
OFFICE = re.compile(
    r"\W{0,3}(?:quyen )?(?:pho |thu |dong |[ph]{1,2}o )?(?:tong )?(?:giam doc|giaam doc|bo truong|truong|chu tich"
    r"|chu nhiem|chanh|cuc truong|vu truong"
    r"|chi cuc truong|vien truong|hieu truong|tong cuc truong|truong (?:phong|ban|khoa|doan|tieu ban|ban quan ly)"
    r"|bi thu|thu tuong|thong doc|tong bi thu|vien truong"
    r"|doi truong|to truong|truong thon|nguoi dung dau|thu truong|tong thanh tra|tong kiem toan|tong bien tap"
    r"|kiem toan truong|giam thi|thanh tra"
    r"|uy vien|chi huy truong|tu lenh|thuong truc|chinh uy|ke toan|nguoi (?:bao cao|lap)|dai dien)\b"
)


_TRUONG = re.compile(r"tr(?:ươ|ườ)ng", re.IGNORECASE)
"""Trương and Trường are names; without their accents they read like "trưởng" of an office."""


@cache
def _surnames() -> frozenset[str]:
    return frozenset(fold(name) for name in words("surnames.json", "surnames"))


def person(text: str) -> str | None:
    """The personal name that ``text`` is, degrees in front left out; ``None`` if it is no name."""
    if text.lstrip()[:1] in {"-", "–", "+", "•"}:
        return None
    stripped = _AROUND.sub("", text)
    degree = _DEGREE.match(fold(stripped))
    bare = stripped[degree.end() :].strip(" .") if degree else stripped
    for candidate in (stripped, bare):
        if _NAME.match(candidate) or (_CAPITAL_NAME.match(candidate) and len(candidate.split()) >= 3):
            syllables = fold(candidate).replace("-", " ").split()
            if (
                syllables[0] in _surnames()
                and not _NOT_IN_NAMES & set(candidate.lower().split())
                and not OFFICE.match(fold(_TRUONG.sub("-", candidate)))
            ):
                return candidate
    return None


_TAIL_NAME = re.compile(
    rf"(?:\A|[^{CAPITAL}{SMALL}]\s?|(?<=[{CAPITAL}]{{2}})\s|(?<=[{CAPITAL}]{{4}}))((?:[{CAPITAL}][{SMALL}]{{1,7}}\s?){{2,5}})\Z"
)


def name_at_end(text: str) -> tuple[str, int] | None:
    """A personal name that ends ``text`` (after a title in capitals or after noise), and where it begins."""
    match = _TAIL_NAME.search(text[-60:])
    if match is None:
        return None
    name = person(match.group(1))
    return (name, max(len(text) - 60, 0) + match.start(1)) if name else None
