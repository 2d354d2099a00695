"""A unit's report made from those of the units below it: sums with their coverage, words with their units, own part.

A figure that was taken from units which report in the same campaign stands in its totals already, through those units.
Of the report above only what exceeds it is counted, so that nothing is counted twice and no row is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from caunoi.business.reporting.rules.cells import NOT_APPLICABLE, Packed, minus, pack, plus, sum_of, unpack
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
    """What one unit below has sent; ``stands`` when it is itself counted in the campaign that is reported to."""

    submission: str
    unit: str
    cells: Packed
    narrative: Mapping[str, str]
    stands: bool


@dataclass(frozen=True, slots=True)
class Summed:
    """One figure of the units below: its measure, how many of how many answered, the part that stands already."""

    measure: Measure
    answered: int
    owed: int
    standing: Decimal | None


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
    measures = [(unpack(one.cells.get(key)), one.stands) for one in below]
    owed = [(measure, stands) for measure, stands in measures if measure.state is not MeasureState.NOT_APPLICABLE]
    known = [(measure.number, stands) for measure, stands in owed if measure.number is not None]
    standing = [number for number, stands in known if stands]
    return Summed(
        _measure([measure for measure, _stands in owed], bool(measures), silent),
        len(known),
        len(owed) + silent,
        sum_of(standing) if standing else None,
    )


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


def combined(typed: str | None, taken: Measure, how: How) -> Measure:
    """Return what stands in a cell after taking: the figure of the units below, or that added to what was typed."""
    own = unpack(typed).number
    if how is How.ADD and own is not None and taken.number is not None:
        return Measure.of(plus(own, taken.number))
    return taken


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
