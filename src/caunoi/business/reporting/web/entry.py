"""The form of a report as the page shows it, and what comes back from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext

from caunoi.business.reporting.models import Submission
from caunoi.business.reporting.operations.entering import read_values
from caunoi.business.reporting.operations.findings import SENTENCES, Said
from caunoi.business.reporting.operations.submissions import CELL, EXPLAIN, SECTION
from caunoi.business.reporting.queries import content_of
from caunoi.business.reporting.rules.cells import Packed, unpack
from caunoi.business.reporting.rules.checks import place_facts
from caunoi.business.reporting.rules.drafts import Base
from caunoi.business.reporting.rules.form import Form, Line, Section, Table, known_sum
from caunoi.foundation.pages.public import cell_text
from caunoi.kernel.measure import Measure


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person sent from the form; ``unreadable`` are cells whose text is neither a number nor a code."""

    cells: Mapping[str, Measure]
    narrative: Mapping[str, str]
    explanations: Mapping[str, str]
    unreadable: Mapping[str, str]
    base: Base | None = None
    """What the window had seen; ``None`` from a page that does not say."""


def read_form(form: Form, posted: Mapping[str, str]) -> Sent:
    """Return what was sent for the cells, sections and queries of the form; other names are ignored."""
    typed = {n.removeprefix(CELL): text for n, text in posted.items() if n.startswith(CELL)}
    read = read_values(form, typed)
    narrative = {s.code: posted[SECTION + s.code] for s in form.sections if SECTION + s.code in posted}
    explanations = {n.removeprefix(EXPLAIN): text for n, text in posted.items() if n.startswith(EXPLAIN)}
    return Sent(read.cells, narrative, explanations, read.unreadable, _base(posted))


def _base(posted: Mapping[str, str]) -> Base | None:
    version, revision = posted.get("base-version", ""), posted.get("base-revision", "")
    if not (version.isdecimal() and revision.isdecimal() and len(version + revision) < 15):
        return None
    return Base(int(version), int(revision), posted.get("base-writer", "")[:40])


def label_of_field(form: Form, field: str) -> str:
    """Return the name of a place of the form for a person."""
    kind, _colon, key = field.partition(":")
    if kind == "cell" and (found := form.all_cells().get(key)):
        table, row, column = found
        return f"{table.title}: {row.label}, {column.label}"
    if kind == "table":
        return next((table.title for table in form.tables if table.code == key), "")
    section = form.section(key)
    return section.heading if section is not None else gettext("Giải trình")


def text_of_field(field: str, value: str | None) -> str:
    """Return what stands in a place of the form, as its input shows it."""
    return cell_text(unpack(value)) if field.startswith(CELL) else (value or "")


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell: typed ones have a name, worked-out ones their sum and the cells it adds up."""

    key: str
    name: str
    label: str
    address: str
    measure: Measure | None
    total: str = ""
    parts: str = ""
    errors: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    note: str = ""
    """What the receiver noted here when the report was sent back."""
    is_answered: bool = False
    """Whether the place was changed since that note."""
    typed: str = ""
    """A note that somebody is writing here."""
    whole: bool = True

    @property
    def remark(self) -> str:
        """The note as the unit reads it beside the cell."""
        words = gettext("Đã sửa. Nơi nhận ghi: %(note)s") if self.is_answered else gettext("Nơi nhận ghi: %(note)s")
        return words % {"note": self.note} if self.note else ""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table ready for the grid."""

    table: Table
    rows: list[tuple[Line, list[ShownCell]]]
    said: list[Said]
    note: str = ""
    is_answered: bool = False
    typed: str = ""

    @property
    def place(self) -> str:
        """The name under which it is noted."""
        return f"table:{self.table.code}"


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its text, what was noted on it and what is wrong with it."""

    section: Section
    text: str
    note: str
    said: list[Said]
    is_answered: bool = False
    typed: str = ""

    @property
    def place(self) -> str:
        """The name under which it is noted."""
        return f"section:{self.section.code}"

    @property
    def lines(self) -> list[str]:
        """The paragraphs."""
        return [line for line in self.text.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A whole report ready to be shown or filled in."""

    sections: list[ShownSection]
    tables: list[ShownTable]


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is said beside places of a report: findings, notes of the receiver, text that could not be read."""

    findings: Mapping[str, list[Said]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    unreadable: Mapping[str, str] = field(default_factory=dict)
    answered: Collection[str] = ()
    """Places with a note that were changed since it was written."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """Notes that are being written, where they were refused."""


NOTHING_SAID = Remarks()


def shown(form: Form, submission: Submission | None, remarks: Remarks = NOTHING_SAID) -> ShownReport:
    """Return a version of a report ready for the page."""
    content = content_of(submission)
    sections = [
        ShownSection(
            section,
            content.narrative.get(section.code, ""),
            remarks.notes.get(f"section:{section.code}", ""),
            remarks.findings.get(f"section:{section.code}", []),
            f"section:{section.code}" in remarks.answered,
            remarks.typed.get(f"section:{section.code}", ""),
        )
        for section in form.sections
    ]
    return ShownReport(sections, [_table(table, content.cells, remarks) for table in form.tables])


def _table(table: Table, cells: Packed, remarks: Remarks) -> ShownTable:
    rows = [(row, [_cell(table, row, column, cells, remarks) for column in table.columns]) for row in table.rows]
    place = f"table:{table.code}"
    said, note = remarks.findings.get(place, []), remarks.notes.get(place, "")
    return ShownTable(table, rows, said, note, place in remarks.answered, remarks.typed.get(place, ""))


def _cell(table: Table, row: Line, column: Line, cells: Packed, remarks: Remarks) -> ShownCell:
    key, address = table.key(row, column), table.address(row, column)
    label = f"{row.label}, {column.label}"
    if row.is_total or column.is_total:
        amount = known_sum(table, cells, row, column)
        total = "" if amount is None else cell_text(Measure.of(amount))
        parts = " ".join(CELL + part for part in table.parts_of(row, column))
        return ShownCell(key, "", label, address, None, total, parts)
    said = remarks.findings.get(f"cell:{key}", [])
    errors = [each.text for each in said if each.is_error]
    if key in remarks.unreadable:
        facts = {**place_facts(table, row, column), "text": remarks.unreadable[key]}
        errors.append(str(SENTENCES["unreadable"]) % facts)
    queries = [gettext("Cần giải trình ở danh sách phía trên.") for each in said if not each.is_error]
    return ShownCell(
        key, CELL + key, label, address, unpack(cells.get(key)), errors=errors, queries=queries,
        note=remarks.notes.get(CELL + key, ""), is_answered=CELL + key in remarks.answered,
        typed=remarks.typed.get(CELL + key, ""), whole=column.whole,
    )  # fmt: skip
