"""Finds head and foot of an official document on a page and keeps their two columns apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from vanban.document import BlockKind
from vanban.reading.fold import fold
from vanban.reading.marks import DATE_LINE, MOTTO, NATION, NUMBER, RECIPIENTS, SIGNING, SUBJECT, is_signing
from vanban.reading.words import PageWords, Row, Segment, rows, same_line, segments

_YEAR = re.compile(r"(?:19|20)\d\d")
_STOPS = re.compile(r"^(?:kinh gui|can cu|phu luc|chuong [ivx\d]+\b|dieu \d)")


@dataclass(slots=True)
class Region:
    """Rows of one kind; a head or foot comes as two regions, left before right."""

    kind: BlockKind
    rows: list[Row] = field(default_factory=list)


def regions(page: PageWords) -> list[Region]:
    """The regions of ``page`` in reading order."""
    found = _without_page_number(segments(page.words), page)
    head_left, head_right, found = _head(found, page)
    foot_left, foot_right, found = _foot(found, page)
    before, between, after = _thirds(found, head_left + head_right, foot_left + foot_right)
    order = (
        (BlockKind.PARAGRAPH, before),
        (BlockKind.HEADER_LEFT, head_left),
        (BlockKind.HEADER_RIGHT, head_right),
        (BlockKind.PARAGRAPH, between),
        (BlockKind.FOOTER_LEFT, foot_left),
        (BlockKind.FOOTER_RIGHT, foot_right),
        (BlockKind.PARAGRAPH, after),
    )
    found_rows = [Region(kind, _print(rows(part, page.number), page)) for kind, part in order]
    return [region for region in found_rows if region.rows]


def _print(found: list[Row], page: PageWords) -> list[Row]:
    """Without the lines of a scan that hold no letter or digit: rules and specks."""
    if not page.scanned:
        return found
    return [row for row in found if any(letter.isalnum() for word in row.words for letter in word.text)]


def _without_page_number(found: list[Segment], page: PageWords) -> list[Segment]:
    """Without a line at the top or bottom edge that holds nothing but the number of the page."""
    edges = [row for row in rows(found) if row.bottom < 0.09 * page.height or row.top > 0.92 * page.height]
    dropped: set[int] = set()
    for row in edges:
        bare = row.text.strip("-–—. |")
        if bare.isdigit() and len(bare) <= 4 and row.left > 0.3 * page.width:
            dropped.update(id(segment) for segment in row.segments)
    return [segment for segment in found if id(segment) not in dropped]


def _thirds(
    found: Iterable[Segment], head: Sequence[Segment], foot: Sequence[Segment]
) -> tuple[list[Segment], list[Segment], list[Segment]]:
    before: list[Segment] = []
    between: list[Segment] = []
    after: list[Segment] = []
    head_top = min((segment.top for segment in head), default=0.0)
    foot_top = min((segment.top for segment in foot), default=float("inf"))
    for segment in found:
        if segment.bottom <= head_top:
            before.append(segment)
        elif segment.top >= foot_top:
            after.append(segment)
        else:
            between.append(segment)
    return before, between, after


# --- the head -----------------------------------------------------------------------------------


def _head(found: list[Segment], page: PageWords) -> tuple[list[Segment], list[Segment], list[Segment]]:
    found = _cut_at_mark(found, NATION, ("cong", "dang"))
    found = _cut_at_mark(found, MOTTO, ("doc",))
    anchor = _head_anchor(found, page)
    if anchor is None:
        return [], [], found
    boundary = anchor.left - 0.3 * anchor.height
    top = anchor.top - 1.2 * anchor.height
    end = _head_end(found, anchor, page)
    inside = [segment for segment in found if segment.bottom > top and segment.top < end]
    rest = [segment for segment in found if not (segment.bottom > top and segment.top < end)]
    inside = [part for segment in inside for part in _cut_at_gap(segment, boundary, page)]
    # A date line wider than the national title begins left of it.
    right = [segment for segment in inside if _stands_right(segment, inside, boundary)]
    left = [segment for segment in inside if segment not in right]
    more = _subject_lines(left, rest, boundary)
    return left + more, right, [segment for segment in rest if segment not in more]


def _cut_at_mark(found: list[Segment], mark: object, first: tuple[str, ...]) -> list[Segment]:
    """Cut a segment in which the words of the right column follow those of the left too closely."""
    pattern = NATION if mark is NATION else MOTTO
    out: list[Segment] = []
    for segment in found:
        at = 0
        if pattern.search(fold(segment.text)):
            folded = [fold(word.text) for word in segment.words]
            at = next(
                (
                    index
                    for index, word in enumerate(folded)
                    if word.startswith(first) and _begins(pattern, folded[index:])
                ),
                0,
            )
        out.extend(segment.cut(at) if at else (segment,))
    return out


def _begins(pattern: object, folded: list[str]) -> bool:
    match = (NATION if pattern is NATION else MOTTO).search(" ".join(folded))
    return match is not None and match.start() == 0


def _head_anchor(found: Sequence[Segment], page: PageWords) -> Segment | None:
    """What opens the right column: the national title, its motto, or place and date beside the number."""
    for pattern in (NATION, MOTTO):
        for segment in found:
            if segment.middle > 0.45 * page.width and pattern.search(fold(segment.text)):
                return segment
    for row in rows(segment for segment in found if segment.top < 0.4 * page.height):
        if len(row.segments) > 1 and NUMBER.search(fold(row.segments[0].text)):
            right = [segment for segment in row.segments[1:] if segment.middle > 0.45 * page.width]
            if right and DATE_LINE.search(fold(" ".join(segment.text for segment in right))):
                return right[0]
    return None


def _head_end(found: Sequence[Segment], anchor: Segment, page: PageWords) -> float:
    """The bottom of the head's right column: of the line with the date, else of the motto."""
    limit = anchor.top + 0.22 * page.height
    below = [
        segment for segment in found if anchor.top - anchor.height < segment.top < limit and segment.right > anchor.left
    ]
    lines = rows(below)
    end = anchor.bottom
    for index, row in enumerate(lines):
        folded = fold(row.text)
        if MOTTO.search(folded):
            end = max(end, row.bottom)
        if DATE_LINE.search(folded) and "can cu" not in folded and row.right > anchor.middle:
            return _with_broken_year(row, lines[index + 1 : index + 2], anchor)
    return end + 0.1 * anchor.height


def _with_broken_year(row: Row, following: Sequence[Row], anchor: Segment) -> float:
    """The bottom of the date line, or of the year that did not find room on it."""
    for next_row in following:
        right = " ".join(segment.text for segment in next_row.segments if segment.left > anchor.left)
        if _YEAR.search(row.text) is None and _YEAR.fullmatch(right.strip(" .")):
            return next_row.bottom
    return row.bottom


def _cut_at_gap(segment: Segment, boundary: float, page: PageWords) -> tuple[Segment, ...]:
    """Cut a segment that runs over the boundary of the columns at its widest gap near it."""
    if segment.right < boundary + segment.height or segment.left > boundary - segment.height:
        return (segment,)
    gaps = [
        (after.left - before.right, index)
        for index, (before, after) in enumerate(zip(segment.words, segment.words[1:], strict=False), 1)
    ]
    near = [
        gap for gap in gaps if boundary - 0.18 * page.width < segment.words[gap[1]].left < boundary + 0.1 * page.width
    ]
    if not near:
        return (segment,)
    widest, at = max(near)
    usual = median(gap for gap, _ in gaps)
    return segment.cut(at) if widest > 1.3 * usual else (segment,)


def _stands_right(segment: Segment, inside: Sequence[Segment], boundary: float) -> bool:
    if segment.left >= boundary - segment.height:
        return True
    if segment.middle < boundary:
        return False
    return not any(
        other.right > segment.left and other is not segment and other.right < boundary and same_line(other, segment)
        for other in inside
    )


def _subject_lines(left: Sequence[Segment], rest: Sequence[Segment], boundary: float) -> list[Segment]:
    """Lines of the left column below the date: the number, "V/v" and its lines."""
    if not left:
        return []
    middle = median(segment.middle for segment in left)
    last = max(left, key=lambda segment: segment.bottom)
    in_subject = any(SUBJECT.search(fold(segment.text)) for segment in left)
    more: list[Segment] = []
    for segment in sorted(rest, key=lambda item: item.top):
        folded = fold(segment.text)
        if segment.bottom <= last.bottom:
            continue
        fits = segment.right < boundary + 2 * segment.height and abs(segment.middle - middle) < 0.35 * boundary
        if segment.top - last.bottom > 2.2 * segment.height or not fits or _STOPS.search(folded):
            break
        if not in_subject and not (SUBJECT.search(folded) or NUMBER.search(folded)):
            break
        in_subject = in_subject or SUBJECT.search(folded) is not None
        more.append(segment)
        last = segment
    return more


# --- the foot -----------------------------------------------------------------------------------


def _foot(found: list[Segment], page: PageWords) -> tuple[list[Segment], list[Segment], list[Segment]]:
    anchor = next(
        (segment for segment in found if segment.left < 0.4 * page.width and RECIPIENTS.search(fold(segment.text))),
        None,
    )
    if anchor is not None:
        found, anchor = _cut_anchor(found, anchor)
    else:
        anchor = _signing_anchor(found, page)
    if anchor is None:
        return [], [], found
    top = _foot_top(found, anchor, page)
    left: list[Segment] = []
    right: list[Segment] = []
    rest = [segment for segment in found if segment.top < top]
    below = rows(segment for segment in found if segment.top >= top)
    for index, row in enumerate(below):
        if _ends_foot(row, page):
            rest.extend(segment for later in below[index:] for segment in later.segments)
            break
        for segment in row.segments:
            (right if segment.left > 0.42 * page.width else left).append(segment)
    return left, right, rest


def _cut_anchor(found: list[Segment], anchor: Segment) -> tuple[list[Segment], Segment]:
    """Part "Nơi nhận:" from a signing form printed close to its right."""
    for at in range(1, len(anchor.words)):
        tail = " ".join(word.text for word in anchor.words[at:])
        if at >= 2 and (SIGNING.search(fold(tail)) and tail.isupper()):
            before, after = anchor.cut(at)
            index = found.index(anchor)
            return [*found[:index], before, after, *found[index + 1 :]], before
    return found, anchor


def _signing_anchor(found: Sequence[Segment], page: PageWords) -> Segment | None:
    """The first line of a signature without a list of recipients beside it."""
    for segment in found:
        alone = not any(other is not segment and same_line(other, segment) for other in found)
        if (
            alone
            and segment.left > 0.42 * page.width
            and segment.middle > 0.6 * page.width
            and is_signing(segment.text)
        ):
            return segment
    return None


def _foot_top(found: Sequence[Segment], anchor: Segment, page: PageWords) -> float:
    """Where the foot begins: the signing form may stand a little above "Nơi nhận"."""
    top = anchor.top - 0.2 * anchor.height
    for segment in sorted(found, key=lambda item: -item.top):
        above = top - 2.5 * anchor.height < segment.top < top
        if above and segment.left > 0.42 * page.width and is_signing(segment.text):
            top = segment.top - 0.1 * segment.height
    return top


def _ends_foot(row: Row, page: PageWords) -> bool:
    """Whether ``row`` is no line of a foot any more: it runs over both columns, or opens an annex."""
    if fold(row.text).startswith("phu luc") or NATION.search(fold(row.text)):
        return True
    first = row.segments[0]
    return first.left < 0.3 * page.width and first.right > 0.68 * page.width
