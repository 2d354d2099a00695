"""Small records that components show: history entries, files, tabs, charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from caunoi.foundation.pages.rules.navigation import Words
from caunoi.foundation.pages.rules.states import Tone


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened: who did what when, with a note such as the reason of a return."""

    at: datetime
    who: Words
    what: Words
    note: Words = ""
    tone: Tone = Tone.NEUTRAL
    icon: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file offered for download; ``size`` in bytes."""

    name: str
    url: str
    size: int | None = None
    note: Words = ""
    preview_url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of a record page with its own address."""

    label: Words
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step above the page; without an address it is the page itself."""

    label: Words
    url: str = ""


class ChartKind(StrEnum):
    """Kinds of charts that the pages draw."""

    BARS = "bars"
    STACKED = "stacked"
    LINES = "lines"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars; None is a value that is missing, shown as such and never as zero."""

    label: Words
    values: Sequence[int | float | Decimal | None]
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the sentence that says what it shows; its table stands behind a tab.

    ``lying`` lays bars on their side (long labels). ``urls`` opens what stands behind each category.
    """

    key: str
    kind: ChartKind
    title: Words
    sentence: Words
    categories: Sequence[Words]
    series: Sequence[Series]
    unit: Words = ""
    lying: bool = False
    urls: Sequence[str] = ()
