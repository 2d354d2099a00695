"""Words by which the head and the foot of an official document are known (NĐ 30/2020/NĐ-CP, Phụ lục I), folded."""

from __future__ import annotations

import re

from vanban.reading.fold import fold

# One letter may be misread: "CỌNG HÒA XẢ HỘI" folds right by itself, "C0NG H0A" and "CHÚ NGH1A" still match.
NATION = re.compile(r"\bc[o0]ng h[o0]a x[a-z] h[o0][il1]\b|\bdang c[o0]ng san vi[e-z]t nam\b")
MOTTO = re.compile(r"\bdoc lap ?[-–—.~]* ?t[uư] d[o0]\b")
DATE_LINE = re.compile(r"\bng[a-z]y\b.{0,12}\bth[a-z]ng\b.{0,8}\bn[a-z]m\b")
NUMBER = re.compile(r"^s[o0] ?[:.;]|^s[o0] .{0,16}/")
SUBJECT = re.compile(r"^v/v\b|^v[ev] viec\b")
RECIPIENTS = re.compile(r"^n[o0]i nh[a-z]n\b")
_TITLES = (
    "giam doc|pho giam doc|hieu truong|pho hieu truong|chu tich|pho chu tich|bo truong|thu truong|chanh van phong|"
    "pho chanh van phong|truong phong|pho truong phong|truong ban|pho truong ban|cuc truong|vu truong|tong cuc truong|"
    "vien truong|thu tuong|pho thu tuong|bi thu|pho bi thu|tong giam doc|chanh thanh tra|tong bi thu|thuong truc|"
    "chu nhiem"
)
SIGNING = re.compile(rf"^(?:tm|kt|tl|tuq|q|t/m|k/t|t/l)\s?[.,:]\s?\w|^(?:quyen )?(?:{_TITLES})\b")


def is_head(left: str, right: str) -> bool:
    """Whether two columns side by side are the head of a document."""
    left, right = fold(left), fold(right)
    if NATION.search(right) or MOTTO.search(right):
        return True
    return bool(DATE_LINE.search(right) and (NUMBER.search(left) or "so:" in left) and len(right) < 120)


def is_foot(left: str, right: str) -> bool:
    """Whether two columns side by side are the foot of a document: recipients and signature."""
    left, right = fold(left), fold(right)
    if len(right) > 400:
        return False
    if RECIPIENTS.search(left):
        return True
    return not left and bool(SIGNING.search(right)) and right.count(" ") < 30


def is_signing(text: str) -> bool:
    """Whether ``text`` begins like the signature block: a signing form or a title in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(1 for letter in letters if letter.isupper())
    return len(letters) > 3 and capitals > 0.7 * len(letters) and bool(SIGNING.search(fold(text)))
