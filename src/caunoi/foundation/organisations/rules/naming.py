"""What a unit is called, and the document by which something is decided about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Naming:
    """What a unit is called: full name, English name, abbreviation in codes, seat printed before dates."""

    name: str
    name_en: str = ""
    symbol: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The deciding document as printed: number and symbol, date, issuing organ; and a note."""

    code: str = ""
    on: dt.date | None = None
    organ: str = ""
    note: str = ""
