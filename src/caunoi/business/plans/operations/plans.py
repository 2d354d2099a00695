"""Making a plan: from the clauses of a higher document, or from the skeleton of three parts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from caunoi.business.documents.public import Document, DocumentState, clauses_of
from caunoi.business.documents.public import visible as visible_documents
from caunoi.business.plans.access import Permission, areas, plan_by_public_id, require
from caunoi.business.plans.models import Cascade, Plan, PlanItem, Task
from caunoi.business.plans.operations.words import derive_plan, index_plan, item_of_plan, subject_of_plan
from caunoi.business.plans.rules.cascade import Above, Line, skeleton, take_over
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.search.public import Item, remove
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import squeeze

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EDITABLE: Final = (DocumentState.DRAFT, DocumentState.WITHDRAWN)
FIRST_YEAR, LAST_YEAR = 2000, 2100
MANY: Final = 200


class PlanRefused(Refused):
    """What a plan does not allow: ``plans.title_missing``, ``plans.year``, ``plans.source_not_visible``,
    ``plans.source_not_registered`` (document),
    ``plans.plan_closed`` (state), ``plans.plan_changed``, ``plans.plan_has_tasks``, ``plans.plan_has_document``,
    ``plans.nothing_in_it``."""


_CLOSED: Final[Mapping[str, StrOrPromise]] = {
    DocumentState.PRESENTED: _("Trình ký"),
    DocumentState.SIGNED: _("Đã ký, chờ phát hành"),
    DocumentState.ISSUED: _("Đã phát hành"),
}


def state_words(plan: Plan) -> StrOrPromise:
    """Return the words for the state that keeps a plan from being changed."""
    return _CLOSED.get(plan.document.state, "") if plan.document is not None else ""


def is_editable(plan: Plan) -> bool:
    """Whether the plan is still being written: not presented yet, returned, or its draft given up."""
    return plan.document is None or plan.document.state in EDITABLE


@use_case
def create_plan(
    *, unit: Unit, year: int, title: str, source: Document | None = None, by: Actor, at: dt.datetime
) -> Plan:
    """Make a unit's plan: every clause of ``source`` taken over as it stands, or the skeleton of the three parts.

    Raises PlansForbidden for another unit, PlanRefused for a missing title or a document the person may not see.
    """
    require(by, Permission.WRITE, unit.pk)
    title = _title(title)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PlanRefused("plans.year", year=year)
    if source is not None:
        _check_source(source, by)
    plan = Plan(
        unit=unit, year=year, title=title, source=source, written_by_post_id=by.post_id, created_at=at, changed_at=at
    )
    derive_plan(plan)
    plan.save()
    lines = _lines_above(source) if source else skeleton(dict(areas().values_list("code", "name")))
    write_lines(plan, lines)
    index_plan(plan, " ".join(line.text for line in lines), at)
    changes = {"title": (None, title), "year": (None, year), "source": (None, source.label if source else None)}
    record(by=by, at=at, verb="plans.create", subject=subject_of_plan(plan), changes=changes)
    return plan


def _check_source(source: Document, by: Actor) -> None:
    """Ask for a document that stays: one under review may still be thrown away."""
    if not visible_documents(by).filter(pk=source.pk).exists():
        raise PlanRefused("plans.source_not_visible")
    if not source.is_in_book and source.issued_from_id is None:
        raise PlanRefused("plans.source_not_registered", document=source.label)


def _title(title: str) -> str:
    words = squeeze(title)[:500]
    if not words:
        raise PlanRefused("plans.title_missing")
    return words


def _lines_above(source: Document) -> list[Line]:
    """Return what the document orders; a copy that has not been read yet has the outline of its original."""
    clauses = list(clauses_of(source))
    if not clauses and source.issued_from is not None:
        clauses = list(clauses_of(source.issued_from))
    above = [Above(c.pk, c.parent_id, c.kind, c.marker, c.text, c.is_heading) for c in clauses]
    return take_over(above, dict(areas().values_list("code", "keywords")))


def write_lines(plan: Plan, lines: Sequence[Line]) -> None:
    """Write the items of a new plan level by level, so that each knows the row of the one above."""
    codes = {area.code: area for area in areas()}
    made: dict[str, PlanItem] = {}
    waiting = list(enumerate(lines))
    while waiting:
        level = [(at, line) for at, line in waiting if line.parent is None or line.parent in made]
        rows = PlanItem.objects.bulk_create(
            PlanItem(
                plan=plan, parent=made[line.parent] if line.parent else None, part=line.part, position=at,
                style=line.style, is_heading=line.is_heading, text=line.text,
                area=codes.get(line.area) if line.area else None, source_clause_id=line.clause_id,
                cascade=Cascade.INHERIT if line.clause_id else Cascade.ADD,
                source_text=line.text if line.clause_id else "",
            )
            for at, line in level
        )  # fmt: skip
        made |= {line.key: row for (_, line), row in zip(level, rows, strict=True)}
        waiting = [(at, line) for at, line in waiting if line.key not in made]


def for_change(plan: Plan, by: Actor, at: dt.datetime) -> Plan:
    """Return the plan locked for writing. Raises PlansNotFound, PlansForbidden, or PlanRefused once it is presented."""
    seen = plan_by_public_id(plan.public_id, by, on=clock.day_of(at))
    require(by, Permission.WRITE, seen.unit_id)
    held = Plan.objects.select_for_update(of=("self",)).select_related("unit", "document", "source").get(pk=seen.pk)
    if not is_editable(held):
        raise PlanRefused("plans.plan_closed", state=state_words(held))
    return held


def touch(plan: Plan, at: dt.datetime) -> None:
    """Count one more change of the plan."""
    plan.version += 1
    plan.changed_at = at
    plan.save(update_fields=["version", "changed_at"])


@use_case
def rename_plan(*, plan: Plan, title: str, year: int, version: int, by: Actor, at: dt.datetime) -> Plan:
    """Change title and year; ``version`` is the one that the editor saw.

    Raises PlanRefused when somebody has changed the plan meanwhile, or without a title.
    """
    held = for_change(plan, by, at)
    if held.version != version:
        raise PlanRefused("plans.plan_changed")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PlanRefused("plans.year", year=year)
    before = (held.title, held.year)
    held.title, held.year = _title(title), year
    derive_plan(held)
    held.save(update_fields=["title", "year", "folded", "sort_key"])
    touch(held, at)
    reindex(held, at)
    changes = {"title": (before[0], held.title), "year": (before[1], held.year)}
    record(by=by, at=at, verb="plans.rename", subject=subject_of_plan(held), changes=changes)
    return held


def reindex(plan: Plan, at: dt.datetime) -> None:
    """Renew the entry of the plan in the search index."""
    kept = PlanItem.objects.filter(plan=plan).exclude(cascade=Cascade.DROP).order_by("position", "id")
    index_plan(plan, " ".join(kept.values_list("text", flat=True)), at)


def every_plan() -> Iterator[Item]:
    """Yield every plan as the search holds it."""
    last = 0
    while held := list(Plan.objects.select_related("unit").filter(pk__gt=last).order_by("id")[:MANY]):
        texts: defaultdict[int, list[str]] = defaultdict(list)
        kept = PlanItem.objects.filter(plan__in=held).exclude(cascade=Cascade.DROP).order_by("position", "id")
        for plan_id, text in kept.values_list("plan_id", "text"):
            texts[plan_id].append(text)
        yield from (item_of_plan(plan, " ".join(texts[plan.pk]), plan.changed_at) for plan in held)
        last = held[-1].pk


@use_case
def discard_plan(*, plan: Plan, by: Actor, at: dt.datetime) -> None:
    """Throw away a plan that was begun by mistake. Raises PlanRefused once it has tasks or was ever presented."""
    held = for_change(plan, by, at)
    if held.document is not None:
        raise PlanRefused("plans.plan_has_document")
    if Task.objects.filter(item__plan=held).exists():
        raise PlanRefused("plans.plan_has_tasks")
    subject = subject_of_plan(held)
    remove(kind="plan", public_id=held.public_id)
    held.delete()
    record(by=by, at=at, verb="plans.discard", subject=subject)
