"""Numbers, days and sizes as they are printed: 1.234,5 and 10/12/2026 in Vietnamese, 1,234.5 in English."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

Number = int | float | Decimal


def number(value: Number, *, decimals: int | None = None, language: str = "vi") -> str:
    """Return a figure with separators; ``decimals`` None prints the places it has, without trailing zeros."""
    exact = Decimal(str(value))
    if decimals is None:
        text = f"{exact:,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,f}"
    text = text.replace("-", "\N{MINUS SIGN}")
    return text if language.startswith("en") else text.translate(str.maketrans(",.", ".,"))


def money(value: Number, currency: str = "VND", *, language: str = "vi") -> str:
    """Return an amount with its unit: đồng without places, other currencies with two when they have any."""
    exact = Decimal(str(value))
    whole = exact == exact.to_integral_value()
    figure = number(exact, decimals=0 if currency == "VND" or whole else 2, language=language)
    unit = "đồng" if currency == "VND" and not language.startswith("en") else currency
    return f"{figure} {unit}"


def day(value: date) -> str:
    """Return dd/mm/yyyy."""
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """Return HH:MM dd/mm/yyyy of a moment already in local time."""
    return f"{value:%H:%M %d/%m/%Y}"


def file_size(size: int, *, language: str = "vi") -> str:
    """Return a size in bytes as B, KB, MB or GB (powers of 1,024), with one place from MB on."""
    value = Decimal(size)
    for unit, places in (("B", 0), ("KB", 0), ("MB", 1)):
        if value < 1024:
            return f"{number(value, decimals=places, language=language)} {unit}"
        value /= 1024
    return f"{number(value, decimals=1, language=language)} GB"


def share(done: int, total: int) -> int:
    """Return ``done`` of ``total`` in whole percent, halves rounded up; never 100 while something is left, nor 0 once
    something is done. Nothing to do is 100.
    """
    if total == 0:
        return 100
    rounded = (done * 200 + total) // (total * 2)
    return rounded if done in (0, total) else min(99, max(1, rounded))
