"""A nation to measure on: 53,000 units at depth 5 with 20 years of events, 60,000 people, 120,000 grants.

Everything is invented, deterministic but for the order of ids, and written in bulk, straight into the tables: going
through the operations would take hours. ``build_units`` writes the truth (units, names, placements, events,
successions) and derives paths and carriers by the code that the system itself uses; ``build_people`` gives every unit
an officer and every holder their grants.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from caunoi.foundation.organisations.models import Unit, UnitEvent, UnitKind

BEGAN: Final = dt.date(2006, 1, 1)
REFORM: Final = dt.date(2025, 7, 1)
"""63 provinces become 34."""
OLD_PROVINCES: Final = 63
NEW_PROVINCES: Final = 34
COMMUNES: Final = 3_300
DIRECT_SCHOOLS: Final = 2_800
"""Upper secondary schools, directly under a province."""
SCHOOLS: Final = 36_000
"""Under communes; the rest of the units are branches of schools, the fifth level."""
RENAMED_A_YEAR: Final = 400
MOVED_A_YEAR: Final = 100
_SYLLABLES: Final = (
    "An", "Bình", "Châu", "Dương", "Đông", "Giang", "Hà", "Hải", "Hòa", "Hưng", "Khánh", "Lâm", "Long", "Minh", "Nam",
    "Ngọc", "Phú", "Phong", "Quang", "Sơn", "Tân", "Tây", "Thanh", "Thịnh", "Thủy", "Trung", "Tuyên", "Vân", "Việt",
    "Vĩnh", "Xuân", "Yên",
)  # fmt: skip


@dataclass
class Nation:
    """The units by level, and some to ask about."""

    ministry: Unit
    provinces: list[Unit] = field(default_factory=list)
    """The 34 that stand today."""
    ended: list[Unit] = field(default_factory=list)
    """The provinces that were merged in 2025."""
    communes: list[Unit] = field(default_factory=list)
    schools: list[Unit] = field(default_factory=list)
    branches: list[Unit] = field(default_factory=list)

    def all_units(self) -> list[Unit]:
        """Return every unit, ended ones too, from the top down."""
        return [self.ministry, *self.provinces, *self.ended, *self.communes, *self.schools, *self.branches]


def build_units(*, units: int = 53_000, seed: int = 20) -> Nation:
    """Build the tree; ``units`` scales every level but the top two. About half a minute; in an empty tree only."""
    from django.db import transaction

    from caunoi.foundation.organisations.operations.derived import rebuild_heirs, rebuild_paths

    with transaction.atomic():
        made = _Builder(units / 53_000, random.Random(seed)).build(units)
        rebuild_paths()
        rebuild_heirs()
    analyse()
    return made


def analyse() -> None:
    """Let the database look at what it holds, as it does by itself after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@dataclass
class _Row:
    unit: Unit
    parent: _Row | None
    history: list[tuple[_Row | None, dt.date]] = field(default_factory=list)
    """(parent, since), oldest first."""
    names: list[tuple[str, dt.date]] = field(default_factory=list)
    ended_on: dt.date | None = None


class _Builder:
    def __init__(self, scale: float, rng: random.Random) -> None:
        from caunoi.foundation.organisations.public import load_kinds

        self.scale, self.rng = scale, rng
        self.kinds: dict[str, UnitKind] = load_kinds()
        self.rows: list[_Row] = []
        self.events: dict[tuple[str, dt.date], UnitEvent] = {}
        self.links: list[tuple[_Row, _Row, dt.date]] = []

    def build(self, units: int) -> Nation:
        top = self._row("ministry", "Bộ Giáo dục và Đào tạo của quốc gia thử", None)
        old = [self._row("department", f"Sở Giáo dục và Đào tạo {self._place()}", top) for _ in range(OLD_PROVINCES)]
        new = [
            self._row("department", f"Sở Giáo dục và Đào tạo {self._place()}", top, REFORM)
            for _ in range(OLD_PROVINCES - NEW_PROVINCES - 6)
        ]
        communes = self._below("commune_division", "Phòng Văn hóa – Xã hội", old, COMMUNES)
        direct = self._below("upper_secondary", "Trường THPT", old, DIRECT_SCHOOLS)
        schools = self._below("lower_secondary", "Trường THCS", communes, SCHOOLS)
        rest = units - 1 - NEW_PROVINCES - len(communes) - len(direct) - len(schools)
        branches = [self._row("primary", f"Điểm trường {self._place()}", self.rng.choice(schools)) for _ in range(rest)]
        self._years(communes, [*direct, *schools])
        standing, ended = self._reform(old, new)
        self._save()
        return Nation(
            top.unit, [r.unit for r in standing], [r.unit for r in ended], [r.unit for r in communes],
            [r.unit for r in [*direct, *schools]], [r.unit for r in branches],
        )  # fmt: skip

    def _place(self) -> str:
        return " ".join(self.rng.choice(_SYLLABLES) for _ in range(3))

    def _row(self, kind: str, name: str, parent: _Row | None, since: dt.date = BEGAN) -> _Row:
        from caunoi.foundation.organisations.models import Unit

        number = len(self.rows)
        public_id = uuid.UUID(int=self.rng.getrandbits(128), version=4)
        unit = Unit(public_id=public_id, kind=self.kinds[kind], code=f"QG.{number:06d}", established_on=since)
        row = _Row(unit, parent, [(parent, since)], [(f"{name} {number}", since)])
        self.rows.append(row)
        return row

    def _below(self, kind: str, word: str, parents: list[_Row], count: int) -> list[_Row]:
        """Spread units over parents unevenly, as provinces and communes are."""
        weights = [1 + (index % 7) for index in range(len(parents))]
        chosen = self.rng.choices(parents, weights, k=round(count * self.scale))
        return [self._row(kind, f"{word} {self._place()}", parent) for parent in chosen]

    def _years(self, communes: list[_Row], schools: list[_Row]) -> None:
        """Twenty years of renamings and moves, none twice for one unit on one day."""
        for year in range(BEGAN.year + 1, BEGAN.year + 20):
            day = dt.date(year, 9, 1)
            for row in self.rng.sample(schools, min(len(schools), round(RENAMED_A_YEAR * self.scale) + 1)):
                row.names.append((f"{row.names[0][0]} ({year})", day))
            movable = [row for row in self.rng.sample(schools, min(len(schools), 500)) if row.parent in communes[:200]]
            for row in islice(movable, round(MOVED_A_YEAR * self.scale) + 1):
                goes = self.rng.choice(communes)
                if goes is not row.history[-1][0]:
                    row.history.append((goes, day))

    def _reform(self, old: list[_Row], new: list[_Row]) -> tuple[list[_Row], list[_Row]]:
        """Merge the old provinces: some into new ones, pairs of them into one that stays."""
        children: dict[int, list[_Row]] = {}
        for row in self.rows:
            parent = row.history[-1][0]
            if parent is not None:
                children.setdefault(id(parent), []).append(row)
        staying, merged = old[: NEW_PROVINCES - len(new)], old[NEW_PROVINCES - len(new) :]
        targets = [*new, *new, *staying[:6]]
        for index, row in enumerate(merged):
            target = targets[index % len(targets)]
            row.ended_on = REFORM
            self.links.append((row, target, REFORM))
            for child in children.get(id(row), []):
                child.history.append((target, REFORM))
        return [*staying, *new], merged

    def _event(self, kind: str, day: dt.date) -> UnitEvent:
        """One event a year for each kind: what one decision of a year's end would hold."""
        from caunoi.foundation.organisations.models import UnitEvent
        from caunoi.kernel.clock import VIETNAM

        if (kind, day) not in self.events:
            at = dt.datetime.combine(day, dt.time(8), tzinfo=VIETNAM)
            self.events[kind, day] = UnitEvent.objects.create(
                kind=kind, effective_on=day, decision_code=f"{len(self.events) + 1}/QĐ-QGT", decision_on=day,
                decision_organ="Cơ quan của quốc gia thử", label=f"{kind} {day}", recorded_at=at, recorded_by="Máy",
            )  # fmt: skip
        return self.events[kind, day]

    def _save(self) -> None:
        from caunoi.foundation.organisations.models import Placement, Succession, Unit, UnitName
        from caunoi.foundation.organisations.operations.carrying import print_name
        from caunoi.foundation.organisations.rules.naming import Naming
        from caunoi.kernel.actor import Line

        for row in self.rows:
            print_name(row.unit, Naming(row.names[-1][0], seat="Thanh Giang"))
            row.unit.dissolved_on = row.ended_on
        Unit.objects.bulk_create([row.unit for row in self.rows], batch_size=2000)
        names, places = [], []
        for row in self.rows:
            for index, (name, since) in enumerate(row.names):
                until = row.names[index + 1][1] if index + 1 < len(row.names) else row.ended_on
                shown = Unit(code=row.unit.code)
                print_name(shown, Naming(name, seat="Thanh Giang"))
                names.append(
                    UnitName(
                        unit=row.unit, name=name, seat=shown.seat, code=row.unit.code, kind=row.unit.kind,
                        folded=shown.folded, from_on=since, until_on=until,
                        opened_by=self._event("rename" if index else "establish", since),
                        closed_by=None if until is None else self._event("merge" if row.ended_on else "rename", until),
                    )
                )  # fmt: skip
            for index, (parent, since) in enumerate(row.history):
                until = row.history[index + 1][1] if index + 1 < len(row.history) else row.ended_on
                moved = "merge" if since == REFORM else "move"
                ends = "merge" if until == REFORM else "move"
                places += [
                    Placement(
                        unit=row.unit, line=line, parent=parent.unit if parent else None, from_on=since,
                        until_on=until, opened_by=self._event(moved if index else "establish", since),
                        closed_by=None if until is None else self._event(ends, until),
                    )
                    for line in Line
                ]  # fmt: skip
        UnitName.objects.bulk_create(names, batch_size=2000)
        Placement.objects.bulk_create(places, batch_size=2000)
        Succession.objects.bulk_create(
            Succession(
                event=self._event("merge", day), predecessor=old.unit, successor=new.unit, from_on=day,
                is_principal=True,
            )
            for old, new, day in self.links
        )  # fmt: skip


def build_people(nation: Nation, *, people: int = 60_000, grants: int = 120_000, seed: int = 21) -> None:
    """Give units posts with holders, and each post grants of several roles over its own unit and what is below."""
    from django.db import transaction

    from caunoi.foundation.people.models import Grant, Holding, Person, Post
    from caunoi.foundation.people.public import Role
    from caunoi.kernel.text import fold, sort_key

    rng = random.Random(seed)
    units = [unit for unit in nation.all_units() if unit.dissolved_on is None]
    places = [units[index % len(units)] for index in range(people)]
    names = [" ".join(rng.choice(_SYLLABLES) for _ in range(3)) for _ in range(people)]
    with transaction.atomic():
        held = Person.objects.bulk_create(
            (Person(name=name, email=f"n{i}@quocgia.example", folded=fold(name), sort_key=sort_key(name))
             for i, name in enumerate(names)), batch_size=2000,
        )  # fmt: skip
        posts = Post.objects.bulk_create(
            (Post(unit=unit, title="Cán bộ phụ trách") for unit in places), batch_size=2000
        )
        Holding.objects.bulk_create(
            (Holding(person=person, post=post, from_on=BEGAN) for person, post in zip(held, posts, strict=True)),
            batch_size=2000,
        )
        roles = [Role.SCHOOL_OFFICER, Role.BRANCH_OFFICER, Role.LEADER, Role.ADMINISTRATOR, Role.CLERK]
        Grant.objects.bulk_create(
            (
                Grant(
                    post=posts[index % people], role=roles[index // people % len(roles)],
                    unit=posts[index % people].unit, subtree=True, from_on=BEGAN,
                )
                for index in range(grants)
            ),
            batch_size=2000,
        )  # fmt: skip
    analyse()
