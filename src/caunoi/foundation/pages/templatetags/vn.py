"""Filters that print numbers, amounts, days and sizes the way the reader's language does. ``{% load vn %}``."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from caunoi.foundation.pages.rules import cells, formats
from caunoi.kernel.measure import Measure

register = template.Library()
NOTHING = "\N{EN DASH}"
"""What stands where there is nothing to print."""


def language() -> str:
    """Return the language of this request."""
    return get_language() or "vi"


@register.filter
def vn_number(value: formats.Number | None, decimals: int | None = None) -> str:
    """Print a figure: 1.234,5. With a number of places, exactly so many."""
    return NOTHING if value is None else formats.number(value, decimals=decimals, language=language())


@register.filter
def vn_percent(value: formats.Number | None, decimals: int = 1) -> str:
    """Print a share of 100: 87,5%."""
    return NOTHING if value is None else f"{formats.number(value, decimals=decimals, language=language())}%"


@register.filter
def vn_money(value: formats.Number | None, currency: str = "VND") -> str:
    """Print an amount with its unit: 12.500.000 đồng; 1.200,50 USD."""
    return NOTHING if value is None else formats.money(value, currency, language=language())


@register.filter
def vn_date(value: date | None) -> str:
    """Print a day: 10/12/2026. A moment is taken on its local day."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return formats.day(value)


@register.filter
def vn_datetime(value: datetime | None) -> str:
    """Print a moment in local time: 14:05 10/12/2026."""
    return NOTHING if value is None else formats.moment(timezone.localtime(value))


@register.filter
def file_size(value: int | None) -> str:
    """Print a size in bytes: 1,4 MB."""
    return NOTHING if value is None else formats.file_size(value, language=language())


@register.filter
def cell_text(value: Measure | None) -> str:
    """Print a cell: its figure, KPS, KAD, or nothing when the figure is missing."""
    return cells.cell_text(value, language=language())
