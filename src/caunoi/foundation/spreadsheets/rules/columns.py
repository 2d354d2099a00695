"""The schema of a sheet: which columns, of which kind; reading one cell as such."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from caunoi.foundation.spreadsheets.rules.cells import Cell, CellKind, Value
from caunoi.foundation.spreadsheets.rules.findings import Words
from caunoi.kernel.text import fold

LONGEST_NUMBER = 40
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Control signs, and signs that hide or turn text round."""
YES = {"x", "co", "1", "dung", "yes", "true", "v"}
NO = {"", "khong", "0", "sai", "no", "false"}


class ValueKind(StrEnum):
    """What a column asks for."""

    TEXT = "text"
    EMAIL = "email"
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``key`` in code, ``label`` as its head (found whatever its case and accents)."""

    key: str
    label: Words
    kind: ValueKind = ValueKind.TEXT
    required: bool = False
    unique: bool = False
    """No two rows have the same value (compared without case)."""
    max_length: int = 300
    minimum: int | None = None
    choices: Mapping[str, Words] = field(default_factory=dict)
    """Value → the words to choose; either is accepted in the file."""
    help: Words = ""
    example: str = ""
    width: int = 24


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell cannot be read as its column asks."""

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


def read_value(cell: Cell, column: Column) -> Value | Wrong:
    """Return the value of a cell as the column asks, ``None`` when it is empty, or why it cannot be read."""
    if cell.kind in _NEVER:
        return Wrong(_NEVER[cell.kind])
    if cell.kind is CellKind.EMPTY or cell.printed == "":
        return Wrong("required") if column.required else None
    return _READERS[column.kind](cell, column)


_NEVER = {CellKind.FORMULA: "formula", CellKind.ERROR: "error_value"}


def _text(cell: Cell, column: Column) -> Value | Wrong:
    text = cell.printed
    if _CONTROL.search(text):
        return Wrong("control_signs")
    return text if len(text) <= column.max_length else Wrong("too_long", {"limit": column.max_length})


def _email(cell: Cell, column: Column) -> Value | Wrong:
    text = _text(cell, column)
    if isinstance(text, str):
        return text.lower() if _EMAIL.fullmatch(text) and text.isascii() else Wrong("not_email")
    return text


def _number(cell: Cell, column: Column) -> Value | Wrong:
    number = cell.value if isinstance(cell.value, Decimal) else _typed_number(cell.printed)
    if number is None:
        return Wrong("not_number")
    if column.minimum is not None and number < column.minimum:
        return Wrong("below", {"minimum": column.minimum})
    return number


def _typed_number(text: str) -> Decimal | None:
    bare = text.replace("\u00a0", "").replace(" ", "")
    if len(bare) > LONGEST_NUMBER:
        return None
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    elif not _PLAIN.fullmatch(bare):
        return None
    try:
        return Decimal(bare.replace(",", "."))
    except InvalidOperation:
        return None


def _whole(cell: Cell, column: Column) -> Value | Wrong:
    number = _number(cell, column)
    if isinstance(number, Decimal) and number != number.to_integral_value():
        return Wrong("not_whole")
    return Wrong("not_whole") if isinstance(number, Wrong) and number.code == "not_number" else number


def _day(cell: Cell, column: Column) -> Value | Wrong:
    if isinstance(cell.value, dt.date):
        return cell.value
    found = _DAY.fullmatch(cell.printed)
    if found is None:
        return Wrong("not_day")
    day, month, year = found.group(1, 2, 3) if found.group(1) else found.group(6, 5, 4)
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return Wrong("not_day")


def _choice(cell: Cell, column: Column) -> Value | Wrong:
    wanted = fold(cell.printed)
    for value, label in column.choices.items():
        if wanted in (fold(value), fold(str(label))):
            return value
    return Wrong("not_listed", {"listed": "; ".join(str(label) for label in list(column.choices.values())[:12])})


def _truth(cell: Cell, column: Column) -> Value | Wrong:
    if isinstance(cell.value, bool):
        return cell.value
    word = fold(cell.printed)
    return word in YES if word in YES | NO else Wrong("not_yes_or_no")


_READERS: Mapping[ValueKind, Callable[[Cell, Column], Value | Wrong]] = {
    ValueKind.TEXT: _text,
    ValueKind.EMAIL: _email,
    ValueKind.NUMBER: _number,
    ValueKind.WHOLE: _whole,
    ValueKind.DAY: _day,
    ValueKind.CHOICE: _choice,
    ValueKind.TRUTH: _truth,
}
