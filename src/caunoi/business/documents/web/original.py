"""The original as the review shows it: pictures of pages with boxes, or the laid-out text with marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from caunoi.business.documents.models import Document, DocumentCitation, DocumentFile, Obligation, Reading, Recipient
from caunoi.business.documents.rules.places import Place, Rectangle, pieces, rectangles
from caunoi.business.documents.web.doubts import (
    HEAD,
    SIGNATURE,
    citation_doubts,
    head_fact,
    is_plain,
    obligation_doubts,
)

_HEADS = ("header_left", "header_right")
_FEET = ("footer_left", "footer_right")


@dataclass(frozen=True, slots=True)
class Boxed:
    """A rectangle that belongs to a fact."""

    id: str
    look: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageView:
    """One page as a picture with its boxes; sizes in points."""

    number: int
    url: str
    width: int
    height: int
    boxes: list[Boxed]


@dataclass(frozen=True, slots=True)
class TextRow:
    """A part of the laid-out text: ``kind`` head, foot, para or table; cells from left to right."""

    kind: str
    cells: list[SafeString]
    look: str = ""


@dataclass(frozen=True, slots=True)
class FileView:
    """One file of the document, as pages or as text."""

    file: DocumentFile
    pages: list[PageView]
    rows: list[TextRow]


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding of the checker with the id of its place."""

    id: str
    severity: str
    text: str
    why: str
    mend: str
    start: int
    end: int


def findings_of(reading: Reading) -> list[ShownFinding]:
    """Return what the checker found, the gravest first."""
    weight = {"error": 0, "warning": 1, "note": 2}
    found = sorted(reading.findings, key=lambda one: (weight.get(one["severity"], 3), one["start"]))
    return [
        ShownFinding(
            f"finding-{at}", one["severity"], one["text"], one["why"], one["mend"], int(one["start"]), int(one["end"])
        )
        for at, one in enumerate(found)
    ]


def places_of(
    document: Document,
    reading: Reading,
    citations: Iterable[DocumentCitation],
    obligations: Iterable[Obligation],
    recipients: Iterable[Recipient],
) -> list[Place]:
    """Return the place of every fact, longer ones first so that shorter ones lie on top."""
    found = [head_fact(document, reading.facts, name) for name in (*HEAD, *SIGNATURE)]
    places = [Place(f.name, f.start, f.end, bool(f.doubts)) for f in found if f.start is not None and f.end is not None]
    for one in obligations:
        doubt, faint = bool(obligation_doubts(one)), is_plain(one)
        if one.span_start is not None and one.span_end is not None:
            wide = faint or one.due_start is not None
            places.append(Place(f"obligation-{one.pk}", one.span_start, one.span_end, doubt and not wide, wide))
        if one.due_start is not None and one.due_end is not None:
            places.append(Place(f"obligation-{one.pk}", one.due_start, one.due_end, doubt))
    for cited in citations:
        if cited.span_start is not None and cited.span_end is not None:
            doubt = bool(citation_doubts(cited))
            places.append(Place(f"citation-{cited.pk}", cited.span_start, cited.span_end, doubt))
    places.extend(
        Place(f"recipient-{line.pk}", line.span_start, line.span_end)
        for line in recipients
        if line.span_start is not None and line.span_end is not None
    )
    places.extend(Place(one.id, one.start, one.end, faint=True) for one in findings_of(reading))
    return sorted(places, key=lambda place: (place.start - place.end, place.start))


def file_view(file: DocumentFile, reading: Reading | None, places: Sequence[Place]) -> FileView:
    """Return a file ready to be shown; ``places`` are those of the main file only."""
    if reading is None:
        return FileView(file, [], [])
    if reading.pages:
        return FileView(file, _pages(file, reading, places), [])
    return FileView(file, [], list(_rows(reading, places)))


def _pages(file: DocumentFile, reading: Reading, places: Sequence[Place]) -> list[PageView]:
    boxes: dict[int, list[Boxed]] = {}
    for place in places:
        for box in rectangles(reading.words, place.start, place.end):
            boxes.setdefault(box.page, []).append(_boxed(place, box))
    return [
        PageView(
            int(number),
            reverse("documents:page", args=[file.public_id, int(number)]),
            max(1, round(width)),
            max(1, round(height)),
            boxes.get(int(number), []),
        )
        for number, width, height, _ in reading.pages
    ]


_ROOM = 30
"""Ten-thousandths left round the letters."""


def _look(doubt: bool, faint: bool) -> str:
    return "place-doubt" if doubt else "place-faint" if faint else ""


def _boxed(place: Place, box: Rectangle) -> Boxed:
    return Boxed(
        place.id,
        _look(place.doubt, place.faint),
        max(0, box.left - _ROOM),
        max(0, box.top - _ROOM),
        box.right - box.left + 2 * _ROOM,
        box.bottom - box.top + 2 * _ROOM,
    )


def _rows(reading: Reading, places: Sequence[Place]) -> Iterator[TextRow]:
    """Lay the blocks out as on paper: the two blocks of the head and of the foot side by side."""
    left: list[SafeString] = []
    right: list[SafeString] = []
    side = ""
    for kind, start, end, _page, bold, italic, centred in reading.blocks:
        here = "head" if kind in _HEADS else "foot" if kind in _FEET else ""
        if side and here != side:
            yield _beside(side, left, right)
            left, right = [], []
        side = here
        marked = _marked(reading.text, start, end, places)
        if here:
            (left if kind.endswith("_left") else right).append(_styled(marked, bold=bold, italic=italic))
        elif kind == "table_row":
            yield TextRow("table", list(_cells(reading.text, start, end, places)))
        else:
            look = " ".join(
                word for word, on in (("is-bold", bold), ("is-italic", italic), ("is-centred", centred)) if on
            )
            yield TextRow("para", [marked], look)
    if side:
        yield _beside(side, left, right)


def _beside(side: str, left: list[SafeString], right: list[SafeString]) -> TextRow:
    cells = [format_html_join("", "<p>{}</p>", ((one,) for one in lines)) for lines in (left, right)]
    return TextRow(side, cells)


def _styled(marked: SafeString, *, bold: bool, italic: bool) -> SafeString:
    if bold:
        marked = format_html("<strong>{}</strong>", marked)
    return format_html("<em>{}</em>", marked) if italic else marked


def _cells(text: str, start: int, end: int, places: Sequence[Place]) -> Iterator[SafeString]:
    """Cut a row of a table at its bars; the offsets stay those of the text."""
    row = text[start:end]
    inner_start = start + (1 if row.startswith("|") else 0)
    inner_end = end - (1 if row.endswith("|") and len(row) > 1 else 0)
    position = inner_start
    while True:
        bar = text.find("|", position, inner_end)
        stop = inner_end if bar < 0 else bar
        yield _marked(text, position, stop, places)
        if bar < 0:
            return
        position = bar + 1


def _marked(text: str, start: int, end: int, places: Sequence[Place]) -> SafeString:
    parts: list[SafeString] = []
    for piece in pieces(text, start, end, places):
        parts.extend(
            format_html('<mark data-place-id="{}" class="{}">', place.id, _look(place.doubt, place.faint))
            for place in piece.opens
        )
        parts.append(format_html("{}", piece.text))
        parts.append(SafeString("</mark>" * piece.closes))
    return SafeString("".join(parts))
