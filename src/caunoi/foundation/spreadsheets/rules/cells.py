"""Cells as they stand in a workbook: what kind, what value, where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

Value = str | Decimal | dt.date | bool | None


class CellKind(StrEnum):
    """What stands in a cell."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    TRUTH = "truth"
    FORMULA = "formula"
    """A formula: its value is nobody's statement, so it is never read."""
    ERROR = "error"
    """#REF!, #DIV/0! and their like."""


def letters_of(column: int) -> str:
    """Return the letters of a column counted from 1: 28 → "AB"."""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; rows and columns count from 1. Texts are composed (NFC) and trimmed."""

    row: int
    column: int
    kind: CellKind
    value: Value

    @property
    def address(self) -> str:
        """Its address as a spreadsheet shows it: "C7"."""
        return f"{letters_of(self.column)}{self.row}"

    @property
    def printed(self) -> str:
        """The value as a person would type it."""
        if self.value is None:
            return ""
        if isinstance(self.value, bool):
            return "x" if self.value else ""
        if isinstance(self.value, Decimal):
            return plain(self.value)
        return self.value.strftime("%d/%m/%Y") if isinstance(self.value, dt.date) else self.value


def plain(number: Decimal) -> str:
    """Return a number without exponent and without idle zeros: a code typed as a number reads as it was typed."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its rows that hold anything, each a list of the cells that are not empty."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """What was read: the sheets in their order and the stamp that ``write_template`` had put in, if any."""

    sheets: tuple[Sheet, ...]
    stamp: Mapping[str, str] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of a name, whatever its case and accents' form; ``None`` when there is none."""
        wanted = name.casefold()
        return next((one for one in self.sheets if one.name.casefold() == wanted), None)
