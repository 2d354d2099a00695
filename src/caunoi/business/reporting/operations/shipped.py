"""Regimes that come with the system: taken over into an office as drafts, to be adjusted and put in force there."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from caunoi.business.reporting.access import Permission, ReportingForbidden, ReportingNotFound
from caunoi.business.reporting.models import OutlineSection, ReporterGroup, ReportRegime, SharedMember
from caunoi.business.reporting.operations.forms import LineSpec, TableSpec, regime_subject, save_table
from caunoi.business.reporting.operations.regimes import OWN_SYSTEM, index, name_regime
from caunoi.business.reporting.operations.turns import Turn, with_proposed_cut_off, with_proposed_day, write_turns
from caunoi.business.reporting.rules.levels import PROPOSED_DAYS
from caunoi.business.reporting.rules.proposals import distinct_name, roman
from caunoi.business.reporting.rules.spans import Span
from caunoi.business.reporting.rules.states import RegimeKind, RegimeState
from caunoi.business.reporting.rules.turns import Window
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.calendar.public import Bound, DayOffRule, Rhythm
from caunoi.foundation.organisations.public import Unit, UnitKind, covers
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

DATA: Final = Path(__file__).resolve().parents[1] / "data" / "regimes.toml"
FIRST_MEMBERS: Final = 99
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Shipped:
    """A regime of the file, with how sure its ground is."""

    code: str
    name: str
    content: str
    ground: str
    mark: str
    kind: RegimeKind
    rhythm: Rhythm
    printed: str
    spans: tuple[Span, ...]
    undated: tuple[Span, ...]
    asks_narrative: bool
    tables: tuple[str, ...]
    data: Row


@cache
def shipped_regimes() -> tuple[Shipped, ...]:
    """Return the regimes that come with the system, in their order."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["regime"]
    return tuple(_shipped(row) for row in rows)


def _shipped(row: Row) -> Shipped:
    return Shipped(
        code=_text(row, "code"),
        name=_text(row, "name"),
        content=_text(row, "content"),
        ground=_text(row, "ground"),
        mark=_text(row, "mark"),
        kind=RegimeKind(_text(row, "kind") or RegimeKind.PERIODIC),
        rhythm=Rhythm(_text(row, "rhythm")),
        printed=_text(row, "printed"),
        spans=tuple(Span(_text(turn, "span")) for turn in _rows(row, "turns")),
        undated=tuple(Span(str(span)) for span in _list(row, "undated")),
        asks_narrative=bool(row.get("asks_narrative", True)),
        tables=tuple(_text(table, "title") for table in _rows(row, "table")),
        data=row,
    )


def _text(row: Row, name: str) -> str:
    return str(row.get(name, ""))


def _list(row: Row, name: str) -> Sequence[object]:
    found = row.get(name, [])
    return found if isinstance(found, list) else []


def _rows(row: Row, name: str) -> list[Row]:
    return [each for each in _list(row, name) if isinstance(each, dict)]


def _pair(row: Row, name: str) -> tuple[int, int] | None:
    found = _list(row, name)
    return (int(str(found[0])), int(str(found[1]))) if len(found) == 2 else None


@use_case
def take_over(*, code: str, owner: Unit, by: Actor, at: dt.datetime) -> ReportRegime:
    """Take a shipped regime over as a draft of ``owner``: items, due days, outline, tables.

    Due days that the ground leaves open stay open. Raises ReportingNotFound, ReportingForbidden.
    """
    on = clock.day_of(at)
    if not (by.is_system or covers(by.scopes(Permission.REGIMES), owner, on=on)):
        raise ReportingForbidden("reporting.not_permitted")
    found = next((each for each in shipped_regimes() if each.code == code), None)
    if found is None:
        raise ReportingNotFound("reporting.shipped_not_found")
    regime = _begin(found, owner, at)
    regime.save()
    turns = [_turn(row, regime, on) for row in _rows(found.data, "turns")]
    write_turns(regime, turns, found.undated)
    kinds = UnitKind.objects.filter(code__in=[str(kind) for kind in _list(found.data, "kinds")])
    ReporterGroup.objects.bulk_create(ReporterGroup(regime=regime, kind=kind, root=owner) for kind in kinds)
    OutlineSection.objects.bulk_create(_sections(found.data, regime))
    for table in _rows(found.data, "table"):
        save_table(regime=regime, spec=_table(table), by=by, at=at)
    record(by=by, at=at, verb="reporting.take_over", subject=regime_subject(regime), changes={"from": (None, code)})
    index(regime, at)
    return regime


def _begin(found: Shipped, owner: Unit, at: dt.datetime) -> ReportRegime:
    others = ReportRegime.objects.filter(owner=owner).exclude(state=RegimeState.ENDED)
    taken = set(others.values_list("name", flat=True))
    regime = ReportRegime(
        owner=owner,
        receiver=owner,
        sending_method=OWN_SYSTEM,
        changed_at=at,
        shipped_code=found.code,
        kind=found.kind,
        content=found.content,
        ground_text=found.ground,
        rhythm=found.rhythm,
        repeats=found.rhythm is not Rhythm.ONCE,
        bound=_text(found.data, "bound"),
        onward_bound=_text(found.data, "onward_bound") or Bound.NO_LATER_THAN,
        printed_due=found.printed,
        onward_to=_text(found.data, "onward_to"),
        asks_narrative=found.asks_narrative,
        asks_figures=bool(found.tables),
        needs_approval=bool(found.data.get("needs_approval", False)),
        guidance=_text(found.data, "guidance"),
        day_off_rule=DayOffRule.EARLIER,
    )
    name_regime(regime, distinct_name(found.name, taken, rhythm=found.rhythm, days=()))
    return regime


def _turn(row: Row, regime: ReportRegime, on: dt.date) -> Turn:
    span, due, onward = Span(_text(row, "span")), _pair(row, "due"), _pair(row, "onward")
    first, last = _pair(row, "first"), _pair(row, "last")
    window = Window(*first, *last) if first and last else None
    if due is None:
        if onward is None:
            raise ValueError(f"{regime.shipped_code}: a turn has neither a due day nor one to send onward")
        days = int(str(row.get("days_before", PROPOSED_DAYS)))
        turn = with_proposed_day(span, onward, Bound(regime.onward_bound), on=on, days=days)
    else:
        turn = Turn(due[0], due[1], span, window=window, onward=onward)
    return with_proposed_cut_off(turn, Bound(regime.bound), on=on)


def _sections(row: Row, regime: ReportRegime) -> list[OutlineSection]:
    made = []
    for number, section in enumerate(_list(row, "sections"), start=1):
        title, question, required = section if isinstance(section, list) else ("", "", False)
        made.append(
            OutlineSection(
                regime=regime, code=f"s{number}", marker=roman(number), title=title, question=question,
                is_required=required, position=number,
            )
        )  # fmt: skip
    return made


def _table(row: Row) -> TableSpec:
    rows = members_as_lines([str(code) for code in _list(row, "rows_from")], first=int(str(row.get("first", 99))))
    rows += [LineSpec(label, indicator=indicator) for label, indicator in _labels(row, "rows")]
    named = [str(member) for member in _list(row, "columns_members")]
    columns = members_as_lines(
        [str(code) for code in _list(row, "columns_from")], members=named, unit=_text(row, "columns_unit")
    )
    columns += [_column(column) for column in _list(row, "columns") if isinstance(column, list)]
    return TableSpec(
        title=_text(row, "title"),
        rows=rows,
        columns=columns,
        unit=_text(row, "unit"),
        nature=_text(row, "nature") or "flow",
        total_row=bool(row.get("total_row", False)),
        total_column=bool(row.get("total_column", False)),
    )


def _labels(row: Row, name: str) -> list[tuple[str, str]]:
    return [(str(pair[0]), str(pair[1])) for pair in _list(row, name) if isinstance(pair, list)]


def _column(column: list[object]) -> LineSpec:
    label, unit, number, indicator, basis = [*(str(part) for part in column), "", "", "", ""][:5]
    return LineSpec(label, unit, whole=number != "decimal", indicator=indicator, basis=basis or "period")


def members_as_lines(
    lists: Sequence[str], *, first: int = FIRST_MEMBERS, members: Sequence[str] = (), unit: str = ""
) -> list[LineSpec]:
    """Return lines made of shared lists: the members of one, or every pair of two, each with its dimensions."""
    lines: list[LineSpec] = []
    for place, code in enumerate(lists):
        rows = SharedMember.objects.filter(shared_list__code=code, ended_at__isnull=True).order_by("position", "id")
        found = [(row.code, row.label) for row in (rows.filter(code__in=members) if members else rows)[:first]]
        if place == 0:
            lines = [LineSpec(label, unit, dimensions=((code, member),)) for member, label in found]
            continue
        lines = [
            LineSpec(
                f"{line.label}, {label[:1].lower()}{label[1:]}", unit, dimensions=(*line.dimensions, (code, member))
            )
            for line in lines
            for member, label in found
        ]
    return lines
