"""What stands in a branch already, looked up once for the whole sheet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from caunoi.foundation.organisations.public import (
    WIDTH,
    Ahead,
    Unit,
    ahead_of,
    bearers_of,
    manages,
    on_day,
    paths_of,
    subtree,
)
from caunoi.foundation.people.access import Permission, wholly_within
from caunoi.foundation.people.models import Capacity, Grant, Holding, Person, Post
from caunoi.foundation.people.rules.roles import Role
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.text import fold

_CLERKS = (Role.CLERK, Role.SCHOOL_OFFICER, Role.REPORTER, Role.BRANCH_OFFICER, Role.SPECIALIST)


@dataclass(frozen=True, slots=True)
class Seat:
    """A post with its holder, and who holds it later or stands in for somebody."""

    post: Post
    holder: Person | None
    others: tuple[Holding, ...] = ()

    def promised(self, email: str) -> Holding | None:
        """Return the holding that keeps the person with an address from taking up the empty post; None when free."""
        for held in self.others:
            same = bool(email) and held.person.email.lower() == email
            if same or held.capacity != Capacity.SUBSTITUTE:
                return held
        return None


@dataclass(frozen=True, slots=True)
class Known:
    """Units of the branch by code (lower case) and everything that hangs on them."""

    root: Unit
    on: dt.date
    units: Mapping[str, Unit]
    elsewhere: Mapping[str, Unit]
    """Units outside the branch whose code the sheet uses."""
    others: Mapping[int, Unit]
    """Superiors in the administrative line that stand outside the branch, by id."""
    parents: Mapping[tuple[int, Line], int]
    placed: frozenset[tuple[int, Line]]
    """Placed in a line today."""
    placed_of_old: frozenset[tuple[int, Line]]
    """Placed already on the first day of the year."""
    heads: Mapping[int, Seat]
    clerks: Mapping[int, Seat]
    people: Mapping[str, Person]
    """By e-mail address, lower case; people of the branch."""
    foreign: frozenset[str] = field(default_factory=frozenset)
    """E-mail addresses of people outside the branch."""
    by_name: Mapping[tuple[str, str], Unit] = field(default_factory=dict)
    """Units of the branch, and bodies outside the sector of which the sheet has the name, by folded name and kind."""
    ahead: Ahead = field(default_factory=lambda: Ahead([], {}))
    """What is entered for later days."""
    promised: Mapping[str, str] = field(default_factory=dict)
    """Code that no unit bears today, lower case → the unit that bore it this year or will."""
    unmanaged: frozenset[int] = field(default_factory=frozenset)
    """Units outside the branch that the sender does not administer."""
    answered_for: frozenset[int] = field(default_factory=frozenset)
    """Holders whose address the sender may correct."""

    @property
    def new_year(self) -> dt.date:
        """The day from which a new unit stands, where its superiors stood then."""
        return self.on.replace(month=1, day=1)

    def unit(self, code: str) -> Unit | None:
        """Return a unit of the branch by code, whatever its case."""
        return self.units.get(code.lower())

    def body(self, code: str) -> Unit | None:
        """Return a body outside the sector by code; it belongs to nobody's branch and still may be named."""
        found = self.elsewhere.get(code.lower())
        return found if found is not None and found.kind.is_outside and found.dissolved_on is None else None

    def namesake(self, name: str, kind: str) -> Unit | None:
        """Return what has this name already and is of this kind."""
        return self.by_name.get((fold(name), kind))


def look_up(
    root: Unit,
    *,
    codes: Collection[str],
    emails: Collection[str],
    names: Collection[str] = (),
    on: dt.date,
    by: Actor | None = None,
) -> Known:
    """Return what stands under ``root`` on a day; without ``by`` nothing of what somebody may do.

    A constant number of queries, and one or two for each unit outside the branch that the sheet names.
    """
    units = {unit.code.lower(): unit for unit in subtree(root, on=on).select_related("kind")}
    wanted = {code.lower() for code in codes} - units.keys()
    outside = [unit for unit in _by_code(wanted, codes) if unit.code.lower() in wanted]
    everything = {(unit.pk, line) for unit in [*units.values(), *outside] for line in Line}
    now = paths_of(everything, on=on)
    heads, clerks = _seats(root, on)
    own, foreign = _people(root, emails, on)
    parents = {key: int(path[-2 * WIDTH : -WIDTH], 36) for key, path in now.items() if len(path) > WIDTH}
    return Known(
        root=root,
        on=on,
        units=units,
        elsewhere={unit.code.lower(): unit for unit in outside},
        others=Unit.objects.in_bulk(set(parents.values()) - {unit.pk for unit in units.values()}),
        parents=parents,
        placed=frozenset(now),
        placed_of_old=frozenset(paths_of(everything, on=on.replace(month=1, day=1))),
        heads=heads,
        clerks=clerks,
        people=own,
        foreign=foreign,
        by_name={(fold(unit.name), unit.kind.code): unit for unit in [*_bodies(names), *units.values()]},
        ahead=ahead_of(on=on),
        promised=_promised(wanted - {unit.code.lower() for unit in outside}, codes, on.replace(month=1, day=1)),
        unmanaged=frozenset(unit.pk for unit in outside if by and not manages(unit, by=by, today=on)),
        answered_for=_answered_for([*heads.values(), *clerks.values()], by, on),
    )


def _answered_for(seats: Collection[Seat], by: Actor | None, on: dt.date) -> frozenset[int]:
    holders = {seat.holder.pk for seat in seats if seat.holder is not None}
    if by is None or by.is_system:
        return frozenset(holders)
    mine = wholly_within(by.scopes(Permission.ADMINISTER), on=on)
    return frozenset(mine) & holders


def _by_code(wanted: Collection[str], codes: Collection[str]) -> list[Unit]:
    return list(Unit.objects.filter(code__in=_spellings(wanted, codes)).select_related("kind"))


def _promised(wanted: Collection[str], codes: Collection[str], since: dt.date) -> dict[str, str]:
    held = bearers_of(_spellings(wanted, codes), since=since)
    return {code.lower(): next(iter(names.values())) for code, names in held.items()}


def _spellings(wanted: Collection[str], codes: Collection[str]) -> set[str]:
    written = {code for code in codes if code.lower() in wanted}
    return written | {code.upper() for code in written} | {code.lower() for code in written}


def _bodies(names: Collection[str]) -> list[Unit]:
    rows = Unit.objects.filter(kind__is_outside=True, dissolved_on__isnull=True, name__in=names)
    return list(rows.select_related("kind").order_by("pk"))


def _seats(root: Unit, on: dt.date) -> tuple[dict[int, Seat], dict[int, Seat]]:
    units = subtree(root, on=on).order_by()
    posts = list(Post.objects.filter(unit__in=units, closed_on__isnull=True).select_related("unit").order_by("pk"))
    lasting = Holding.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), post__unit__in=units)
    holders: dict[int, Person] = {}
    others: defaultdict[int, list[Holding]] = defaultdict(list)
    for holding in lasting.select_related("person").order_by("from_on", "pk"):
        if holding.from_on <= on and holding.capacity != Capacity.SUBSTITUTE:
            holders[holding.post_id] = holding.person
        else:
            others[holding.post_id].append(holding)
    granted = Grant.objects.filter(on_day(on), post__unit__in=units, role__in=_CLERKS)
    clerks_of = set(granted.values_list("post_id", flat=True))
    heads: dict[int, Seat] = {}
    clerks: dict[int, Seat] = {}
    for post in posts:
        seat = Seat(post, holders.get(post.pk), tuple(others[post.pk]))
        if post.is_head:
            heads.setdefault(post.unit_id, seat)
        elif post.pk in clerks_of:
            clerks.setdefault(post.unit_id, seat)
    return heads, clerks


def _people(root: Unit, emails: Collection[str], on: dt.date) -> tuple[dict[str, Person], frozenset[str]]:
    wanted = {email.lower() for email in emails}
    of_branch = Holding.objects.filter(post__unit__in=subtree(root, on=on).order_by()).values("person_id")
    rows = Person.objects.filter(pk__in=of_branch).exclude(email="")
    own = {person.email.lower(): person for person in rows}
    foreign = Person.objects.filter(email__in=wanted).exclude(pk__in=of_branch).values_list("email", flat=True)
    return own, frozenset(email.lower() for email in foreign)


def is_same_name(person: Person, name: str) -> bool:
    """Whether a name in the sheet is that of a person, whatever accents and case."""
    return fold(person.name) == fold(name)
