"""The real map as data: the provinces with their events of 01/7/2025, and the central bodies."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, cast

from caunoi.foundation.audit.public import use_case
from caunoi.foundation.organisations.models import Placement, Unit, UnitKind
from caunoi.foundation.organisations.operations.carrying import enter_event
from caunoi.foundation.organisations.operations.kinds import load_kinds
from caunoi.foundation.organisations.operations.plan import Opening
from caunoi.foundation.organisations.operations.planning import (
    plan_establishment,
    plan_merger,
    plan_move,
    plan_renaming,
    plan_transfer,
)
from caunoi.foundation.organisations.operations.refused import TreeRefused
from caunoi.foundation.organisations.queries import parents_of
from caunoi.foundation.organisations.rules.kinds import Level
from caunoi.foundation.organisations.rules.naming import Decision, Naming
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.text import fold

_DATA = Path(__file__).parents[1] / "data"
BEGINS = dt.date(2020, 1, 1)
"""From when the register of the 63 begins; not a day of founding."""
_CITIES_BEFORE = frozenset({"Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ"})
_HUE = Decision("175/2024/QH15", dt.date(2024, 11, 30), "Quốc hội", "Mức chắc chắn K: cần kiểm tra lại.")
HUE_ON = dt.date(2025, 1, 1)
"""Thừa Thiên Huế becomes the city of Huế."""


class ProvinceRow(TypedDict):
    """A province as it is now; ``from`` lists what it was made of."""

    name: str
    city: bool
    parts: list[str]
    mark: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the command brought in; nought where it had been there already."""

    provinces: int
    predecessors: int
    bodies: int
    joined: int = 0
    """Units that stood here before and have become the country's own record."""


def provinces() -> tuple[Decision, dt.date, list[ProvinceRow]]:
    """Return the deciding document, the day from which the map holds, and the 34 provinces with their predecessors."""
    data = tomllib.loads((_DATA / "provinces.toml").read_text(encoding="utf-8"))
    rows = [
        ProvinceRow(name=row["name"], city=row["city"], parts=row["from"], mark=row["mark"]) for row in data["province"]
    ]
    note = f"Dữ liệu: {data['licence']}"
    return Decision(data["source"], data["decided_on"], data["organ"], note), data["effective_on"], rows


@use_case
def load_country(*, by: Actor, at: dt.datetime, beside: bool = False) -> Loaded:
    """Bring in central bodies, the 63 provinces and the events that made them 34, with a Sở and a UBND each.

    Doing it again changes nothing. Codes are ours: ``QG.UBND.…``, ``QG.SGDDT.…``; a successor of the same name adds
    its year. Marks of the rows stand in the note of each event. A Sở or UBND of a province that was set up here before
    becomes the record of that province with all that hangs on it: it keeps its code and carries the predecessors.
    Raises TreeRefused when one that stands here is none of the 34, or is a central body; ``beside`` leaves those be.
    """
    kinds = load_kinds()
    decision, on, rows = provinces()
    if Unit.objects.filter(code=_code("UBND", rows[0]["parts"][0])).exists():
        return Loaded(0, 0, _central(kinds, by, at))
    standing = _standing(rows, beside=beside)
    bodies = _central(kinds, by, at)
    ministry = Unit.objects.get(code="QG.BGDDT")
    before = [name for row in rows for name in row["parts"]]
    enter_event(plan=plan_establishment(openings=_old(before, ministry, kinds), on=BEGINS), by=by, at=at)
    for row in rows:
        _join_early(row, standing, on, by, at)
    _rename_hue(by, at)
    for row in rows:
        if len(row["parts"]) > 1:
            ground = Decision(decision.code, decision.on, decision.organ, f"{_note(row)} {decision.note}.")
            _merge(row, standing, ministry, kinds, ground, on, by, at)
    return Loaded(len(rows), len(before), bodies, len(standing))


Standing = Mapping[tuple[str, str], Unit]
"""(word of the code, province) → the unit that was set up here before the map was loaded."""
_KINDS = {"UBND": "provincial_committee", "SGDDT": "department"}


def _standing(rows: Sequence[ProvinceRow], *, beside: bool) -> Standing:
    """Return what stands here already of the provinces of today, by name. Raises TreeRefused for what fits none."""
    called = {
        (kind, fold(opening.name)): (word, row["name"])
        for row in rows
        for (word, kind), opening in zip(_KINDS.items(), _names(row), strict=True)
    }
    found: dict[tuple[str, str], Unit] = {}
    here = Unit.objects.filter(kind__code__in=_KINDS.values(), dissolved_on__isnull=True).order_by("pk")
    for unit in here.select_related("kind"):
        key = called.get((unit.kind.code, fold(unit.name)))
        if key is not None and key not in found:
            found[key] = unit
        elif unit.kind.code == "department" and not beside:
            raise TreeRefused("country_unknown", unit=unit.name)
    bodies = {fold(row["name"]) for row in _bodies()["body"]}
    held = Unit.objects.filter(kind__level=Level.CENTRAL, dissolved_on__isnull=True).exclude(code__startswith="QG.")
    for unit in [] if beside else held.order_by("pk"):
        if fold(unit.name) in bodies:
            raise TreeRefused("country_twice", unit=unit.name)
    return found


def _names(row: ProvinceRow) -> tuple[Naming, Naming]:
    called = f"thành phố {row['name']}" if row["city"] else f"tỉnh {row['name']}"
    return Naming(f"Ủy ban nhân dân {called}"), Naming(f"Sở Giáo dục và Đào tạo {called}")


def _join_early(row: ProvinceRow, standing: Standing, on: dt.date, by: Actor, at: dt.datetime) -> None:
    """Let what stood here before the province got its shape of today carry its namesake of before."""
    for word in _KINDS:
        unit = standing.get((word, row["name"]))
        if unit is not None and (unit.established_on < on or len(row["parts"]) == 1):
            record = Unit.objects.select_related("kind").get(code=_code(word, row["name"]))
            _join(record, unit, max(unit.established_on, BEGINS + dt.timedelta(days=1)), by, at)


def _join(record: Unit, unit: Unit, on: dt.date, by: Actor, at: dt.datetime) -> None:
    """Let a unit carry a record of the map from a day, and stand where that stood."""
    above = {Line(row.line): row.parent for row in parents_of([record.pk], on=on).get(record.pk, [])}
    enter_event(plan=plan_merger(units=[record], into=unit, on=on), by=by, at=at)
    _put(unit, above, on, by, at)


def _put(unit: Unit, above: Mapping[Line, Unit | None], on: dt.date, by: Actor, at: dt.datetime) -> None:
    """Place a unit that stands at the top of a line; one that somebody has placed stays where it is."""
    for row in Placement.objects.filter(unit=unit, until_on__isnull=True, parent__isnull=True):
        parent = above.get(Line(row.line))
        if parent is not None:
            move = plan_move(unit=unit, line=Line(row.line), parent=parent, on=max(on, row.from_on))
            enter_event(plan=move, by=by, at=at)


def _rename_hue(by: Actor, at: dt.datetime) -> None:
    called, english = "thành phố Huế", "Hue City"
    names = {
        "UBND": Naming(f"Ủy ban nhân dân {called}", f"People's Committee of {english}", "UBND", "Huế"),
        "SGDDT": Naming(
            f"Sở Giáo dục và Đào tạo {called}", f"Department of Education and Training of {english}", "SGDĐT", "Huế"
        ),
    }
    for word, naming in names.items():
        unit = Unit.objects.select_related("kind").get(code=_code(word, "Huế"))
        if unit.dissolved_on is not None and unit.dissolved_on <= HUE_ON:
            continue
        enter_event(plan=plan_renaming(unit=unit, naming=naming, on=HUE_ON, decision=_HUE), by=by, at=at)


def _note(row: ProvinceRow) -> str:
    certainty = "cần kiểm tra lại" if row["mark"] in ("K", "U") else "theo nguồn thứ cấp"
    return f"Mức chắc chắn {row['mark']}: {certainty}."


def _old(names: Sequence[str], ministry: Unit, kinds: Mapping[str, UnitKind]) -> list[Opening]:
    pairs = (_pair(name, name in _CITIES_BEFORE, ministry, kinds) for name in names)
    return [opening for pair in pairs for opening in pair]


def _pair(
    name: str, city: bool, ministry: Unit, kinds: Mapping[str, UnitKind], year: str = ""
) -> tuple[Opening, Opening]:
    """Return the UBND and the Sở of a province; the Sở is under the ministry by profession, else under the UBND."""
    shown = "Thừa Thiên Huế" if name == "Huế" and not city else name
    called = f"thành phố {shown}" if city else f"tỉnh {shown}"
    english = f"{_plain(shown)} {'City' if city else 'Province'}"
    seat = f"Thành phố {name}" if city and name == "Hồ Chí Minh" else shown
    committee = Opening(
        _code("UBND", name) + year,
        kinds["provincial_committee"],
        Naming(f"Ủy ban nhân dân {called}", f"People's Committee of {english}", "UBND", seat),
        {Line.PROFESSIONAL: None, Line.ADMINISTRATIVE: None},
    )
    department = Opening(
        _code("SGDDT", name) + year,
        kinds["department"],
        Naming(f"Sở Giáo dục và Đào tạo {called}", f"Department of Education and Training of {english}", "SGDĐT", seat),
        {Line.PROFESSIONAL: ministry, Line.ADMINISTRATIVE: committee},
    )
    return committee, department


def _merge(
    row: ProvinceRow,
    standing: Standing,
    ministry: Unit,
    kinds: Mapping[str, UnitKind],
    decision: Decision,
    on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Enter the mergers of the committees and then of the departments of one new province."""
    openings = dict(zip(_KINDS, _pair(row["name"], row["city"], ministry, kinds, ".2025"), strict=True))
    above: dict[Line, Unit | None] = {}
    for word, opening in openings.items():
        here = standing.get((word, row["name"]))
        into = here if here is not None and here.established_on <= on else opening
        parts = Unit.objects.filter(code__in=[_code(word, part) for part in row["parts"]])
        held = {unit.code: unit for unit in parts.filter(dissolved_on__isnull=True)}
        units = [held[code] for code in (_code(word, part) for part in row["parts"]) if code in held]
        opening.parents = {**opening.parents, **above}
        enter_event(plan=plan_merger(units=units, into=into, on=on, decision=decision), by=by, at=at)
        carrier = into if isinstance(into, Unit) else cast(Unit, into.unit)
        if here is not None and into is here:
            _put(here, above, on, by, at)
        elif here is not None:
            _join(carrier, here, here.established_on, by, at)
        above = {Line.PROFESSIONAL: ministry, Line.ADMINISTRATIVE: carrier}


def _central(kinds: Mapping[str, UnitKind], by: Actor, at: dt.datetime) -> int:
    data = _bodies()
    if Unit.objects.filter(code=f"QG.{data['body'][0]['code']}").exists():
        return 0
    openings = [
        Opening(
            f"QG.{row['code']}",
            kinds["ministry"],
            Naming(row["name"], row["name_en"], row["symbol"], "Hà Nội"),
            {Line.PROFESSIONAL: None, Line.ADMINISTRATIVE: None},
        )
        for row in data["body"]
    ]
    enter_event(plan=plan_establishment(openings=openings, on=data["begins_on"]), by=by, at=at)
    for row in data["transfer"]:
        plan = plan_transfer(
            unit=_body(row["code"]), to=[_body(row["to"])], duties=row["duties"], on=row["on"], decision=_ground(row)
        )
        enter_event(plan=plan, by=by, at=at)
    for row in data["ending"]:
        plan = plan_merger(units=[_body(row["code"])], into=_body(row["into"]), on=row["on"], decision=_ground(row))
        enter_event(plan=plan, by=by, at=at)
    return len(openings)


def _bodies() -> dict[str, Any]:  # as tomllib reads it
    return tomllib.loads((_DATA / "central_bodies.toml").read_text(encoding="utf-8"))


def _body(code: str) -> Unit:
    return Unit.objects.select_related("kind").get(code=f"QG.{code}")


def _ground(row: Mapping[str, str]) -> Decision:
    return Decision(code=row["source"][:80], note=f"Mức chắc chắn {row['mark']}: cần kiểm tra lại.")


def _code(word: str, name: str) -> str:
    return f"QG.{word}.{_plain(name).upper().replace(' ', '')}"


def _plain(name: str) -> str:
    return " ".join(part.capitalize() for part in fold(name.replace("–", " ")).split())
