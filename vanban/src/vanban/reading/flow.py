"""What docx, html and workbooks have in common: paragraphs and tables in reading order, before they become text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as printed, its list marker included; line breaks inside it are ``\\n``."""

    text: str
    bold: bool = False
    italic: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: first grid column and number of columns it spans."""

    content: tuple[Paragraph | Table, ...]
    start: int
    span: int = 1

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs that hold text, those of tables inside the cell included."""
        found: list[Paragraph] = []
        waiting: list[Paragraph | Table] = list(reversed(self.content))
        while waiting:
            item = waiting.pop()
            if isinstance(item, Paragraph):
                if item.text.strip():
                    found.append(item)
            else:
                waiting.extend(
                    part for row in reversed(item.rows) for cell in reversed(row) for part in reversed(cell.content)
                )
        return tuple(found)

    @property
    def text(self) -> str:
        """The text of the cell, its paragraphs on lines of their own."""
        return "\n".join(paragraph.text.strip() for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; ``columns`` is the width of the grid."""

    rows: tuple[tuple[Cell, ...], ...]
    columns: int = field(default=1)


Item: TypeAlias = Paragraph | Table
