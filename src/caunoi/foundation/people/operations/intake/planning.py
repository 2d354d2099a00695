"""What a sheet would change: decided once for the dry run, and again before anything is entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from caunoi.foundation.organisations.public import Level, Unit, UnitKind
from caunoi.foundation.people.models import Person
from caunoi.foundation.people.operations.intake.known import Known, Seat, is_same_name, look_up
from caunoi.foundation.people.operations.intake.placing import Placing
from caunoi.foundation.people.operations.intake.rows import RowPlan, Step
from caunoi.foundation.people.operations.intake.sheet import SHEET, TEMPLATE, columns
from caunoi.foundation.spreadsheets.public import Checked, Finding, Workbook, check
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.text import fold, squeeze


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a file would do, superiors before those below them, and what is wrong in it."""

    rows: tuple[RowPlan, ...]
    findings: tuple[Finding, ...]
    known: Known
    moves: Mapping[Line, list[RowPlan]] = field(default_factory=dict)
    """Rows that move in each line, in the order in which they can."""

    @property
    def wrong_rows(self) -> int:
        """How many rows have a fault."""
        return len({finding.row for finding in self.findings if not finding.is_warning and finding.row})

    @property
    def is_clean(self) -> bool:
        """Whether it may be entered."""
        return all(finding.is_warning for finding in self.findings)


def plan_of(book: Workbook, *, root: Unit, kinds: Mapping[str, UnitKind], by: Actor, on: dt.date) -> Plan:
    """Return what a workbook would do to the branch of ``root`` on a day; looks up a constant number of times.

    What entering it as ``by`` would refuse is found here, with its row and cell.
    """
    sheet = book.sheet(SHEET) or (book.sheets[0] if len(book.sheets) == 1 else None)
    if sheet is None:
        findings = [Finding("sheet_missing", SHEET, facts={"sheet": SHEET})]
        return Plan((), tuple(findings), look_up(root, codes=(), emails=(), on=on))
    checked = check(sheet, columns(list(kinds.values())))
    known = look_up(root, codes=_codes(checked), emails=_emails(checked), names=_names(checked), on=on, by=by)
    planner = _Planner(checked, known, kinds, by.person_id)
    planner.go()
    placing = Placing(planner.plans, known, kinds)
    for row, key, code, facts in placing.findings():
        planner.findings.append(checked.at(row.row, key, code, facts))
    stamped = book.stamp.get("unit") if book.stamp.get("template") == TEMPLATE else None
    if stamped and stamped.lower() != root.code.lower():
        planner.findings.append(Finding("other_unit", sheet.name, facts={"code": stamped}))
    findings = sorted((*checked.findings, *planner.findings), key=lambda one: (one.row or 0, one.column or 0))
    moves = {line: placing.moves(line) for line in Line}
    return Plan(tuple(planner.ordered()), tuple(findings), known, moves)


def _codes(checked: Checked) -> set[str]:
    return {row.text(key) for row in checked.rows for key in ("code", "parent", "governed")} - {""}


def _emails(checked: Checked) -> set[str]:
    return {row.text(key) for row in checked.rows for key in ("head_email", "clerk_email")} - {""}


def _names(checked: Checked) -> set[str]:
    return {squeeze(row.text("name")) for row in checked.rows} - {""}


class _Planner:
    """Goes through the rows once and notes steps and findings."""

    def __init__(self, checked: Checked, known: Known, kinds: Mapping[str, UnitKind], by_person: int | None) -> None:
        self.checked, self.known, self.by_person = checked, known, by_person
        self.outside = {code for code, kind in kinds.items() if kind.is_outside}
        self.findings: list[Finding] = []
        self.plans: dict[str, RowPlan] = {}
        self.written: dict[str, tuple[str, int]] = {}
        """E-mail address → name and row where it was first written."""
        self.called: dict[tuple[str, ...], int] = {}
        """Name, kind and superiors of a new unit → row where it was first written."""

    def go(self) -> None:
        for row in self.checked.rows:
            code = row.text("code").lower()
            if code and code not in self.plans:
                self.plans[code] = RowPlan(row, self.known.unit(code))
        for plan in self.plans.values():
            self._unit(plan)
            for key, seats, step, mail in (
                ("head", self.known.heads, Step.HEAD, Step.HEAD_EMAIL),
                ("clerk", self.known.clerks, Step.CLERK, Step.CLERK_EMAIL),
            ):
                if self._asks_for_seat(plan, key):
                    self._seat(plan, key, seats.get(plan.unit.pk) if plan.unit else None, step, mail)

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
        elsewhere, body = self.known.elsewhere.get(plan.code.lower()), self.known.body(plan.code)
        if body is not None:
            self._body(plan, body)
        elif elsewhere is not None:
            self._say(plan, "code", "unit_dissolved" if elsewhere.dissolved_on else "code_elsewhere")
        elif plan.unit is None:
            plan.steps.append(Step.ESTABLISH)
            self._check_new(plan)
        else:
            self._existing(plan, plan.unit)

    def _body(self, plan: RowPlan, body: Unit) -> None:
        """A body outside the sector that is there already: named again, and changed on its own page only."""
        plan.unit = body
        held = self.known.parents.get((body.pk, Line.ADMINISTRATIVE))
        above = self.known.elsewhere.get(plan.row.text("governed").lower())
        for key, differs in (
            ("kind", plan.row.text("kind") not in ("", body.kind.code)),
            ("name", squeeze(plan.row.text("name")) not in ("", body.name)),
            ("governed", bool(plan.row.text("governed")) and (above is None or above.pk != held)),
        ):
            if differs:
                self._say(plan, key, "body_kept", name=body.name)

    def _check_new(self, plan: RowPlan) -> None:
        """Whether a new row is perhaps a unit that is there already, or written twice: asked, never guessed."""
        row = plan.row
        promised = self.known.promised.get(plan.code.lower())
        if promised is not None:
            self._say(plan, "code", "code_promised", unit=promised)
        outside = row.text("kind") in self.outside
        if outside and Level(self.known.root.kind.level) not in (Level.CENTRAL, Level.PROVINCE):
            self._say(plan, "kind", "body_not_yours")
        if outside and row.text("parent"):
            self._say(plan, "parent", "body_parent")
        if row.values.get("distinct") or not row.text("name"):
            return
        known = self.known.namesake(row.text("name"), row.text("kind"))
        key = (fold(row.text("name")), row.text("kind"), row.text("parent").lower(), row.text("governed").lower())
        first = self.called.setdefault(key, row.number)
        if known is not None and known.code.lower() not in self.plans:
            self._say(plan, "code", "namesake", name=known.name, known=known.code)
        elif first != row.number:
            self._say(plan, "name", "name_twice", first=first)

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

    def _asks_for_seat(self, plan: RowPlan, key: str) -> bool:
        """Whether a row names somebody for a post; wrongly so, where it does for what has none here."""
        if not plan.row.text(f"{key}_name"):
            if plan.row.text(f"{key}_email"):
                self._say(plan, f"{key}_email", "email_without_name")
            return False
        if (plan.unit.kind.code if plan.unit else plan.row.text("kind")) in self.outside:
            self._say(plan, f"{key}_name", "body_seat")
            return False
        return True

    def _seat(self, plan: RowPlan, key: str, seat: Seat | None, step: Step, mail: Step) -> None:
        name, email = plan.row.text(f"{key}_name"), plan.row.text(f"{key}_email").lower()
        self._check_email(plan, key, name, email)
        if seat is None or seat.holder is None:
            self._check_not_oneself(plan, key, email)
            self._check_free(plan, key, seat, email)
            plan.steps.append(step)
        elif not is_same_name(seat.holder, name):
            self._say(plan, f"{key}_name", "holder_differs", holder=seat.holder.name)
        elif email and email != seat.holder.email.lower():
            plan.steps.append(mail)
            self._check_mail(plan, f"{key}_email", seat.holder, email)

    def _check_mail(self, plan: RowPlan, column: str, holder: Person, email: str) -> None:
        other = self.known.people.get(email)
        if holder.pk not in self.known.answered_for:
            self._say(plan, column, "holder_beyond", holder=holder.name)
        elif other is not None and other.pk != holder.pk:
            self._say(plan, column, "email_elsewhere")

    def _check_free(self, plan: RowPlan, key: str, seat: Seat | None, email: str) -> None:
        held = seat.promised(email) if seat is not None else None
        if held is not None:
            facts = {"holder": held.person.name, "on": f"{held.from_on:%d/%m/%Y}"}
            self._say(plan, f"{key}_name", "seat_promised", **facts)

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
