"""The real map as data: the provinces with their events of 01/7/2025, and the central bodies."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, cast

from caunoi.foundation.audit.public import use_case
from caunoi.foundation.organisations.models import Unit, UnitKind
from caunoi.foundation.organisations.operations.carrying import enter_event
from caunoi.foundation.organisations.operations.kinds import load_kinds
from caunoi.foundation.organisations.operations.plan import Opening
from caunoi.foundation.organisations.operations.planning import (
    plan_establishment,
    plan_merger,
    plan_renaming,
    plan_transfer,
)
from caunoi.foundation.organisations.rules.naming import Decision, Naming
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.text import fold

_DATA = Path(__file__).parents[1] / "data"
BEGINS = dt.date(2020, 1, 1)
"""From when the register of the 63 begins; not a day of founding."""
_CITIES_BEFORE = frozenset({"Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ"})
_HUE = Decision("175/2024/QH15", dt.date(2024, 11, 30), "Quốc hội", "Mức chắc chắn K: cần kiểm tra lại.")
"""Thừa Thiên Huế becomes the city of Huế on 01/01/2025."""


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


def provinces() -> tuple[Decision, dt.date, list[ProvinceRow]]:
    """Return the deciding document, the day from which the map holds, and the 34 provinces with their predecessors."""
    data = tomllib.loads((_DATA / "provinces.toml").read_text(encoding="utf-8"))
    rows = [
        ProvinceRow(name=row["name"], city=row["city"], parts=row["from"], mark=row["mark"]) for row in data["province"]
    ]
    note = f"Dữ liệu: {data['licence']}"
    return Decision(data["source"], data["decided_on"], data["organ"], note), data["effective_on"], rows


@use_case
def load_country(*, by: Actor, at: dt.datetime) -> Loaded:
    """Bring in central bodies, the 63 provinces and the events that made them 34, with a Sở and a UBND each.

    Doing it again changes nothing. Codes are ours: ``QG.UBND.…``, ``QG.SGDDT.…``; a successor of the same name adds
    its year. Marks of the rows stand in the note of each event.
    """
    kinds = load_kinds()
    bodies = _central(kinds, by, at)
    decision, on, rows = provinces()
    if Unit.objects.filter(code=_code("UBND", rows[0]["parts"][0])).exists():
        return Loaded(0, 0, bodies)
    ministry = Unit.objects.get(code="QG.BGDDT")
    before = [name for row in rows for name in row["parts"]]
    enter_event(plan=plan_establishment(openings=_old(before, ministry, kinds), on=BEGINS), by=by, at=at)
    _rename_hue(by, at)
    for row in rows:
        if len(row["parts"]) > 1:
            ground = Decision(decision.code, decision.on, decision.organ, f"{_note(row)} {decision.note}.")
            _merge(row, ministry, kinds, ground, on, by, at)
    return Loaded(len(rows), len(before), bodies)


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
        enter_event(plan=plan_renaming(unit=unit, naming=naming, on=dt.date(2025, 1, 1), decision=_HUE), by=by, at=at)


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
    ministry: Unit,
    kinds: Mapping[str, UnitKind],
    decision: Decision,
    on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Enter the mergers of the committees and then of the departments of one new province."""
    committee, department = _pair(row["name"], row["city"], ministry, kinds, ".2025")
    for word, opening in (("UBND", committee), ("SGDDT", department)):
        held = {unit.code: unit for unit in Unit.objects.filter(code__in=[_code(word, part) for part in row["parts"]])}
        units = [held[_code(word, part)] for part in row["parts"]]
        if opening is department:
            opening.parents = {Line.PROFESSIONAL: ministry, Line.ADMINISTRATIVE: cast(Unit, committee.unit)}
        enter_event(plan=plan_merger(units=units, into=opening, on=on, decision=decision), by=by, at=at)


def _central(kinds: Mapping[str, UnitKind], by: Actor, at: dt.datetime) -> int:
    data = tomllib.loads((_DATA / "central_bodies.toml").read_text(encoding="utf-8"))
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


def _body(code: str) -> Unit:
    return Unit.objects.select_related("kind").get(code=f"QG.{code}")


def _ground(row: Mapping[str, str]) -> Decision:
    return Decision(code=row["source"][:80], note=f"Mức chắc chắn {row['mark']}: cần kiểm tra lại.")


def _code(word: str, name: str) -> str:
    return f"QG.{word}.{_plain(name).upper().replace(' ', '')}"


def _plain(name: str) -> str:
    return " ".join(part.capitalize() for part in fold(name.replace("–", " ")).split())
