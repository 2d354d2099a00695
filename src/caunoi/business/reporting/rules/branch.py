"""A unit's report made from those of the units below it: sums with their coverage, words with their units, own part.

A figure that was taken from a unit which reports in the same campaign is counted there through that unit, and one that
several reports of the campaign took from the same unit through the first of them that was sent. Of a report only what
exceeds that is counted, so that nothing is counted twice and no row is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from caunoi.business.reporting.rules.cells import NOT_APPLICABLE, Packed, minus, pack, plain, plus, sum_of, unpack
from caunoi.business.reporting.rules.form import Form, Table, with_totals
from caunoi.business.reporting.rules.merging import merge, told_by
from caunoi.kernel.measure import Measure, MeasureState


class How(StrEnum):
    """What happens to a place of the draft for which the units below have something."""

    KEEP = "keep"
    REPLACE = "replace"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Below:
    """What one unit below has sent, with its figures by the unit (id) that each part of them came from."""

    submission: str
    unit: str
    cells: Packed
    narrative: Mapping[str, str]
    parts: Mapping[int, Packed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summed:
    """One figure of the units below: its measure, how many of how many answered."""

    measure: Measure
    answered: int
    owed: int


@dataclass(frozen=True, slots=True)
class Part:
    """What of the figures of a version (id), given by the unit ``of`` (id), came from one unit (id) below it."""

    version: int
    of: int
    unit: int
    cells: Packed


@dataclass(frozen=True, slots=True)
class Claims:
    """Through which versions of a campaign the parts of its figures are counted."""

    standing: Mapping[int, Packed]
    """Version → cell → the part of its figure that is counted elsewhere in the campaign."""
    holders: Mapping[tuple[int, str], int]
    """Unit and cell → the version through which the part of that unit is counted; none where it reports itself."""

    def is_counted_in(self, part: Part, key: str) -> bool:
        """Whether a part of a figure is counted through the version in which it stands."""
        return self.holders.get((part.unit, key)) == part.version


def claims(parts: Iterable[Part], owing: Collection[int]) -> Claims:
    """Decide through which version each part is counted; parts come in the order in which their versions were sent.

    ``owing`` are the units that report in the campaign themselves: what came from them is counted there alone.
    """
    sums: dict[int, dict[str, Decimal]] = {}
    holders: dict[tuple[int, str], int] = {}
    for part in parts:
        known, has_own = sums.setdefault(part.version, {}), part.unit in owing and part.unit != part.of
        for key, text in part.cells.items():
            if has_own or (part.unit, key) in holders:
                known[key] = plus(known.get(key, Decimal(0)), unpack(text).number or Decimal(0))
            else:
                holders[part.unit, key] = part.version
    standing = {version: {key: plain(amount) for key, amount in known.items()} for version, known in sums.items()}
    return Claims(standing, holders)


def split(unit: int, cells: Packed, nested: Mapping[int, Packed]) -> dict[int, Packed]:
    """Return the counted cells of a version by the unit that they came from: those below it, the rest its own."""
    if not nested:
        return {unit: cells}
    own: dict[str, str] = {}
    for key, text in cells.items():
        inside = [unpack(part[key]).number or Decimal(0) for part in nested.values() if key in part]
        number = unpack(text).number
        if not inside or number is None:
            own[key] = text
        elif rest := minus(number, sum_of(inside)):
            own[key] = plain(rest)
    return {**nested, unit: own}


def same_form(one: Form, other: Form) -> bool:
    """Whether two forms ask for the same figures and sections under the same codes and names."""
    return _print(one) == _print(other)


def _print(form: Form) -> tuple[object, ...]:
    sections = tuple((section.code, section.title) for section in form.sections)
    return sections, tuple(_table(table) for table in form.tables)


def _table(table: Table) -> tuple[object, ...]:
    rows = tuple((line.code, line.label, line.is_total) for line in table.rows)
    columns = tuple((line.code, line.label, line.is_total, line.unit, line.whole, line.basis) for line in table.columns)
    return table.code, table.title, table.unit, table.nature, rows, columns


def summed(key: str, below: Sequence[Below], silent: int) -> Summed:
    """Return the sum of a cell over the units below; ``silent`` of them have not sent anything.

    All not applicable stays not applicable; a zero is confirmed only where every unit that owes the figure confirmed
    it; where nobody answered the figure is missing.
    """
    measures = [unpack(one.cells.get(key)) for one in below]
    owed = [measure for measure in measures if measure.state is not MeasureState.NOT_APPLICABLE]
    known = sum(measure.number is not None for measure in owed)
    return Summed(_measure(owed, bool(measures), silent), known, len(owed) + silent)


def _measure(owed: list[Measure], is_any: bool, silent: int) -> Measure:
    if not owed:
        return Measure.not_applicable() if is_any and not silent else Measure.missing()
    known = [measure.number for measure in owed if measure.number is not None]
    if not known:
        return Measure.missing()
    if not silent and all(measure.state is MeasureState.ZERO for measure in owed):
        return Measure.zero()
    return Measure.of(sum_of(known))


def told(code: str, below: Sequence[Below]) -> str:
    """Return what the units below say in a section: near-equal paragraphs once, each with the names of its units."""
    many = [each for one in below for each in told_by(one.submission, one.unit, one.narrative.get(code, ""))]
    paragraphs = []
    for group in merge(many):
        units = dict.fromkeys(source.unit for source in group.sources)
        paragraphs.append(f"{group.text} ({'; '.join(units)})")
    return "\n".join(paragraphs)


def combined(typed: str | None, taken: Measure, how: How, parts: Mapping[int, str], held: Collection[int]) -> Measure:
    """Return what stands in a cell after taking: the figure of the units below, or that added to what was typed.

    ``parts`` is the figure by unit; what is in the cell from a unit already (``held``) is not added again.
    """
    own = unpack(typed).number
    if how is not How.ADD or own is None or taken.number is None:
        return taken
    if held:
        fresh = [unpack(text).number or Decimal(0) for unit, text in parts.items() if unit not in held]
        return Measure.of(plus(own, sum_of(fresh))) if fresh else unpack(typed)
    return Measure.of(plus(own, taken.number))


def joined(typed: str, taken: str, how: How) -> str:
    """Return what stands in a section after taking."""
    return f"{typed}\n{taken}" if how is How.ADD and typed.strip() else taken


def counted(form: Form, cells: Packed, standing: Packed) -> dict[str, str]:
    """Return what of a report is counted in totals where it differs from its cells; nothing where it does not.

    ``standing`` are the parts of its figures that are counted through the units below. A figure without more than that
    does not concern the unit itself: it is left out of the sum and of those who owe it.
    """
    own = {key: _own(text, standing.get(key)) for key, text in cells.items() if key in form.typed_cells()}
    full = with_totals(form, own)
    return {key: full.get(key, NOT_APPLICABLE) for key, text in cells.items() if full.get(key, NOT_APPLICABLE) != text}


def _own(text: str, standing: str | None) -> str:
    number = unpack(text).number
    if standing is None or number is None:
        return text
    rest = minus(number, unpack(standing).number or Decimal(0))
    return (pack(Measure.of(rest)) or text) if rest else NOT_APPLICABLE


def less_than_standing(cells: Packed, standing: Packed) -> Iterable[str]:
    """Yield the cells that say less than what is counted already through the units below."""
    for key, text in standing.items():
        number = unpack(cells.get(key)).number
        if number is not None and number < (unpack(text).number or Decimal(0)):
            yield key
