"""Regimes: made of an obligation or from nothing, designed, put in force, revised, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from caunoi.business.documents.public import Clause, Obligation, ObligationKind, clauses_of, mark_handed_on
from caunoi.business.reporting.access import Permission, ReportingForbidden
from caunoi.business.reporting.models import (
    FormColumn,
    FormRow,
    FormTable,
    OutlineSection,
    RegimeTurn,
    ReporterGroup,
    ReportRegime,
)
from caunoi.business.reporting.operations.forms import designable, regime_subject
from caunoi.business.reporting.operations.refused import RegimeRefused
from caunoi.business.reporting.queries import facts_of, least_working_days, window_of
from caunoi.business.reporting.rules.proposals import Heading, kinds_named, name_of, outline_from, same_body
from caunoi.business.reporting.rules.requirements import missing_items
from caunoi.business.reporting.rules.spans import CutOffOrigin, Span
from caunoi.business.reporting.rules.states import RegimeState
from caunoi.business.reporting.rules.turns import covered_by, cut_off, usual_span
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.calendar.public import Bound, DueRule, Rhythm, working_days
from caunoi.foundation.organisations.public import Unit, UnitKind, children, covers
from caunoi.foundation.search.public import put
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import fold, sort_key, squeeze

OWN_SYSTEM = "Hệ thống thông tin báo cáo (Cầu Nối)"
"""Offered as the way of sending; the office may name others beside it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A due day with the period it covers; ``own`` is an own cut-off as (month, day), month ``None`` for monthly."""

    month: int
    day: int
    span: Span
    own: tuple[int | None, int] | None = None


@use_case
def create_regime(
    *, owner: Unit, obligation: Obligation | None = None, name: str = "", by: Actor, at: dt.datetime
) -> ReportRegime:
    """Begin a regime of ``owner`` as a draft.

    With ``obligation`` it is filled from it: what, who, to whom, desk, the printed deadline and the days it states, an
    outline from the content areas of the document. What the text leaves open stays open, and a duty dated for one
    year leaves the choice between once and every year to a person. Raises ReportingForbidden.
    """
    on = clock.day_of(at)
    if not (by.is_system or covers(by.scopes(Permission.REGIMES), owner, on=on)):
        raise ReportingForbidden("reporting.not_permitted")
    regime = ReportRegime(owner=owner, receiver=owner, sending_method=OWN_SYSTEM, changed_at=at)
    _name(regime, name or "Chế độ báo cáo mới")
    if obligation is not None:
        _fill(regime, obligation, on)
        if name:
            _name(regime, name)
    regime.save()
    if obligation is not None:
        _fill_parts(regime, obligation, at)
        mark_handed_on(
            obligation=obligation, kind="regime", target_id=regime.public_id, label=regime.name, by=by, at=at
        )
    record(by=by, at=at, verb="reporting.create_regime", subject=regime_subject(regime))
    _index(regime, at)
    return regime


def _index(regime: ReportRegime, at: dt.datetime) -> None:
    text = f"{regime.content} {regime.reporters_words} {regime.desk} {regime.ground_text}"
    put(kind="regime", public_id=regime.public_id, title=regime.name, text=text, unit_id=regime.owner_id, at=at)


def _name(regime: ReportRegime, name: str) -> None:
    regime.name = squeeze(name)[:300]
    regime.folded = fold(f"{regime.name} {regime.content}")[:700]
    regime.sort_key = sort_key(regime.name)[:700]


def _fill(regime: ReportRegime, obligation: Obligation, on: dt.date) -> None:
    statistics = obligation.kind == ObligationKind.STATISTICS
    regime.content = obligation.what.strip()
    _name(regime, name_of(obligation.what, statistics=statistics, subject=obligation.document.subject))
    regime.asks_narrative, regime.asks_figures = not statistics, statistics
    regime.reporters_words = "; ".join(str(words) for words in obligation.who)
    regime.onward_to = "; ".join(str(words) for words in obligation.onward_to)[:300]
    regime.desk = obligation.desk[:200]
    regime.ground_document, regime.obligation = obligation.document, obligation
    regime.receiver = _receiver(regime.owner, [str(words) for words in obligation.to_whom])
    if regime.desk:
        offices = children(regime.owner, on=on)
        regime.desk_unit = next((unit for unit in offices if same_body(unit.name, regime.desk)), None)
    rule = obligation.due
    if rule is None:
        return
    regime.rhythm, regime.bound, regime.printed_due = rule.rhythm, rule.bound, rule.printed
    regime.year = rule.year
    undecided = rule.rhythm is Rhythm.ONCE or "yearly_or_once" in obligation.open_questions
    regime.repeats = None if undecided else True


def _receiver(owner: Unit, words: list[str]) -> Unit | None:
    """Return the owner when the words name it or nobody; another unit when they name exactly one."""
    if not words or any(same_body(owner.name, name) or same_body(owner.kind.name, name) for name in words):
        return owner
    if any(fold(name).split()[:1] == ["so"] for name in words) and owner.kind.code == "department":
        return owner
    found = [
        unit for name in words for unit in Unit.objects.filter(folded__startswith=fold(name), dissolved_on=None)[:2]
    ]
    return found[0] if len(found) == 1 else None


def _fill_parts(regime: ReportRegime, obligation: Obligation, at: dt.datetime) -> None:
    rule = obligation.due
    if rule is not None:
        _write_turns(regime, proposed_turns(rule, on=clock.day_of(at)))
    kinds = UnitKind.objects.filter(code__in=kinds_named(str(words) for words in obligation.who))
    ReporterGroup.objects.bulk_create(ReporterGroup(regime=regime, kind=kind, root=regime.owner) for kind in kinds)
    if regime.asks_narrative:
        _write_outline(regime, list(clauses_of(obligation.document)))


def proposed_turns(rule: DueRule, *, on: dt.date) -> list[Turn]:
    """Return the turns that a deadline suggests, each with its likely period and, where needed, an own cut-off."""
    turns = []
    for month, day in sorted(set(rule.days)):
        span = usual_span(rule.rhythm, month, day, rule.days)
        turns.append(with_proposed_cut_off(Turn(month, day, span), rule.bound, on=on))
    return turns


def with_proposed_cut_off(turn: Turn, bound: Bound, *, on: dt.date) -> Turn:
    """Return the turn with the law's cut-off when that leaves enough working days, else with a proposed own one."""
    due = DueRule(Rhythm.YEARLY, ((turn.month, turn.day),), bound=bound).next_after(on)
    if due is None:
        return turn
    window, _ = window_of(turn.span, on=on)
    covered = covered_by(turn.span, window, due.day)
    found = cut_off(covered, due.last_day, working_days(), least=least_working_days(on=on), own=None)
    if found.origin is CutOffOrigin.LAW:
        return Turn(turn.month, turn.day, turn.span)
    return Turn(turn.month, turn.day, turn.span, own=(found.on.month if turn.month else None, found.on.day))


def _write_turns(regime: ReportRegime, turns: Collection[Turn]) -> None:
    RegimeTurn.objects.filter(regime=regime).delete()
    RegimeTurn.objects.bulk_create(
        RegimeTurn(
            regime=regime,
            month=turn.month,
            day=turn.day,
            span=turn.span,
            cut_off_origin=CutOffOrigin.LAW if turn.own is None else CutOffOrigin.OWN,
            cut_off_month=None if turn.own is None else turn.own[0],
            cut_off_day=None if turn.own is None else turn.own[1],
        )
        for turn in turns
    )


def _write_outline(regime: ReportRegime, clauses: list[Clause]) -> None:
    headings = [Heading(clause.depth, clause.marker, clause.text) for clause in clauses if clause.is_heading]
    OutlineSection.objects.bulk_create(
        OutlineSection(
            regime=regime,
            code=f"s{number}",
            marker=section.marker,
            title=section.title,
            question=section.question,
            position=number,
        )
        for number, section in enumerate(outline_from(headings), start=1)
    )


CHANGEABLE = frozenset(
    {
        "name", "content", "asks_narrative", "asks_figures", "reporters_words", "receiver", "desk", "desk_unit",
        "contact", "onward_to", "sending_method", "rhythm", "bound", "year", "repeats", "printed_due",
        "outline_note", "guidance",
        "needs_approval", "lead_days", "lock_days", "ground_text", "ground_document",
    }
)  # fmt: skip


@use_case
def change_regime(*, regime: ReportRegime, facts: dict[str, object], by: Actor, at: dt.datetime) -> ReportRegime:
    """Change items of a draft. Deciding that a duty dated for one year comes back makes its rhythm yearly.

    Raises RegimeRefused, ReportingForbidden; ValueError for an item that is none.
    """
    locked = designable(regime, by, at)
    if unknown := facts.keys() - CHANGEABLE:
        raise ValueError(f"not items of a regime: {sorted(unknown)}")
    changes = {name: (getattr(locked, name), value) for name, value in facts.items() if getattr(locked, name) != value}
    for name, (_, value) in changes.items():
        setattr(locked, name, value)
    if "repeats" in changes and locked.repeats is not None:
        _settle_rhythm(locked)
    _name(locked, locked.name)
    locked.save()
    if changes:
        said = {name: (str(old), str(new)) for name, (old, new) in changes.items()}
        record(by=by, at=at, verb="reporting.change_regime", subject=regime_subject(locked), changes=said)
        _index(locked, at)
    return locked


def _settle_rhythm(regime: ReportRegime) -> None:
    if regime.repeats and regime.rhythm == Rhythm.ONCE:
        regime.rhythm = Rhythm.YEARLY
    elif regime.repeats is False:
        regime.rhythm = Rhythm.ONCE


def _refuse_same_period(spans: list[Span], regime: ReportRegime) -> None:
    """A period is reported on once: two due days of a regime cover two periods."""
    if len(set(spans)) < len(spans):
        raise RegimeRefused("reporting.same_period", name=regime.name)


@use_case
def set_turns(*, regime: ReportRegime, turns: Sequence[Turn], by: Actor, at: dt.datetime) -> None:
    """Say on which days the report is due, which period each covers and where its figures are cut off.

    Raises RegimeRefused, also ``same_period`` when two turns cover the same period of the year; ReportingForbidden.
    """
    locked = designable(regime, by, at)
    _refuse_same_period([turn.span for turn in turns], locked)
    _write_turns(locked, turns)
    said = "; ".join(f"{turn.day:02d}/{turn.month:02d} {turn.span}" for turn in turns)
    record(by=by, at=at, verb="reporting.set_turns", subject=regime_subject(locked), changes={"turns": (None, said)})


@use_case
def set_reporters(*, regime: ReportRegime, kinds: Collection[UnitKind], root: Unit, by: Actor, at: dt.datetime) -> None:
    """Say which kinds of units below ``root`` owe the report. Raises RegimeRefused, ReportingForbidden."""
    locked = designable(regime, by, at)
    ReporterGroup.objects.filter(regime=locked).delete()
    ReporterGroup.objects.bulk_create(ReporterGroup(regime=locked, kind=kind, root=root) for kind in kinds)
    said = ", ".join(kind.code for kind in kinds)
    record(
        by=by, at=at, verb="reporting.set_reporters", subject=regime_subject(locked), changes={"kinds": (None, said)}
    )


@use_case
def put_in_force(*, regime: ReportRegime, on: dt.date, by: Actor, at: dt.datetime) -> ReportRegime:
    """Put a draft in force from a day; the version before it ends on that day.

    Raises RegimeRefused ``regime_incomplete`` naming every compulsory item that is empty, ``regime_not_draft``.
    """
    locked = designable(regime, by, at)
    missing = missing_items(facts_of(locked))
    if missing:
        raise RegimeRefused("reporting.regime_incomplete", name=locked.name, items=tuple(missing))
    _refuse_same_period([Span(turn.span) for turn in locked.turns.all()], locked)
    if locked.previous_id is not None:
        before = ReportRegime.objects.select_for_update().get(pk=locked.previous_id)
        if before.state == RegimeState.IN_FORCE:
            _end(before, max(on, (before.from_on or on) + dt.timedelta(days=1)), by, at)
    locked.state, locked.from_on = RegimeState.IN_FORCE, on
    locked.save(update_fields=["state", "from_on"])
    record(by=by, at=at, verb="reporting.put_in_force", subject=regime_subject(locked), changes={"from_on": (None, on)})
    return locked


@use_case
def end_regime(*, regime: ReportRegime, on: dt.date, by: Actor, at: dt.datetime) -> None:
    """End a regime in force; ``on`` is the first day without it. Raises RegimeRefused, ReportingForbidden."""
    if not (by.is_system or covers(by.scopes(Permission.REGIMES), regime.owner_id, on=clock.day_of(at))):
        raise ReportingForbidden("reporting.not_permitted")
    locked = ReportRegime.objects.select_for_update().get(pk=regime.pk)
    if locked.state != RegimeState.IN_FORCE or (locked.from_on is not None and on <= locked.from_on):
        raise RegimeRefused("reporting.regime_not_in_force", name=locked.name)
    _end(locked, on, by, at)


def _end(regime: ReportRegime, on: dt.date, by: Actor, at: dt.datetime) -> None:
    regime.state, regime.until_on = RegimeState.ENDED, on
    regime.save(update_fields=["state", "until_on"])
    record(by=by, at=at, verb="reporting.end_regime", subject=regime_subject(regime), changes={"until_on": (None, on)})


@use_case
def revise_regime(*, regime: ReportRegime, by: Actor, at: dt.datetime) -> ReportRegime:
    """Begin the next version of a regime in force, with everything it says, as a draft.

    Raises RegimeRefused ``regime_not_in_force`` or ``regime_has_successor``, ReportingForbidden.
    """
    if not (by.is_system or covers(by.scopes(Permission.REGIMES), regime.owner_id, on=clock.day_of(at))):
        raise ReportingForbidden("reporting.not_permitted")
    old = ReportRegime.objects.select_for_update().get(pk=regime.pk)
    if old.state == RegimeState.DRAFT:
        raise RegimeRefused("reporting.regime_not_in_force", name=old.name)
    if ReportRegime.objects.filter(previous=old).exists():
        raise RegimeRefused("reporting.regime_has_successor", name=old.name)
    new = ReportRegime(owner_id=old.owner_id, previous=old, version=old.version + 1, line=old.line, changed_at=at)
    for name in CHANGEABLE:
        setattr(new, name, getattr(old, name))
    new.obligation_id = old.obligation_id
    _name(new, old.name)
    new.save()
    _copy_parts(old, new)
    record(by=by, at=at, verb="reporting.revise_regime", subject=regime_subject(new))
    _index(new, at)
    return new


def _copy_parts(old: ReportRegime, new: ReportRegime) -> None:
    turns = list(RegimeTurn.objects.filter(regime=old))
    groups = list(ReporterGroup.objects.filter(regime=old))
    sections = list(OutlineSection.objects.filter(regime=old))
    for turn in turns:
        turn.pk, turn.regime = None, new
    for group in groups:
        group.pk, group.regime = None, new
    for section in sections:
        section.pk, section.regime = None, new
    RegimeTurn.objects.bulk_create(turns)
    ReporterGroup.objects.bulk_create(groups)
    OutlineSection.objects.bulk_create(sections)
    for table in FormTable.objects.filter(regime=old):
        rows, columns = list(FormRow.objects.filter(table=table)), list(FormColumn.objects.filter(table=table))
        table.pk, table.regime = None, new
        table.save(force_insert=True)
        for row in rows:
            row.pk, row.table = None, table
        for column in columns:
            column.pk, column.table = None, table
        FormRow.objects.bulk_create(rows)
        FormColumn.objects.bulk_create(columns)
