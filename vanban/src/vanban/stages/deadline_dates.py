"""Deadlines with a printed day, month, quarter or year: what governs it, what it is joined to, what rhythm it has."""

from __future__ import annotations

import re

from vanban.document import Bound, DeadlineKind, Header
from vanban.rules import deadlines as rules
from vanban.rules.words import spaced
from vanban.stages.deadline_build import STRICT, Found, build, joined, with_hour
from vanban.stages.mentions import Page
from vanban.stages.places import sentence_end, sentence_start
from vanban.stages.time_atoms import Atom, Grain

_WINDOW = 90
_REPORTS = frozenset(("Báo cáo",))
_INVITATIONS = frozenset(("Giấy mời", "Thư mời"))
_FUTURE = spaced(
    r"(?<![a-z])(?:se|phai|tiep tuc|hoan thanh|xong|phe duyet|trinh|tong ket|xay dung|trien khai|ban hanh|thuc hien"
    r"|yeu cau|de nghi|giao|phan dau|to chuc|bao dam|bo tri|chi tra|giai ngan|nghiem thu|ban giao|khoi cong|chuan bi)"
    r"(?![a-z])"
)


_UP_TO = spaced(r"tu nay|tu ngay ra |(?:thoi (?:han|gian)|tien do)[^:;]{0,40}:")
_REVIEWS = spaced(r"(?<![a-z])(?:so ket|tong ket)(?: [a-z]{1,8}){0,6}\s{1,3}\Z")


_PERIOD = spaced(
    r"(?:nhiem ky|giai doan(?! [0-9i]{1,3}\s?[:(])|nam hoc|so lieu|ky bao cao|hieu luc)[^,;]{0,40}\Z"
    r"|(?:huong dan|quyet dinh|quy dinh|quy che|van ban|thong tu|nghi quyet|nghi dinh) nay (?:duoc )?"
    r"(?:thuc hien|thi hanh|ap dung)[^,;]{0,20}\Z"
)
_HAPPENED = spaced(r"[\s,)]{0,3}(?:[a-z ]{0,40})?(?:da |duoc tiep nhan|phat sinh)")
_IN_EFFECT = spaced(r"hieu luc|ap dung|nghi viec|nghi huu|dieu dong|bo nhiem")
_STARTS = spaced(r"thoi gian|thoi han|bat dau (?:thuc hien|trien khai|nhan|tiep nhan)")
_TO_FINISH = spaced(
    r"hoan thanh|thoi gian|thoi han|nop|gui|dang ky|tiep nhan|nhan ho so|keo dai|gia han|cham nhat|tu nay"
)
_MARKER = re.compile(r"\A[\s\-+•*–().,:]*(?:(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-z]|[ivx]{1,4})[.)]\s*)?")
_DONE = spaced(r"[\s,]{1,3}[a-z ]{0,60}(?<![a-z])da(?![a-z])")
_FROM_HOUR = re.compile(r"(?<![a-z])tu\s{1,3}[0-9]{1,2}\s?(?:h|gio|g|:)\s?(?:[0-9]{2})?(?:\s?phut)?\s{0,3}\Z")
_DAY_BEFORE = re.compile(r"(?:vao\s{1,3})?(?:ngay|mung)\s{1,3}\Z")
_DAYS_WORD = spaced(r"(?:ngay|dot|tuan|dot [0-9])[\s:]{1,3}\Z")


def dated(page: Page, header: Header, atoms: list[Atom]) -> list[Found]:
    """Every deadline with a printed time."""
    result: list[Found] = []
    at = 0
    while at < len(atoms):
        found, used = _read(page, header, atoms, at)
        if found:
            result.append(found)
        at += max(used, 1)
    return result


def _read(page: Page, header: Header, atoms: list[Atom], at: int) -> tuple[Found | None, int]:
    atom = atoms[at]
    low = max(atom.start - _WINDOW, 0)
    ranged = _range(page, header, atoms, at, low)
    if ranged[0] or ranged[1] > 1:
        return ranged
    prep = rules.BEFORE_TIME.pattern.search(page.folded, low, atom.start)
    if prep is None:
        group = joined(page, atoms, at)
        listed = _recurring_day(page, group) if len(group) > 1 else None
        return (listed, len(group)) if listed else (_bare(page, header, atom), 1)
    if not _binds(page, header, atom, prep):
        return None, 1
    group = joined(page, atoms, at)
    return build(page, group, prep), len(group)


# --- a range ---------------------------------------------------------------------------------------


def _range(page: Page, header: Header, atoms: list[Atom], at: int, low: int) -> tuple[Found | None, int]:
    atom = atoms[at]
    since = rules.FROM.pattern.search(page.folded, low, atom.start)
    if since and page.text[since.start() : atom.start].find("tư") >= 0:
        since = None
    last = atoms[at + 1] if at + 1 < len(atoms) else None
    is_range = last is not None and rules.TO.pattern.fullmatch(page.folded, atom.end, last.start) is not None
    if since is None:
        return _dashed(page, atom, last, low) if is_range and last else (None, 1)
    if _is_cut_off(page, since.start()):
        return None, 2 if is_range else 1
    if is_range and last:
        if _is_event_or_review(page, header, since.start(), last.end):
            return None, 2
        return _ranged(page, since.start(), atom, last), 2
    if atom.grain is Grain.DAY and atom.year and _is_labelled_start(page, header, since, atom.end):
        return Found(
            since.start(), atom.end, DeadlineKind.RANGE, (atom.iso(None),), Bound.UNSTATED, "deadline.open_range"
        ), 1
    return None, 1


def _ranged(page: Page, start: int, first: Atom, last: Atom) -> Found:
    year = first.year or last.year
    begin = first.iso(year)
    if first.grain is Grain.DAY_OF_MONTH and last.grain is Grain.DAY:
        begin = Atom(first.start, first.end, Grain.DAY, last.value // 100 * 100 + first.value, last.year).iso(last.year)
    dates = (with_hour(page, first, begin, start), with_hour(page, last, last.iso(year), first.end))
    return Found(start, last.end, DeadlineKind.RANGE, dates, Bound.NO_LATER_THAN, "deadline.range")


def _dashed(page: Page, atom: Atom, last: Atom, low: int) -> tuple[Found | None, int]:
    """ "28/7 - 8/8": a range only behind a label, "trong" or an opening bracket."""
    label = rules.LABEL.pattern.search(page.folded, low, atom.start)
    if label and atom.year is None and atom.grain is last.grain and atom.grain in (Grain.MONTH, Grain.QUARTER):
        return _ranged(page, atom.start, atom, last), 2
    if atom.grain is not Grain.DAY or last.grain is not Grain.DAY:
        return None, 1
    if label or (_DAYS_WORD.search(page.folded, low, atom.start) and atom.year is None):
        return _ranged(page, atom.start, atom, last), 2
    return None, 1


def _is_event_or_review(page: Page, header: Header, start: int, end: int) -> bool:
    begin = sentence_start(page.text, start)
    before = page.folded[begin:start]
    if _PERIOD.search(before):
        return True
    told = header.doc_type is not None and header.doc_type.value in (_REPORTS | _INVITATIONS)
    return told or _HAPPENED.match(page.folded, end) is not None


def _is_labelled_start(page: Page, header: Header, since: re.Match[str], at: int) -> bool:
    before = page.folded[sentence_start(page.text, since.start()) : since.start()]
    if _IN_EFFECT.search(before) or (header.doc_type is not None and header.doc_type.value in _INVITATIONS):
        return False
    if not _MARKER.sub("", before).strip() and page.text[at : at + 2].strip()[:1] == ":":
        return True
    return since["length"] is not None or _STARTS.search(before) is not None


# --- one time behind a preposition -------------------------------------------------------------------


def _binds(page: Page, header: Header, atom: Atom, prep: re.Match[str]) -> bool:
    word = _word(prep)
    if _is_cut_off(page, prep.start()) or _between_hours(page, prep):
        return False
    if STRICT.search(prep.group()) and atom.grain is not Grain.YEAR:
        return True
    if word in ("toi", "den") and not _reaches(page, atom, prep):
        return False
    if word.startswith(("thoi", "tien")) or ":" in word:
        return _label_binds(page, header, atom, prep)
    if word in ("trong", "vao", "du kien", "hoan thanh"):
        return _within_binds(page, header, atom, prep)
    if word in ("ket thuc", "het"):
        return atom.grain is not Grain.DAY or word == "het"
    return not (word == "truoc" and atom.grain is Grain.YEAR)


def _is_cut_off(page: Page, at: int) -> bool:
    """Whether the words before say that the time bounds figures, validity or births, not a duty."""
    if page.text[max(at - 6, 0) : at].strip().lower().endswith("tính"):
        return True
    return rules.NOT_A_DEADLINE.pattern.search(page.folded, max(at - 40, 0), at) is not None


def _between_hours(page: Page, prep: re.Match[str]) -> bool:
    """ "từ 07h30 đến 11h30, ngày …" is the time of a meeting."""
    return (
        prep["prep"] in ("den", "toi")
        and _FROM_HOUR.search(page.folded, max(prep.start() - 24, 0), prep.start()) is not None
    )


def _word(prep: re.Match[str]) -> str:
    """The preposition; in "hoàn thành trong năm" the one next to the time."""
    return "trong" if prep["prep"] == "hoan thanh" and "trong" in prep["fill"] else " ".join(prep["prep"].split())


def _reaches(page: Page, atom: Atom, prep: re.Match[str]) -> bool:
    """ "đến ngày …" is a deadline only where something has to be finished or handed in by then."""
    if atom.grain in (Grain.YEAR, Grain.QUARTER):
        return False
    low = max(sentence_start(page.text, prep.start()), prep.start() - 160)
    named = "ngay" in prep.group() or "thang" in prep.group() or atom.grain is Grain.MONTH
    if not named and not (atom.year and _UP_TO.search(page.folded, low, prep.start())):
        return False
    if page.folded.find("so lieu", low, prep.start()) >= 0:
        return False
    return _TO_FINISH.search(page.folded, low, min(atom.end + 30, len(page.folded))) is not None


def _label_binds(page: Page, header: Header, atom: Atom, prep: re.Match[str]) -> bool:
    label = _word(prep)
    invitation = header.doc_type is not None and header.doc_type.value in _INVITATIONS
    if atom.grain is Grain.DAY:
        return (
            rules.DUTY_LABEL.pattern.search(label) is not None
            and not rules.EVENT.pattern.search(label)
            and not invitation
        )
    return not invitation and rules.EVENT.pattern.search(label) is None


def _within_binds(page: Page, header: Header, atom: Atom, prep: re.Match[str]) -> bool:
    word = _word(prep)
    if word in ("vao", "hoan thanh", "du kien") and atom.grain is Grain.DAY:
        return word == "hoan thanh" and "ngay" in prep.group()
    if atom.grain is Grain.DAY_OF_MONTH or (atom.grain is Grain.DAY and word == "trong"):
        return True
    if word in ("hoan thanh", "vao") and atom.grain is Grain.YEAR:
        reviews = _REVIEWS.search(page.folded, max(prep.start() - 60, 0), prep.start())
        return word == "vao" and reviews is not None and _is_still_to_come(header, atom)
    begin = sentence_start(page.text, prep.start())
    before = page.folded[begin : prep.start()]
    bare = _MARKER.sub("", before)
    if _is_still_to_come(header, atom) and rules.DUTY_VERB.pattern.search(before):
        return True
    review = header.doc_type is not None and header.doc_type.value in _REPORTS
    if not bare or bare.startswith("thoi gian"):
        return not review and not _DONE.match(page.folded, atom.end)
    if bare.startswith("de ") or rules.LOOKS_BACK.pattern.search(before):
        return False
    if page.text[begin : prep.start()].isupper():
        return True
    return not review and _FUTURE.search(page.folded, begin, min(atom.end + 60, len(page.folded))) is not None


def _is_still_to_come(header: Header, atom: Atom) -> bool:
    """Whether a month, quarter or year ends after the month of issue: nobody looks back on it."""
    issued = header.issue_date.value if header.issue_date else None
    if issued is None or atom.year is None or atom.grain not in (Grain.MONTH, Grain.QUARTER, Grain.YEAR):
        return False
    if atom.grain is Grain.YEAR:
        return atom.year > issued.year
    month = atom.value * 3 if atom.grain is Grain.QUARTER else atom.value
    return (atom.year, month) > (issued.year, issued.month)


def _bare(page: Page, header: Header, atom: Atom) -> Found | None:
    """ "Thời gian …: Quý III năm 2023" with words between, or alone in a cell of a table of tasks."""
    low = max(atom.start - _WINDOW, 0)
    label = rules.LABEL.pattern.search(page.folded, low, atom.start)
    if label is None or (atom.grain is Grain.DAY and not _label_duty(header, label)):
        return _recurring_day(page, [atom]) or _heading_time(page, header, atom) or _cell(page, atom)
    if (atom.grain is Grain.DAY and atom.year is None) or (
        header.doc_type is not None and header.doc_type.value in _INVITATIONS
    ):
        return None
    return build(page, [atom], None)


def _recurring_day(page: Page, group: list[Atom]) -> Found | None:
    """ "Ngày 30/11 hằng năm, các đơn vị gửi báo cáo": a day with its rhythm, where something is handed in."""
    first, last = group[0], group[-1]
    if (
        any(atom.year for atom in group)
        or first.grain not in (Grain.DAY, Grain.DAY_OF_MONTH)
        or not rules.RHYTHM_AFTER.pattern.match(page.folded, last.end)
    ):
        return None
    begin = sentence_start(page.text, first.start)
    if not rules.DUTY_VERB.pattern.search(page.folded, begin, sentence_end(page.text, last.end)):
        return None
    day = _DAY_BEFORE.search(page.folded, max(first.start - 14, 0), first.start)
    found = build(page, group, None)
    found.start = day.start() if day else first.start
    return found


def _heading_time(page: Page, header: Header, atom: Atom) -> Found | None:
    """ "Tháng 3/2025: tổ chức tập huấn": the time heads a line of a schedule."""
    review = header.doc_type is not None and header.doc_type.value in (_REPORTS | _INVITATIONS)
    if review or atom.year is None or page.text[atom.end : atom.end + 2].strip()[:1] != ":":
        return None
    if _MARKER.sub("", page.folded[sentence_start(page.text, atom.start) : atom.start]).strip() not in (
        "",
        "ngay",
        "trong",
        "den",
        "den ngay",
    ):
        return None
    if atom.grain is Grain.DAY and not rules.DUTY_VERB.pattern.search(
        page.folded, atom.end, sentence_end(page.text, atom.end)
    ):
        return None
    return build(page, [atom], None)


def _label_duty(header: Header, label: re.Match[str]) -> bool:
    words = label.group()
    _ = header
    return rules.DUTY_LABEL.pattern.search(words) is not None and rules.EVENT.pattern.search(words) is None


def _cell(page: Page, atom: Atom) -> Found | None:
    if atom.grain not in (Grain.QUARTER, Grain.MONTH) or atom.year is None:
        return None
    before = page.text[max(atom.start - 3, 0) : atom.start].strip(" \t")
    after = page.text[atom.end : atom.end + 3].strip(" \t")
    if (
        before.endswith("|")
        and after.startswith("|")
        and "thoi gian" in page.folded[max(atom.start - 4000, 0) : atom.start]
    ):
        return build(page, [atom], None)
    return None
