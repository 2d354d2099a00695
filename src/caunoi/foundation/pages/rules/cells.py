"""What may be typed into a cell of a form, and how a cell is printed back."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from caunoi.foundation.pages.rules.formats import number
from caunoi.kernel.errors import Refused
from caunoi.kernel.measure import Measure, MeasureState
from caunoi.kernel.text import clean

NOTHING_HAPPENED: Final = "KPS"
"""Không phát sinh, as typed and shown in a cell."""
NOT_APPLICABLE: Final = "KAD"
"""Không áp dụng."""

_ZERO: Final = frozenset({"-", "\N{EN DASH}", "\N{EM DASH}", NOTHING_HAPPENED, "KHÔNGPHÁTSINH"})
_OUTSIDE: Final = frozenset({NOT_APPLICABLE, "KHÔNGÁPDỤNG", "N/A"})
_LONGEST: Final = 40
"""Signs of the longest figure that is read."""
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
"""Groups of three; "0.125" is none, for no group begins a figure with zero."""
_ENGLISH = re.compile(r"-?[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+\.[0-9]+|(?:,[0-9]{3}){2,})")
"""Groups parted by commas, where nothing else can be meant; "1,234" alone stays 1.234 with a decimal comma."""
_PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")


class CellUnreadable(Refused):
    """The text of a cell is neither a number nor one of the two codes. Fact: ``text``."""


def read_cell(text: str) -> Measure:
    """Return what was typed: "1.234,5", "1234,5", "0", "KPS" or "-" (confirmed zero), "KAD", or nothing (missing).

    A point is a thousands separator when groups of three follow it ("1.234" is 1234), else a decimal point, so that
    figures pasted from spreadsheets are read; English groups ("1,234,567", "1,234.5") are read where nothing else can
    be meant. Raises CellUnreadable.
    """
    bare = re.sub(r"[\s\u00a0\u202f]", "", clean(text)).replace("\N{MINUS SIGN}", "-")
    code = bare.upper()
    if code == "":
        return Measure.missing()
    if code in _ZERO:
        return Measure.zero()
    if code in _OUTSIDE:
        return Measure.not_applicable()
    if len(bare) <= _LONGEST:
        return _figure(bare, text)
    raise CellUnreadable("pages.cell_unreadable", text=text)


def _figure(bare: str, text: str) -> Measure:
    if _ENGLISH.fullmatch(bare):
        return Measure.of(Decimal(bare.replace(",", "")))
    if _GROUPED.fullmatch(bare):
        return Measure.of(Decimal(bare.replace(".", "").replace(",", ".")))
    if _PLAIN.fullmatch(bare):
        return Measure.of(Decimal(bare.replace(",", ".")))
    raise CellUnreadable("pages.cell_unreadable", text=text)


def cell_text(measure: Measure | None, *, language: str = "vi") -> str:
    """Return what stands in the cell: the figure with separators, a code, or nothing."""
    if measure is None or measure.state is MeasureState.MISSING:
        return ""
    if measure.state is MeasureState.ZERO:
        return NOTHING_HAPPENED
    if measure.state is MeasureState.NOT_APPLICABLE:
        return NOT_APPLICABLE
    return number(measure.amount or Decimal(0), language=language)
