"""A draft as the lines of a sheet of paper: the same words as in the docx, for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caunoi.business.documents.public import Draft, Item, Level, Node, Paragraph, Section, TableNode

_HEADINGS = {Level.ROMAN: "roman", Level.CLAUSE: "clause", Level.SUBCLAUSE: "subclause", Level.POINT: "point"}


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One paragraph on the sheet; ``kind`` names its look."""

    kind: str
    text: str


def lines_of(draft: Draft) -> list[PrintedLine]:
    """Return the body of a draft, closed with "./." as the writer of the docx closes it."""
    lines = list(_lines(draft.body))
    if lines:
        last = lines[-1]
        lines[-1] = PrintedLine(last.kind, f"{last.text.rstrip(' .;/')}./.")
    return lines


def _lines(nodes: Iterable[Node]) -> Iterable[PrintedLine]:
    for node in nodes:
        if isinstance(node, Section):
            yield from _section(node)
        elif isinstance(node, Paragraph):
            yield PrintedLine("para", node.text)
        elif isinstance(node, Item):
            yield from _item(node)


def _section(section: Section) -> Iterable[PrintedLine]:
    mark = f"{section.marker})" if section.level is Level.POINT else f"{section.marker}."
    children: Sequence[Node] = section.children
    if section.title:
        yield PrintedLine(_HEADINGS.get(section.level, "clause"), f"{mark} {section.title}")
    elif children and isinstance(children[0], Paragraph):
        yield PrintedLine("para", f"{mark} {children[0].text}")
        children = children[1:]
    yield from _lines(children)


def _item(item: Item) -> Iterable[PrintedLine]:
    yield PrintedLine("para", f"{item.mark.value} {item.content.text}")
    for child in item.children:
        yield from _item(child)


def annex_rows(draft: Draft) -> list[list[str]]:
    """Return the rows of the table of assignments, or nothing."""
    tables = [node for annex in draft.annexes for node in annex.body if isinstance(node, TableNode)]
    return [[cell.text for cell in row] for table in tables for row in table.rows]


def date_line(draft: Draft) -> str:
    """Return place and day as they are printed; what is still blank is dotted."""
    issued = draft.issued
    day = f"{issued.day:02d}" if issued.day else "…"
    month = (f"{issued.month:02d}" if issued.month <= 2 else str(issued.month)) if issued.month else "…"
    return f"{draft.place}, ngày {day} tháng {month} năm {issued.year or '…'}"


def sign_lines(draft: Draft) -> list[str]:
    """Return the lines above the signature: "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"."""
    return [f"{line.form.value} {line.title}" if line.form else line.title for line in draft.signing]
