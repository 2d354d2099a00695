"""Entering what was planned, through the same operations by which people would enter it one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from caunoi.foundation.organisations.public import (
    Naming,
    Opening,
    Unit,
    UnitKind,
    establish_units,
    move_unit,
    rename_unit,
)
from caunoi.foundation.people.models import Person, Post, SigningForm
from caunoi.foundation.people.operations.intake.placing import COLUMNS
from caunoi.foundation.people.operations.intake.planning import Plan, named
from caunoi.foundation.people.operations.intake.rows import RowPlan, Step
from caunoi.foundation.people.operations.people import correct_person, register_person
from caunoi.foundation.people.operations.posts import create_post, take_up
from caunoi.foundation.people.operations.rights import grant_role
from caunoi.foundation.people.operations.signing import authorise_signing
from caunoi.foundation.people.rules.staffing import CLERK_TITLE, head_title_of, staffing_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.errors import Refused


def enter_rows(plan: Plan, *, kinds: Mapping[str, UnitKind], by: Actor, at: dt.datetime) -> list[int]:
    """Enter every row; return the ids of the people of the file who have an e-mail address.

    What is refused all the same names its row among the facts.
    """
    entering = _Entering(plan, kinds, by, at)
    entering.establish([row for row in plan.rows if row.unit is None])
    for row in plan.rows:
        with _named(row):
            entering.rename(row)
    for line, rows in plan.moves.items():
        for row in rows:
            with _named(row):
                entering.move(row, line)
    for row in plan.rows:
        with _named(row):
            entering.seats(row)
    return sorted(entering.people)


@contextmanager
def _named(plan: RowPlan) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        refused.facts["row"] = plan.row.number
        raise


class _Entering:
    def __init__(self, plan: Plan, kinds: Mapping[str, UnitKind], by: Actor, at: dt.datetime) -> None:
        self.known, self.kinds, self.by, self.at = plan.known, kinds, by, at
        self.on = clock.day_of(at)
        self.units: dict[str, Unit] = dict(plan.known.units)
        self.by_email: dict[str, Person] = dict(plan.known.people)
        self.people: set[int] = set()

    def rename(self, plan: RowPlan) -> None:
        """Give the unit of a row the name, symbol and seat written there."""
        if Step.RENAME in plan.steps:
            unit = self.units[plan.code.lower()]
            rename_unit(unit=unit, naming=self._naming(plan, unit), on=self.on, by=self.by, at=self.at)

    def move(self, plan: RowPlan, line: Line) -> None:
        """Place the unit of a row under the one written there."""
        parent = self._unit(plan.row.text(COLUMNS[line]))
        move_unit(unit=self.units[plan.code.lower()], line=line, parent=parent, on=self.on, by=self.by, at=self.at)

    def seats(self, plan: RowPlan) -> None:
        """Fill the posts of a row."""
        unit = self.units.get(plan.code.lower())
        if unit is not None:
            self._head(plan, unit)
            self._clerk(plan, unit)

    def establish(self, plans: Sequence[RowPlan]) -> None:
        """Establish all new units by one event, from New Year where their superiors stood then, else from today."""
        openings: dict[str, Opening] = {}
        above: set[int] = set()
        for plan in plans:
            kind = self.kinds[plan.row.text("kind")]
            parent = None if kind.is_outside else self._place(plan.row.text("parent"), openings) or self.known.root
            governing = self._place(plan.row.text("governed"), openings) or parent or self._province()
            above |= {place.pk for place in (parent, governing) if isinstance(place, Unit)}
            openings[plan.code.lower()] = self._opening(plan, kind, parent, governing)
        if not openings:
            return
        is_old = {(unit_id, line) for unit_id in above for line in Line} <= self.known.placed_of_old
        on = self.known.new_year if is_old else self.on
        establish_units(openings=list(openings.values()), on=on, by=self.by, at=self.at)
        self.units |= {code: opening.unit for code, opening in openings.items() if opening.unit is not None}

    def _place(self, code: str, openings: Mapping[str, Opening]) -> Unit | Opening | None:
        return openings.get(code.lower()) or self._unit(code)

    def _province(self) -> Unit | None:
        """Return what stands above the branch in the administrative line: its committee governs new bodies outside."""
        held = self.known.parents.get((self.known.root.pk, Line.ADMINISTRATIVE))
        return self.known.others.get(held) if held else None

    def _opening(
        self, plan: RowPlan, kind: UnitKind, parent: Unit | Opening | None, governing: Unit | Opening | None
    ) -> Opening:
        row = plan.row
        return Opening(
            code=row.text("code"),
            kind=kind,
            naming=Naming(row.text("name"), symbol=row.text("symbol"), seat=row.text("seat")),
            parents={Line.PROFESSIONAL: parent, Line.ADMINISTRATIVE: governing},
        )

    def _unit(self, code: str) -> Unit | None:
        return self.units.get(code.lower()) or self.known.elsewhere.get(code.lower())

    def _naming(self, plan: RowPlan, unit: Unit) -> Naming:
        given = {key: plan.row.text(key) or held for key, held in named(unit).items()}
        return Naming(name_en=unit.name_en, **given)

    def _head(self, plan: RowPlan, unit: Unit) -> None:
        seat = self.known.heads.get(unit.pk)
        title = plan.row.text("head_title") or head_title_of(unit.kind.code)
        person = self._person(plan, "head", seat.holder if seat else None)
        if person is None or Step.HEAD not in plan.steps:
            return
        post = seat.post if seat else self._head_post(unit, title)
        take_up(person=person, post=post, on=self.on, by=self.by, at=self.at)

    def _head_post(self, unit: Unit, title: str) -> Post:
        staffing = staffing_of(unit.kind.code)
        post = create_post(unit=unit, title=title, is_head=True, by=self.by, at=self.at)
        for role, subtree in staffing.head:
            grant_role(post=post, role=role, unit=unit, subtree=subtree, on=self.on, by=self.by, at=self.at)
        if staffing.head_signs:
            authorise_signing(
                post=post, unit=unit, form=SigningForm.HEAD, head_title="", title=title.upper(), on=self.on,
                by=self.by, at=self.at,
            )  # fmt: skip
        return post

    def _clerk(self, plan: RowPlan, unit: Unit) -> None:
        seat = self.known.clerks.get(unit.pk)
        person = self._person(plan, "clerk", seat.holder if seat else None)
        if person is None or Step.CLERK not in plan.steps:
            return
        post = seat.post if seat else self._clerk_post(unit, plan.row.text("clerk_title") or CLERK_TITLE)
        take_up(person=person, post=post, on=self.on, by=self.by, at=self.at)

    def _clerk_post(self, unit: Unit, title: str) -> Post:
        post = create_post(unit=unit, title=title, position=10, by=self.by, at=self.at)
        for role, subtree in staffing_of(unit.kind.code).clerk:
            grant_role(post=post, role=role, unit=unit, subtree=subtree, on=self.on, by=self.by, at=self.at)
        return post

    def _person(self, plan: RowPlan, key: str, holder: Person | None) -> Person | None:
        """Return the person of a row: the holder, one known by e-mail, or somebody new; noted for an invitation."""
        name, email = plan.row.text(f"{key}_name"), plan.row.text(f"{key}_email").lower()
        if not name:
            return None
        person = holder or self.by_email.get(email) if email or holder else None
        if person is None:
            person = register_person(name=name, email=email, by=self.by, at=self.at)
        elif email and person.email.lower() != email:
            correct_person(person=person, name=person.name, email=email, phone=person.phone, by=self.by, at=self.at)
        if email:
            self.by_email[email] = person
        if person.email:
            self.people.add(person.pk)
        return person
