"""What a sheet would change: decided once for the dry run, and again before anything is entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from caunoi.foundation.organisations.public import Unit, UnitKind
from caunoi.foundation.people.operations.intake.known import Known, Seat, is_same_name, look_up
from caunoi.foundation.people.operations.intake.sheet import SHEET, TEMPLATE, columns
from caunoi.foundation.spreadsheets.public import Checked, Finding, Row, Workbook, check
from caunoi.kernel.actor import Line
from caunoi.kernel.text import squeeze


class Step(StrEnum):
    """One thing that entering a row would do."""

    ESTABLISH = "establish"
    RENAME = "rename"
    MOVE = "move"
    GOVERN = "govern"
    HEAD = "head"
    HEAD_EMAIL = "head_email"
    CLERK = "clerk"
    CLERK_EMAIL = "clerk_email"


@dataclass(slots=True)
class RowPlan:
    """One row and what it would do; ``unit`` is empty for a new one."""

    row: Row
    unit: Unit | None
    steps: list[Step] = field(default_factory=list)

    @property
    def code(self) -> str:
        """Code of the unit, as written."""
        return self.row.text("code")

    @property
    def outcome(self) -> str:
        """``new``, ``changed`` or ``unchanged``."""
        return "new" if Step.ESTABLISH in self.steps else "changed" if self.steps else "unchanged"


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a file would do, superiors before those below them, and what is wrong in it."""

    rows: tuple[RowPlan, ...]
    findings: tuple[Finding, ...]
    known: Known

    @property
    def wrong_rows(self) -> int:
        """How many rows have a fault."""
        return len({finding.row for finding in self.findings if not finding.is_warning and finding.row})

    @property
    def is_clean(self) -> bool:
        """Whether it may be entered."""
        return all(finding.is_warning for finding in self.findings)


def plan_of(book: Workbook, *, root: Unit, kinds: Mapping[str, UnitKind], by_person: int | None, on: dt.date) -> Plan:
    """Return what a workbook would do to the branch of ``root`` on a day; looks up a constant number of times.

    ``by_person`` enters it, and so is not put into a post by it.
    """
    sheet = book.sheet(SHEET) or (book.sheets[0] if len(book.sheets) == 1 else None)
    if sheet is None:
        findings = [Finding("sheet_missing", SHEET, facts={"sheet": SHEET})]
        return Plan((), tuple(findings), look_up(root, codes=(), emails=(), on=on))
    checked = check(sheet, columns(list(kinds.values())))
    known = look_up(root, codes=_codes(checked), emails=_emails(checked), on=on)
    planner = _Planner(checked, known, by_person)
    planner.go()
    stamped = book.stamp.get("unit") if book.stamp.get("template") == TEMPLATE else None
    if stamped and stamped.lower() != root.code.lower():
        planner.findings.append(Finding("other_unit", sheet.name, facts={"code": stamped}))
    findings = sorted((*checked.findings, *planner.findings), key=lambda one: (one.row or 0, one.column or 0))
    return Plan(tuple(planner.ordered()), tuple(findings), known)


def _codes(checked: Checked) -> set[str]:
    return {row.text(key) for row in checked.rows for key in ("code", "parent", "governed")} - {""}


def _emails(checked: Checked) -> set[str]:
    return {row.text(key) for row in checked.rows for key in ("head_email", "clerk_email")} - {""}


class _Planner:
    """Goes through the rows once and notes steps and findings."""

    def __init__(self, checked: Checked, known: Known, by_person: int | None) -> None:
        self.checked, self.known, self.by_person = checked, known, by_person
        self.findings: list[Finding] = []
        self.plans: dict[str, RowPlan] = {}
        self.written: dict[str, tuple[str, int]] = {}
        """E-mail address → name and row where it was first written."""

    def go(self) -> None:
        for row in self.checked.rows:
            code = row.text("code").lower()
            if code and code not in self.plans:
                self.plans[code] = RowPlan(row, self.known.unit(code))
        for plan in self.plans.values():
            self._unit(plan)
            self._seat(plan, "head", self.known.heads, Step.HEAD, Step.HEAD_EMAIL)
            self._seat(plan, "clerk", self.known.clerks, Step.CLERK, Step.CLERK_EMAIL)
        self._circles()

    def ordered(self) -> list[RowPlan]:
        """Return the rows so that a new superior comes before what stands under it."""
        done: dict[str, RowPlan] = {}

        def add(code: str, above: frozenset[str]) -> None:
            plan = self.plans[code]
            for key in ("parent", "governed"):
                parent = plan.row.text(key).lower()
                if parent in self.plans and parent not in done and parent not in above:
                    add(parent, above | {code})
            done[code] = plan

        for code in self.plans:
            if code not in done:
                add(code, frozenset())
        return list(done.values())

    def _say(self, plan: RowPlan, key: str, code: str, **facts: str | int) -> None:
        self.findings.append(self.checked.at(plan.row, key, code, facts))

    def _unit(self, plan: RowPlan) -> None:
        self._check_superiors(plan)
        elsewhere = self.known.elsewhere.get(plan.code.lower())
        if elsewhere is not None:
            self._say(plan, "code", "unit_dissolved" if elsewhere.dissolved_on else "code_elsewhere")
        elif plan.unit is None:
            plan.steps.append(Step.ESTABLISH)
        else:
            self._existing(plan, plan.unit)

    def _check_superiors(self, plan: RowPlan) -> None:
        parent, governed = plan.row.text("parent").lower(), plan.row.text("governed").lower()
        if parent and parent not in self.plans and self.known.unit(parent) is None:
            self._say(plan, "parent", "parent_unknown")
        body = self.known.elsewhere.get(governed)
        known = governed in self.plans or self.known.unit(governed) or (body is not None and body.kind.is_outside)
        if governed and not known:
            self._say(plan, "governed", "governed_unknown")

    def _existing(self, plan: RowPlan, unit: Unit) -> None:
        kind = plan.row.values.get("kind")
        if kind is not None and kind != unit.kind.code:
            self._say(plan, "kind", "kind_differs", known=unit.kind.name)
        if self._is_renamed(plan, unit):
            plan.steps.append(Step.RENAME)
        if unit.pk != self.known.root.pk:
            self._moves(plan, unit)

    def _is_renamed(self, plan: RowPlan, unit: Unit) -> bool:
        """Cells left empty change nothing."""
        given = ((plan.row.text(key), held) for key, held in named(unit).items())
        return any(text and squeeze(text) != held for text, held in given)

    def _moves(self, plan: RowPlan, unit: Unit) -> None:
        for key, line, step in (
            ("parent", Line.PROFESSIONAL, Step.MOVE),
            ("governed", Line.ADMINISTRATIVE, Step.GOVERN),
        ):
            code = plan.row.text(key).lower()
            wanted = self.known.unit(code) or self.known.elsewhere.get(code)
            held = self.known.parents.get((unit.pk, line))
            if not code or (wanted is not None and wanted.pk == held):
                continue
            plan.steps.append(step)

    def _circles(self) -> None:
        """A row whose superiors, as they would stand afterwards, lead back to itself."""
        by_id = {unit.pk: code for code, unit in self.known.units.items()}
        for line, key in ((Line.PROFESSIONAL, "parent"), (Line.ADMINISTRATIVE, "governed")):
            above = {code: self._above(plan, key, line, by_id) for code, plan in self.plans.items()}
            for code in self.known.units.keys() - above.keys():
                held = self.known.parents.get((self.known.units[code].pk, line))
                above[code] = by_id.get(held) if held else None
            for code, plan in self.plans.items():
                if plan.row.text(key) and _leads_back(code, above):
                    self._say(plan, key, "parent_circle")

    def _above(self, plan: RowPlan, key: str, line: Line, by_id: Mapping[int, str]) -> str | None:
        code = plan.row.text(key).lower()
        if code:
            return code
        held = self.known.parents.get((plan.unit.pk, line)) if plan.unit else None
        return by_id.get(held) if held else None

    def _seat(self, plan: RowPlan, key: str, seats: Mapping[int, Seat], step: Step, mail: Step) -> None:
        name, email = plan.row.text(f"{key}_name"), plan.row.text(f"{key}_email").lower()
        if not name:
            if email:
                self._say(plan, f"{key}_email", "email_without_name")
            return
        self._check_email(plan, key, name, email)
        seat = seats.get(plan.unit.pk) if plan.unit else None
        if seat is None or seat.holder is None:
            self._check_not_oneself(plan, key, email)
            plan.steps.append(step)
        elif not is_same_name(seat.holder, name):
            self._say(plan, f"{key}_name", "holder_differs", holder=seat.holder.name)
        elif email and email != seat.holder.email.lower():
            plan.steps.append(mail)

    def _check_not_oneself(self, plan: RowPlan, key: str, email: str) -> None:
        named = self.known.people.get(email) if email else None
        if named is not None and named.pk == self.by_person:
            self._say(plan, f"{key}_name", "own_seat")

    def _check_email(self, plan: RowPlan, key: str, name: str, email: str) -> None:
        if not email:
            return
        held = self.known.people.get(email)
        if email in self.known.foreign or (held is not None and not is_same_name(held, name)):
            self._say(plan, f"{key}_email", "email_elsewhere")
            return
        first, row = self.written.setdefault(email, (squeeze(name), plan.row.number))
        if first.casefold() != squeeze(name).casefold():
            self._say(plan, f"{key}_email", "email_twice", name=first, first=row)


def named(unit: Unit) -> dict[str, str]:
    """Return what a row may change of a unit's name, by column."""
    return {"name": unit.name, "symbol": unit.symbol, "seat": unit.seat}


def _leads_back(code: str, above: Mapping[str, str | None]) -> bool:
    seen, at = {code}, above.get(code)
    while at is not None:
        if at == code:
            return True
        if at in seen:
            return False
        seen.add(at)
        at = above.get(at)
    return False
