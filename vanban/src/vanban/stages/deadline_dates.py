"""Deadlines with a printed day, month, quarter or year: what governs it, what it is joined to, what rhythm it has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban.document import Bound, DeadlineKind, Header
from vanban.rules import deadlines as rules
from vanban.rules.words import spaced
from vanban.stages.mentions import Page
from vanban.stages.places import sentence_end, sentence_start
from vanban.stages.time_atoms import Atom, Grain

_WINDOW = 90
_STRICT = spaced(r"truoc")
_IN_TIME = spaced(r"cham nhat|muon nhat|khong |han |den|het|xong|toi")
_REPORTS = frozenset(("Báo cáo",))
_INVITATIONS = frozenset(("Giấy mời", "Thư mời"))
_HALF_NEAR = spaced(
    r"(?:bao cao|so ket|dinh ky)(?: [a-z]{1,8}){0,3} (?:0?6|sau) thang(?: dau nam| cuoi nam)?[\s,:(-]{1,5}\Z"
)
_YEAR_NEAR = spaced(r"(?:bao cao|tong ket)(?: [a-z]{1,8}){0,2} nam[\s,:(-]{1,5}\Z")
_QUARTER_NEAR = spaced(r"bao cao(?: [a-z]{1,8}){0,2} quy[\s,:(-]{1,5}\Z")
_YEARLY_WORDS = spaced(r"(?<![a-z])(?:(?:hang|moi) nam|thuong nien)(?![a-z])")
_NEXT_YEAR = spaced(r"[\s,(]{1,3}(?:cua )?nam\s{1,3}((?:19|20)[0-9]{2})(?![0-9])")
_FUTURE = spaced(
    r"(?<![a-z])(?:se|phai|tiep tuc|hoan thanh|xong|phe duyet|trinh|tong ket|xay dung|trien khai|ban hanh|thuc hien|yeu cau|de nghi|giao|phan dau|to chuc|bao dam)(?![a-z])"
)


_PERIOD = spaced(r"(?:nhiem ky|giai doan(?! [0-9i]{1,3}\s?[:(])|nam hoc|so lieu|ky bao cao|hieu luc)[^,;]{0,40}\Z")
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


@dataclass(slots=True)
class Found:
    """A deadline while it is being read; offsets are those of the normal text."""

    start: int
    end: int
    kind: DeadlineKind
    dates: tuple[str, ...]
    bound: Bound
    rule: str
    alternatives: tuple[tuple[DeadlineKind, tuple[str, ...]], ...] = ()
    confidence: float = 1.0


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
        return _bare(page, header, atom), 1
    if not _binds(page, header, atom, prep):
        return None, 1
    group = _joined(page, atoms, at)
    return _build(page, group, prep), len(group)


# --- a range ---------------------------------------------------------------------------------------


def _range(page: Page, header: Header, atoms: list[Atom], at: int, low: int) -> tuple[Found | None, int]:
    atom = atoms[at]
    since = rules.FROM.pattern.search(page.folded, low, atom.start)
    if since and page.text[since.start() : atom.start].find("tư") >= 0:
        since = None
    last = atoms[at + 1] if at + 1 < len(atoms) else None
    joined = last is not None and rules.TO.pattern.fullmatch(page.folded, atom.end, last.start) is not None
    if since is None:
        return _dashed(page, atom, last, low) if joined and last else (None, 1)
    if _is_cut_off(page, since.start()):
        return None, 2 if joined else 1
    if joined and last:
        if _is_event_or_review(page, header, since.start(), last.end):
            return None, 2
        return _ranged(page, since.start(), atom, last), 2
    if atom.grain is Grain.DAY and atom.year and _is_labelled_start(page, since, atom.end):
        return Found(
            since.start(), atom.end, DeadlineKind.RANGE, (atom.iso(None),), Bound.UNSTATED, "deadline.open_range"
        ), 1
    return None, 1


def _ranged(page: Page, start: int, first: Atom, last: Atom) -> Found:
    year = first.year or last.year
    begin = first.iso(year)
    if first.grain is Grain.DAY_OF_MONTH and last.grain is Grain.DAY:
        begin = Atom(first.start, first.end, Grain.DAY, last.value // 100 * 100 + first.value, last.year).iso(last.year)
    _ = page
    return Found(start, last.end, DeadlineKind.RANGE, (begin, last.iso(year)), Bound.NO_LATER_THAN, "deadline.range")


def _dashed(page: Page, atom: Atom, last: Atom, low: int) -> tuple[Found | None, int]:
    """ "28/7 - 8/8": a range only behind a label, "trong" or an opening bracket."""
    label = rules.LABEL.pattern.search(page.folded, low, atom.start)
    if label and atom.year is None and atom.grain is last.grain and atom.grain in (Grain.MONTH, Grain.QUARTER):
        return _ranged(page, atom.start, atom, last), 2
    if atom.grain is not Grain.DAY or last.grain is not Grain.DAY:
        return None, 1
    if label or _DAYS_WORD.search(page.folded, low, atom.start) and atom.year is None:
        return _ranged(page, atom.start, atom, last), 2
    return None, 1


def _is_event_or_review(page: Page, header: Header, start: int, end: int) -> bool:
    begin = sentence_start(page.text, start)
    before = page.folded[begin:start]
    if _PERIOD.search(before):
        return True
    review = header.doc_type is not None and header.doc_type.value in _REPORTS
    return review or _HAPPENED.match(page.folded, end) is not None


def _is_labelled_start(page: Page, since: re.Match[str], at: int) -> bool:
    before = page.folded[sentence_start(page.text, since.start()) : since.start()]
    if _IN_EFFECT.search(before):
        return False
    if not _MARKER.sub("", before).strip() and page.text[at : at + 2].strip()[:1] == ":":
        return True
    return since["length"] is not None or _STARTS.search(before) is not None


# --- one time behind a preposition -------------------------------------------------------------------


def _binds(page: Page, header: Header, atom: Atom, prep: re.Match[str]) -> bool:
    word = _word(prep)
    if _is_cut_off(page, prep.start()) or _between_hours(page, prep):
        return False
    if _STRICT.search(prep.group()) and atom.grain is not Grain.YEAR:
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
    if (
        atom.grain in (Grain.YEAR, Grain.QUARTER)
        or "ngay" not in prep.group()
        and "thang" not in prep.group()
        and atom.grain is not Grain.MONTH
    ):
        return False
    low = max(sentence_start(page.text, prep.start()), prep.start() - 160)
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
        return False
    begin = sentence_start(page.text, prep.start())
    before = page.folded[begin : prep.start()]
    bare = _MARKER.sub("", before)
    review = header.doc_type is not None and header.doc_type.value in _REPORTS
    if not bare or bare.startswith("thoi gian"):
        return not review and not _DONE.match(page.folded, atom.end)
    if bare.startswith("de ") or rules.LOOKS_BACK.pattern.search(before):
        return False
    if page.text[begin : prep.start()].isupper():
        return True
    return not review and _FUTURE.search(page.folded, begin, min(atom.end + 60, len(page.folded))) is not None


def _bare(page: Page, header: Header, atom: Atom) -> Found | None:
    """ "Thời gian …: Quý III năm 2023" with words between, or alone in a cell of a table of tasks."""
    low = max(atom.start - _WINDOW, 0)
    label = rules.LABEL.pattern.search(page.folded, low, atom.start)
    if label is None or atom.grain is Grain.DAY and not _label_duty(header, label):
        return _recurring_day(page, atom) or _heading_time(page, header, atom) or _cell(page, atom)
    if (
        atom.grain is Grain.DAY
        and atom.year is None
        or header.doc_type is not None
        and header.doc_type.value in _INVITATIONS
    ):
        return None
    return _build(page, [atom], None)


def _recurring_day(page: Page, atom: Atom) -> Found | None:
    """ "Ngày 30/11 hằng năm, các đơn vị gửi báo cáo": a day with its rhythm, where something is handed in."""
    if (
        atom.year
        or atom.grain not in (Grain.DAY, Grain.DAY_OF_MONTH)
        or not rules.RHYTHM_AFTER.pattern.match(page.folded, atom.end)
    ):
        return None
    begin = sentence_start(page.text, atom.start)
    if not rules.DUTY_VERB.pattern.search(page.folded, begin, sentence_end(page.text, atom.end)):
        return None
    day = _DAY_BEFORE.search(page.folded, max(atom.start - 14, 0), atom.start)
    found = _build(page, [atom], None)
    found.start = day.start() if day else atom.start
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
    return _build(page, [atom], None)


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
        return _build(page, [atom], None)
    return None


# --- building ------------------------------------------------------------------------------------------


def _joined(page: Page, atoms: list[Atom], at: int) -> list[Atom]:
    """The times one preposition governs: "trước ngày 20/5 và 01/11/2023"."""
    group = [atoms[at]]
    for following in atoms[at + 1 : at + 5]:
        glue = rules.AND.pattern.fullmatch(page.folded, group[-1].end, following.start)
        if glue is None or following.grain is not group[0].grain:
            break
        group.append(following)
    return group


def _build(page: Page, group: list[Atom], prep: re.Match[str] | None) -> Found:
    start, end = _extent(group, prep)
    after = rules.RHYTHM_AFTER.pattern.match(page.folded, end)
    if after:
        end = after.end() - (
            1 if after.group().endswith(")") and "(" not in page.text[start:end] + after.group() else 0
        )
    year = next((atom.year for atom in reversed(group) if atom.year), None)
    named = _NEXT_YEAR.match(page.folded, end) if year is None and not after else None
    if named:
        year, end = int(named.group(1)), named.end()
    kind, dates, alternatives = _rhythm(page, group, start, (year, after.lastgroup if after else None))
    missing = kind is DeadlineKind.ONCE and any(len(date) < 7 for date in dates)
    return Found(start, end, kind, dates, _bound(prep), "deadline.dated", alternatives, 0.7 if missing else 1.0)


def _extent(group: list[Atom], prep: re.Match[str] | None) -> tuple[int, int]:
    if prep is None:
        return group[0].start, group[-1].end
    start = prep.start()
    if ":" in prep["prep"] or prep["prep"] == "hoan thanh":
        start = prep.end("prep")
        start += len(prep.string[start : group[0].start]) - len(prep.string[start : group[0].start].lstrip(" \n\t:"))
    return start, group[-1].end


def _bound(prep: re.Match[str] | None) -> Bound:
    words = prep.group() if prep else ""
    if _STRICT.search(words):
        return Bound.STRICTLY_BEFORE
    if _IN_TIME.search(words) and not words.startswith(("trong", "thoi")):
        return Bound.NO_LATER_THAN
    return Bound.UNSTATED


def _rhythm(
    page: Page, group: list[Atom], start: int, known: tuple[int | None, str | None]
) -> tuple[DeadlineKind, tuple[str, ...], tuple[tuple[DeadlineKind, tuple[str, ...]], ...]]:
    year, rhythm = known
    first = group[0]
    if first.grain is Grain.QUARTER:
        return DeadlineKind.QUARTER, tuple(atom.iso(year) for atom in group), ()
    if first.grain is Grain.YEAR:
        if first.until:
            return DeadlineKind.RANGE, (str(first.year), str(first.until)), ()
        return DeadlineKind.YEAR, tuple(atom.iso(year) for atom in group), ()
    kind = _kind(page, start, first, rhythm, year)
    if kind is DeadlineKind.QUARTERLY and first.grain is Grain.DAY_OF_MONTH:
        return kind, (), ()
    dates = tuple(_with_hour(page, atom, atom.iso(year), start) for atom in group)
    if kind is DeadlineKind.ONCE and year and first.grain is Grain.DAY:
        begin = sentence_start(page.text, start)
        if _YEARLY_WORDS.search(page.folded, begin, min(group[-1].end + 40, sentence_end(page.text, group[-1].end))):
            return kind, dates, ((DeadlineKind.ANNUAL, tuple(date[5:10] for date in dates)),)
    return kind, dates, ()


def _kind(page: Page, start: int, first: Atom, rhythm: str | None, year: int | None) -> DeadlineKind:
    named = {
        "annual": DeadlineKind.ANNUAL,
        "monthly": DeadlineKind.MONTHLY,
        "quarterly": DeadlineKind.QUARTERLY,
        "half": DeadlineKind.HALF_YEARLY,
    }
    if rhythm and year is None:
        if rhythm == "annual" and _HALF_NEAR.search(page.folded[max(start - 60, 0) : start]):
            return DeadlineKind.HALF_YEARLY
        return named[rhythm]
    if first.grain is Grain.DAY_OF_MONTH:
        return DeadlineKind.MONTHLY
    if year is not None:
        return DeadlineKind.ONCE
    before = page.folded[max(start - 60, 0) : start]
    if _HALF_NEAR.search(before):
        return DeadlineKind.HALF_YEARLY
    if _QUARTER_NEAR.search(before):
        return DeadlineKind.QUARTERLY
    yearly = _YEAR_NEAR.search(before) or _YEARLY_WORDS.search(page.folded, sentence_start(page.text, start), start)
    return DeadlineKind.ANNUAL if yearly else DeadlineKind.ONCE


_HOUR = spaced(r"([0-9]{1,2})\s?(?:h|gio|g|:)\s?([0-9]{2})?")


def _with_hour(page: Page, atom: Atom, date: str, start: int) -> str:
    found = _HOUR.search(page.folded, max(start, atom.start - 30), atom.start)
    if found is None or len(date) != 10 or int(found.group(1)) > 24:
        return date
    return f"{date}T{int(found.group(1)):02}:{found.group(2) or '00'}"
