"""What changed between two versions of a report."""

from __future__ import annotations

from dataclasses import dataclass

from caunoi.business.reporting.rules.checks import Content
from caunoi.business.reporting.rules.form import Form, Line, Section, Table


@dataclass(frozen=True, slots=True)
class CellChange:
    """A figure that changed; packed before and after, ``None`` when missing."""

    key: str
    table: Table
    row: Line
    column: Line
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section whose words changed."""

    section: Section
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that changed, in the order of the form."""

    cells: tuple[CellChange, ...]
    sections: tuple[SectionChange, ...]

    @property
    def count(self) -> int:
        """How many places changed."""
        return len(self.cells) + len(self.sections)


def difference(form: Form, before: Content, after: Content) -> Difference:
    """Return what the unit changed between two versions."""
    cells = tuple(
        CellChange(key, table, row, column, before.cells.get(key), after.cells.get(key))
        for key, (table, row, column) in form.typed_cells().items()
        if before.cells.get(key) != after.cells.get(key)
    )
    sections = tuple(
        SectionChange(section, old, new)
        for section in form.sections
        if (old := before.narrative.get(section.code, "")) != (new := after.narrative.get(section.code, ""))
    )
    return Difference(cells, sections)
