"""Writing the tree: a unit is established, named, placed and dissolved on a day."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.organisations.access import on_day, path_of
from caunoi.foundation.organisations.models import Placement, Unit, UnitKind, UnitName, UnitPath
from caunoi.foundation.organisations.rules.paths import END, WIDTH, segment, unit_ids
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import fold, sort_key, squeeze

_KINDS = Path(__file__).parent / "data" / "unit_kinds.toml"


class TreeRefused(Refused):
    """A change the tree does not allow: ``under_itself``, ``parent_not_placed``, ``in_the_past``, ``has_children``."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a unit is called: full name, English name, abbreviation in codes, seat printed before dates."""

    name: str
    name_en: str = ""
    symbol: str = ""
    seat: str = ""


@use_case
def establish_unit(
    *,
    kind: UnitKind,
    code: str,
    naming: Naming,
    parents: dict[Line, Unit | None],
    on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Unit:
    """Establish a unit from ``on``, placed under ``parents`` in each line given. Raises TreeRefused."""
    unit = Unit(kind=kind, code=code, established_on=on)
    _print_name(unit, naming)
    unit.save()
    _open_name(unit, on)
    for line, parent in parents.items():
        _place(unit, line, parent, on)
    record(by=by, at=at, verb="organisations.establish", subject=_subject(unit), changes={"established_on": (None, on)})
    return unit


@use_case
def rename_unit(*, unit: Unit, naming: Naming, on: dt.date, by: Actor, at: dt.datetime) -> None:
    """Give a unit another name from ``on``. Raises TreeRefused when a later or equal name exists already."""
    current = UnitName.objects.get(unit=unit, until_on__isnull=True)
    if current.from_on >= on:
        raise TreeRefused("in_the_past", unit=unit.name, since=current.from_on)
    before = unit.name
    current.until_on = on
    current.save(update_fields=["until_on"])
    _print_name(unit, naming)
    unit.save()
    _open_name(unit, on)
    record(by=by, at=at, verb="organisations.rename", subject=_subject(unit), changes={"name": (before, unit.name)})


@use_case
def move_unit(*, unit: Unit, line: Line, parent: Unit | None, on: dt.date, by: Actor, at: dt.datetime) -> None:
    """Place a unit, with all below it, under another from ``on``. Raises TreeRefused for a circle or a step back."""
    current = Placement.objects.get(unit=unit, line=line, until_on__isnull=True)
    if current.from_on >= on:
        raise TreeRefused("in_the_past", unit=unit.name, since=current.from_on)
    old = path_of(unit, line=line, on=on)
    current.until_on = on
    current.save(update_fields=["until_on"])
    new = _new_path(unit, line, parent, on)
    Placement.objects.create(unit=unit, line=line, parent=parent, from_on=on)
    if old is not None:
        _move_paths(line, old, new, on)
    record(by=by, at=at, verb="organisations.move", subject=_subject(unit), changes={"parent": (old, new)})


@use_case
def dissolve_unit(*, unit: Unit, on: dt.date, by: Actor, at: dt.datetime) -> None:
    """End a unit on ``on`` (the first day without it). Raises TreeRefused while units stand under it."""
    if Placement.objects.filter(on_day(on), parent=unit).exists():
        raise TreeRefused("has_children", unit=unit.name)
    Placement.objects.filter(unit=unit, until_on__isnull=True).update(until_on=on)
    UnitPath.objects.filter(unit=unit, until_on__isnull=True).update(until_on=on)
    UnitName.objects.filter(unit=unit, until_on__isnull=True).update(until_on=on)
    unit.dissolved_on = on
    unit.save(update_fields=["dissolved_on"])
    record(by=by, at=at, verb="organisations.dissolve", subject=_subject(unit), changes={"dissolved_on": (None, on)})


def _print_name(unit: Unit, naming: Naming) -> None:
    unit.name, unit.name_en = squeeze(naming.name), squeeze(naming.name_en)
    unit.symbol, unit.seat = squeeze(naming.symbol), squeeze(naming.seat)
    unit.folded = fold(f"{unit.name} {unit.name_en} {unit.symbol} {unit.code}")[:700]
    unit.sort_key = sort_key(unit.name)[:700]


def _open_name(unit: Unit, on: dt.date) -> None:
    UnitName.objects.create(
        unit=unit, name=unit.name, name_en=unit.name_en, symbol=unit.symbol, seat=unit.seat, code=unit.code,
        kind=unit.kind, folded=unit.folded, from_on=on,
    )  # fmt: skip


def _place(unit: Unit, line: Line, parent: Unit | None, on: dt.date) -> None:
    path = _new_path(unit, line, parent, on)
    Placement.objects.create(unit=unit, line=line, parent=parent, from_on=on)
    UnitPath.objects.create(unit=unit, line=line, path=path, depth=len(path) // WIDTH, from_on=on)


def _new_path(unit: Unit, line: Line, parent: Unit | None, on: dt.date) -> str:
    if parent is None:
        return segment(unit.pk)
    above = path_of(parent, line=line, on=on)
    if above is None:
        raise TreeRefused("parent_not_placed", unit=unit.name, parent=parent.name)
    if unit.pk in unit_ids(above):
        raise TreeRefused("under_itself", unit=unit.name, parent=parent.name)
    return above + segment(unit.pk)


def _move_paths(line: Line, old: str, new: str, on: dt.date) -> None:
    """End the paths of the moved subtree on ``on`` and write the new ones, both as one statement."""
    moved = UnitPath.objects.filter(on_day(on), line=line, path__gte=old, path__lt=old + END)
    deeper = (len(new) - len(old)) // WIDTH
    rows = list(
        moved.annotate(new=Concat(Value(new), Substr("path", len(old) + 1))).values_list(
            "unit_id", "new", "depth", "until_on"
        )
    )
    moved.filter(from_on=on).delete()
    moved.update(until_on=on)
    UnitPath.objects.bulk_create(
        UnitPath(unit_id=unit_id, line=line, path=path, depth=depth + deeper, from_on=on, until_on=until_on)
        for unit_id, path, depth, until_on in rows
    )


def _subject(unit: Unit) -> Subject:
    return Subject("unit", str(unit.public_id), unit.name, unit.pk)


def load_kinds() -> dict[str, UnitKind]:
    """Bring the shipped kinds of units into the table, leaving those an office has added; return all by code."""
    rows = tomllib.loads(_KINDS.read_text(encoding="utf-8"))["kind"]
    for position, row in enumerate(rows):
        UnitKind.objects.update_or_create(code=row["code"], defaults={"is_outside": False, **row, "position": position})
    return {kind.code: kind for kind in UnitKind.objects.all()}
