"""Columns of a table and the order that the address asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from caunoi.foundation.pages.rules.navigation import Words


@dataclass(frozen=True, slots=True)
class Column:
    """A column. With ``order_by`` (field names, no minus) it can be sorted; ``numeric`` aligns it to the right."""

    key: str
    label: Words
    order_by: tuple[str, ...] = ()
    numeric: bool = False
    descending_first: bool = False
    hidden_label: bool = False
    """The heading is for screen readers only (a column of buttons or checkboxes)."""
    width: str = ""
    """"narrow", "wide" or nothing."""


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of a table: its column and direction; ``order_by`` goes into ``QuerySet.order_by(*…)``."""

    key: str
    descending: bool
    order_by: tuple[str, ...]

    @property
    def value(self) -> str:
        """How the order stands in the address."""
        return f"-{self.key}" if self.descending else self.key


def parse_sort(
    query: Mapping[str, str], columns: Iterable[Column], default: str, *, last: str = "pk", name: str = "sort"
) -> Sort:
    """Return the order that the address asks for, or ``default`` (a key, "-" before it for descending).

    Unknown keys fall back to the default. ``last`` makes the order total. Raises KeyError when the default
    is no sortable column.
    """
    sortable = {column.key: column for column in columns if column.order_by}
    asked = query.get(name, default)
    if asked.removeprefix("-") not in sortable:
        asked = default
    column = sortable[asked.removeprefix("-")]
    descending = asked.startswith("-")
    fields = [*column.order_by, last] if last not in column.order_by else list(column.order_by)
    return Sort(column.key, descending, tuple(f"-{field}" if descending else field for field in fields))


_ROW_OR_CELL = re.compile(r"<(tr|td|th)\b([^>]*)>")
_SPAN = re.compile(r'colspan="(\d+)"')


def with_labels(rows: str, labels: Sequence[str]) -> str:
    """Return the rows of a table with the head of its column on each cell, for screens where a row becomes a card.

    ``rows`` is markup without tables inside cells; a cell over several columns gets no label.
    """
    at = 0

    def labelled(match: re.Match[str]) -> str:
        nonlocal at
        tag, attributes = match.groups()
        if tag == "tr":
            at = 0
            return match.group()
        span = _SPAN.search(attributes)
        label = labels[at] if at < len(labels) and span is None else ""
        at += int(span.group(1)) if span else 1
        return f'<{tag}{attributes} data-label="{escape(label)}">' if label else match.group()

    return _ROW_OR_CELL.sub(labelled, rows)
