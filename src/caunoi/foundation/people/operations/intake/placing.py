"""Whether units may stand where a sheet puts them: all that entering would refuse, said of the row and its cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from caunoi.foundation.organisations.public import Level, Unit, UnitKind
from caunoi.foundation.people.operations.intake.known import Known
from caunoi.foundation.people.operations.intake.rows import RowPlan, Step
from caunoi.kernel.actor import Line

COLUMNS = {Line.PROFESSIONAL: "parent", Line.ADMINISTRATIVE: "governed"}
MOVES = {Line.PROFESSIONAL: Step.MOVE, Line.ADMINISTRATIVE: Step.GOVERN}
Said = tuple[RowPlan, str, str, dict[str, str | int]]
"""Row, key of the column, code of the finding, facts."""
Above = Mapping[str, str | None]
"""Code → code of the unit directly above, both in lower case; of units of the branch and of the sheet."""


class Placing:
    """The places of the rows of one sheet."""

    def __init__(self, plans: Mapping[str, RowPlan], known: Known, kinds: Mapping[str, UnitKind]) -> None:
        self.plans, self.known, self.kinds = plans, known, kinds
        self.code_of = {unit.pk: code for code, unit in known.units.items()}
        self.places_ahead = {(unit, line): day for day, unit, line, _parent in reversed(known.ahead.places)}

    def findings(self) -> Iterator[Said]:
        """Yield what is wrong with where rows stand, and with changing what is about to end or to change."""
        circles = {(plan.code, key): said for said in self._circles() for plan, key in [said[:2]]}
        yield from circles.values()
        for plan in self.plans.values():
            if plan.unit is not None:
                yield from self._changes(plan, plan.unit)
            lines = [line for line in Line if plan.unit is None or MOVES[line] in plan.steps]
            told = {said[1:3]: said for line in lines for said in self._place(plan, line)}
            yield from (said for said in told.values() if (plan.code, said[1]) not in circles)

    def moves(self, line: Line) -> list[RowPlan]:
        """Return the rows that move in a line, superiors first: then no step on the way stands under itself."""
        above = self._above(line)
        moved = [plan for plan in self.plans.values() if MOVES[line] in plan.steps]
        return sorted(moved, key=lambda plan: _depth(plan.code.lower(), above))

    def superior(self, plan: RowPlan, line: Line) -> tuple[str, str]:
        """Return the key of the cell that says under what a row stands in a line, and the code ("": the top)."""
        kind = self.kind_of(plan)
        if kind is not None and kind.is_outside:
            return "governed", plan.row.text("governed").lower() if line is Line.ADMINISTRATIVE else ""
        for key in (COLUMNS[line], "parent"):
            if plan.row.text(key):
                return key, plan.row.text(key).lower()
        return "parent", self.known.root.code.lower()

    def kind_of(self, plan: RowPlan) -> UnitKind | None:
        """Return what a row is; None while its cell is wrong."""
        return plan.unit.kind if plan.unit is not None else self.kinds.get(plan.row.text("kind"))

    def _changes(self, plan: RowPlan, unit: Unit) -> Iterator[Said]:
        """Nothing is entered of a unit that is about to end, nor before a change of the same that is entered."""
        touched = {Step.RENAME: "name", Step.MOVE: "parent", Step.GOVERN: "governed"}
        ahead = {
            Step.RENAME: self.known.ahead.names.get(unit.pk),
            **{MOVES[line]: self.places_ahead.get((unit.pk, line)) for line in Line},
        }
        for step, key in touched.items():
            later = ahead[step]
            if step not in plan.steps:
                continue
            if unit.dissolved_on is not None:
                yield plan, key, "unit_ends", {"on": _printed(unit.dissolved_on)}
            elif later is not None:
                yield plan, key, "changed_ahead", {"on": _printed(later)}

    def _place(self, plan: RowPlan, line: Line) -> Iterator[Said]:
        key, code = self.superior(plan, line)
        own = self.kind_of(plan)
        if not code or own is None:
            return
        above = self.known.unit(code) or (self.known.body(code) if key == "governed" else None)
        kind = above.kind if above is not None else self.kind_of(self.plans[code]) if code in self.plans else None
        if kind is None:
            return
        named = above.name if above is not None else self.plans[code].row.text("name")
        if Level(kind.level).is_below(Level(own.level)):
            yield plan, key, "parent_too_low", {"parent": named, "kind": own.name}
        if above is None:
            return
        if above.dissolved_on is not None:
            yield plan, key, "parent_ends", {"parent": named, "on": _printed(above.dissolved_on)}
        elif (above.pk, line) not in self.known.placed:
            yield plan, key, "parent_not_placed", {"parent": named}
        if above.pk in self.known.unmanaged:
            yield plan, key, "parent_unmanaged", {"parent": named}

    def _circles(self) -> Iterator[Said]:
        """Rows whose superiors lead back to themselves, today or on a later day for which a change is entered."""
        for line, key in COLUMNS.items():
            above = dict(self._above(line))
            found = set(self._leading_back(above, key))
            for _day, unit, its_line, parent in self.known.ahead.places:
                if its_line == line and unit in self.code_of:
                    above[self.code_of[unit]] = self.code_of.get(parent or 0)
                    found.update(self._leading_back(above, key))
            yield from ((self.plans[code], key, "parent_circle", {}) for code in self.plans if code in found)

    def _leading_back(self, above: Above, key: str) -> Iterator[str]:
        return (code for code, plan in self.plans.items() if plan.row.text(key) and _leads_back(code, above))

    def _above(self, line: Line) -> Above:
        above: dict[str, str | None] = {}
        for code, unit in self.known.units.items():
            held = self.known.parents.get((unit.pk, line))
            above[code] = self.code_of.get(held) if held else None
        for code, plan in self.plans.items():
            written = plan.row.text(COLUMNS[line]).lower()
            if written or code not in above:
                above[code] = written or self.superior(plan, line)[1] or None
        return above


def _printed(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def _leads_back(code: str, above: Above) -> bool:
    seen, at = {code}, above.get(code)
    while at is not None:
        if at == code:
            return True
        if at in seen:
            return False
        seen.add(at)
        at = above.get(at)
    return False


def _depth(code: str, above: Above) -> int:
    seen: set[str] = set()
    at: str | None = code
    while at is not None and at not in seen:
        seen.add(at)
        at = above.get(at)
    return len(seen)
