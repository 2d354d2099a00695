"""Filters that live in the address: one row of chips for each thing one may choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from caunoi.foundation.pages.rules.navigation import Words

LINE = 110
"""Characters that fit into one line of chips on a desk screen."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value one may filter by, with how many rows have it (None: not counted)."""

    value: str
    label: Words
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """An option with the address that chooses it, or takes it away again when it is chosen."""

    label: Words
    address: str
    chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class ChipRow:
    """The chips of one filter; ``value`` is what is chosen ("" when nothing is)."""

    name: str
    label: Words
    value: str
    chips: tuple[Chip, ...]

    @property
    def is_long(self) -> bool:
        """Whether the options are too many words for one line; they are then shown in a menu."""
        return sum(len(str(chip.label)) + 3 for chip in self.chips) > LINE

    @property
    def chosen(self) -> Chip | None:
        """The chip that is chosen."""
        return next((chip for chip in self.chips if chip.chosen), None)


def chips(
    query: Mapping[str, str], name: str, label: Words, options: Iterable[Option], *, default: str = ""
) -> ChipRow:
    """Return the chips of the filter ``name``; an unknown value in the address counts as ``default``.

    With a default, choosing it takes the filter out of the address; without, a chosen chip takes itself out.
    Changing a filter goes back to the first page.
    """
    offered = list(options)
    asked = query.get(name, default)
    value = asked if asked in {option.value for option in offered} else default
    kept = {key: text for key, text in query.items() if key not in {name, "page"}}

    def address(chosen: str) -> str:
        return "?" + urlencode({**kept, name: chosen} if chosen not in ("", default) else kept)

    made = tuple(
        Chip(
            option.label,
            address("" if option.value == value and not default else option.value),
            option.value == value,
            option.count,
        )
        for option in offered
    )
    return ChipRow(name, label, value, made)
