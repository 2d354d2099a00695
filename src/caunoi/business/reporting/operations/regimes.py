"""Regimes: made of an obligation or from nothing, designed, put in force, revised, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from caunoi.business.documents.public import Clause, Obligation, ObligationKind, clauses_of, mark_handed_on
from caunoi.business.reporting.access import Permission, ReportingForbidden
from caunoi.business.reporting.models import OutlineSection, ReporterGroup, ReportRegime
from caunoi.business.reporting.operations.copying import copy_parts
from caunoi.business.reporting.operations.forms import designable, regime_subject
from caunoi.business.reporting.operations.refused import RegimeRefused
from caunoi.business.reporting.operations.turns import (
    proposed_turns,
    refuse_no_room,
    refuse_same_period,
    undated_spans,
    write_turns,
)
from caunoi.business.reporting.queries import facts_of
from caunoi.business.reporting.rules.proposals import (
    Heading,
    distinct_name,
    kinds_named,
    name_of,
    outline_from,
    same_body,
)
from caunoi.business.reporting.rules.requirements import missing_items
from caunoi.business.reporting.rules.spans import Span
from caunoi.business.reporting.rules.states import RegimeState
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.calendar.public import DueRule, Rhythm
from caunoi.foundation.organisations.public import Unit, UnitKind, children, covers
from caunoi.foundation.search.public import put
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import clean, fold, sort_key, squeeze

OWN_SYSTEM = "Hệ thống thông tin báo cáo (Cầu Nối)"
"""Offered as the way of sending; the office may name others beside it."""


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
    name_regime(regime, name or "Chế độ báo cáo mới")
    if obligation is not None:
        _fill(regime, obligation, on)
        name_regime(regime, name or _unlike_others(regime, obligation.due))
    regime.save()
    if obligation is not None:
        _fill_parts(regime, obligation, at)
        mark_handed_on(
            obligation=obligation, kind="regime", target_id=regime.public_id, label=regime.name, by=by, at=at
        )
    record(by=by, at=at, verb="reporting.create_regime", subject=regime_subject(regime))
    index(regime, at)
    return regime


def _unlike_others(regime: ReportRegime, rule: DueRule | None) -> str:
    """Return the name of a regime made of an order, told from others of the owner by what differs: rhythm and day."""
    others = ReportRegime.objects.filter(owner=regime.owner).exclude(state=RegimeState.ENDED)
    taken = set(others.values_list("name", flat=True))
    if rule is None:
        return distinct_name(regime.name, taken, rhythm="", days=())
    return distinct_name(regime.name, taken, rhythm=rule.rhythm, days=rule.days, bound=rule.bound)


def index(regime: ReportRegime, at: dt.datetime) -> None:
    """Let the search find a regime as it stands."""
    text = f"{regime.content} {regime.reporters_words} {regime.desk} {regime.ground_text}"
    put(kind="regime", public_id=regime.public_id, title=regime.name, text=text, unit_id=regime.owner_id, at=at)


def name_regime(regime: ReportRegime, name: str) -> None:
    """Give a regime its name, with what lists and searches need of it."""
    regime.name = squeeze(name)[:300]
    regime.folded = fold(f"{regime.name} {regime.content}")[:700]
    regime.sort_key = sort_key(regime.name)[:700]


def _fill(regime: ReportRegime, obligation: Obligation, on: dt.date) -> None:
    statistics = obligation.kind == ObligationKind.STATISTICS
    regime.content = obligation.what.strip()
    name_regime(regime, name_of(obligation.what, statistics=statistics, subject=obligation.document.subject))
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
        write_turns(regime, proposed_turns(rule, on=clock.day_of(at)), undated_spans(rule))
    kinds = UnitKind.objects.filter(code__in=kinds_named(str(words) for words in obligation.who))
    ReporterGroup.objects.bulk_create(ReporterGroup(regime=regime, kind=kind, root=regime.owner) for kind in kinds)
    if regime.asks_narrative:
        _write_outline(regime, list(clauses_of(obligation.document)))


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
        "outline_note", "guidance", "kind", "day_off_rule", "onward_bound", "asks_signed_copy",
        "needs_approval", "lead_days", "lock_days", "ground_text", "ground_document", "line",
        "days_after", "days_after_working",
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
    facts = {name: clean(value).strip() if isinstance(value, str) else value for name, value in facts.items()}
    changes = {name: (getattr(locked, name), value) for name, value in facts.items() if getattr(locked, name) != value}
    for name, (_, value) in changes.items():
        setattr(locked, name, value)
    if "repeats" in changes and locked.repeats is not None:
        _settle_rhythm(locked)
    name_regime(locked, locked.name)
    locked.save()
    if changes:
        said = {name: (str(old), str(new)) for name, (old, new) in changes.items()}
        record(by=by, at=at, verb="reporting.change_regime", subject=regime_subject(locked), changes=said)
        index(locked, at)
    return locked


def _settle_rhythm(regime: ReportRegime) -> None:
    if regime.repeats and regime.rhythm == Rhythm.ONCE:
        regime.rhythm = Rhythm.YEARLY
    elif regime.repeats is False:
        regime.rhythm = Rhythm.ONCE


@use_case
def set_reporters(
    *,
    regime: ReportRegime,
    kinds: Collection[UnitKind],
    root: Unit,
    days_earlier: Mapping[int, int] | None = None,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Say which kinds of units below ``root`` owe the report.

    ``days_earlier`` gives, by id of a kind, the working days before the last day in time by which it reports, where a
    level between gathers first. Raises RegimeRefused, ReportingForbidden.
    """
    locked = designable(regime, by, at)
    ReporterGroup.objects.filter(regime=locked).delete()
    lead = days_earlier or {}
    ReporterGroup.objects.bulk_create(
        ReporterGroup(regime=locked, kind=kind, root=root, days_earlier=lead.get(kind.pk, 0)) for kind in kinds
    )
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
    refuse_same_period([Span(turn.span) for turn in locked.turns.all()], locked)
    refuse_no_room(locked, on=on)
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
    name_regime(new, old.name)
    new.save()
    copy_parts(old, new)
    record(by=by, at=at, verb="reporting.revise_regime", subject=regime_subject(new))
    index(new, at)
    return new
