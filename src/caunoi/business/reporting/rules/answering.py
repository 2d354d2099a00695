"""A consolidated report put into the form of the body above: which figure and which section goes where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from caunoi.business.reporting.rules.branch import same_form
from caunoi.business.reporting.rules.cells import Packed
from caunoi.business.reporting.rules.form import Form, Line, Table
from caunoi.kernel.text import fold

MOST_NAMED: Final = 4
"""Up to so many units are named behind a paragraph; of more only the number is printed."""
Place = tuple[Table, Line, Line]


@dataclass(frozen=True, slots=True)
class Placing:
    """What of a consolidated form goes where in the form above; ``homeless`` has no place there."""

    cells: Mapping[str, str]
    """Cell to be filled above → cell here, typed or worked out."""
    sections: Mapping[str, Sequence[str]]
    """Section above → sections here, in order."""
    homeless_cells: tuple[str, ...]
    homeless_sections: tuple[str, ...]


def placing(here: Form, above: Form, chosen: Mapping[str, str]) -> Placing:
    """Return what goes where: by code in the same form, else by the printed words where they name one place only.

    ``chosen`` (section here → section above) says where somebody wants sections that no heading above answers to.
    """
    cells = _cells(here, above)
    sections = _sections(here, above, chosen)
    used = set(cells.values())
    parts = {part for key in used for part in _parts(here.all_cells()[key])}
    placed = {code for codes in sections.values() for code in codes}
    return Placing(
        cells,
        sections,
        tuple(key for key in here.typed_cells() if key not in used | parts),
        tuple(section.code for section in here.sections if section.code not in placed),
    )


def fits(here: Form, above: Form) -> bool:
    """Whether anything of a consolidated form has a place in the form above; otherwise they are about other things."""
    found = placing(here, above, {})
    return bool(found.cells or found.sections)


def _parts(place: Place) -> list[str]:
    table, row, column = place
    return table.parts_of(row, column) if row.is_total or column.is_total else []


def _cells(here: Form, above: Form) -> dict[str, str]:
    if same_form(here, above):
        return {key: key for key in above.typed_cells()}
    found: dict[str, str] = {}
    for name in (_full, _short):
        left = {key: place for key, place in above.typed_cells().items() if key not in found}
        found |= _matched(here.all_cells(), left, name, name)
    left = {key: place for key, place in above.typed_cells().items() if key not in found}
    return found | _matched(here.all_cells(), left, _sum, _under_row)


def _matched(
    here: Mapping[str, Place],
    above: Mapping[str, Place],
    name: Callable[[Place], Hashable],
    name_above: Callable[[Place], Hashable],
) -> dict[str, str]:
    """Return the pairs whose name stands once here and once above."""
    mine, theirs = _once(here, name), _once(above, name_above)
    return {theirs[each]: mine[each] for each in theirs if each is not None and each in mine}


def _once(places: Mapping[str, Place], name: Callable[[Place], Hashable]) -> dict[Hashable, str]:
    names = {key: name(place) for key, place in places.items()}
    counts = Counter(names.values())
    return {each: key for key, each in names.items() if counts[each] == 1}


def _full(place: Place) -> Hashable:
    return fold(place[0].title), _short(place)


def _short(place: Place) -> Hashable:
    table, row, column = place
    return row.is_total, fold(row.label), fold(column.label), _unit(table, column)


def _sum(place: Place) -> Hashable:
    """The sum of a table here: the form above may ask for it in one row that bears the name of the table."""
    table, row, column = place
    return (fold(table.title), fold(column.label), _unit(table, column)) if row.is_total else None


def _under_row(place: Place) -> Hashable:
    table, row, column = place
    return fold(row.label), fold(column.label), _unit(table, column)


def _unit(table: Table, column: Line) -> str:
    return fold(column.unit or table.unit)


def _sections(here: Form, above: Form, chosen: Mapping[str, str]) -> dict[str, list[str]]:
    counts = Counter(fold(section.title) for section in above.sections)
    by_title = {fold(s.title): s.code for s in above.sections if counts[fold(s.title)] == 1}
    codes = {section.code for section in above.sections}
    placed: dict[str, list[str]] = {}
    for section in here.sections:
        goal = by_title.get(fold(section.title)) or chosen.get(section.code, "")
        if goal in codes:
            placed.setdefault(goal, []).append(section.code)
    return placed


def said_by(text: str, units: Iterable[str], gatherer: str) -> str:
    """Return a paragraph with the units behind it; words that no unit wrote are those of the unit that gathers."""
    names = list(dict.fromkeys(units)) or [gatherer]
    behind = "; ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} đơn vị cùng nêu"
    return f"{text} ({behind})"


def is_covered(
    cells: Packed, narrative: Mapping[str, str], taken_cells: Packed, taken_words: Mapping[str, str]
) -> bool:
    """Whether a report says nothing but what was taken: then who signed the one has approved the other."""
    figures = all(taken_cells.get(key) == text for key, text in cells.items())
    return figures and all(taken_words.get(code) == text for code, text in narrative.items() if text.strip())
