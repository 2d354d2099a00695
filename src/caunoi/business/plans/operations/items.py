"""Writing a plan item by item: keep, adapt, drop with a reason, add, move."""

from __future__ import annotations

import datetime as dt

from caunoi.business.plans.access import item_by_public_id
from caunoi.business.plans.models import Cascade, ContentArea, Part, Plan, PlanItem, Style, Task
from caunoi.business.plans.operations.plans import for_change, reindex, touch
from caunoi.business.plans.operations.words import subject_of_plan
from caunoi.foundation.audit.public import record, use_case
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import squeeze


class ItemRefused(Refused):
    """What an item does not allow: ``plans.item_changed``, ``plans.item_empty``, ``plans.drop_reason``,
    ``plans.item_is_own``, ``plans.item_has_tasks``, ``plans.item_has_additions``, ``plans.item_from_above``,
    ``plans.item_has_children``, ``plans.item_not_here``, ``plans.item_dropped``."""


def _held(item: PlanItem, by: Actor, at: dt.datetime, version: int | None = None) -> tuple[Plan, PlanItem]:
    """Return the plan, locked, and the item as it now is. Raises ItemRefused when it is not as the editor saw it."""
    seen = item_by_public_id(item.public_id, by, on=clock.day_of(at))
    plan = for_change(seen.plan, by, at)
    held = PlanItem.objects.select_related("parent", "area").get(pk=seen.pk)
    if version is not None and held.version != version:
        raise ItemRefused("plans.item_changed")
    return plan, held


def _save(plan: Plan, item: PlanItem, at: dt.datetime) -> None:
    item.version += 1
    item.save()
    touch(plan, at)
    reindex(plan, at)


@use_case
def adapt_item(
    *, item: PlanItem, text: str, area: ContentArea | None, version: int, by: Actor, at: dt.datetime
) -> PlanItem:
    """Write an item in the unit's own words; the words of the clause above make it "giữ nguyên" again.

    ``version`` is that of the item as the editor saw it. Raises ItemRefused when somebody changed it meanwhile.
    """
    plan, held = _held(item, by, at, version)
    words = "\n".join(line for line in (squeeze(part) for part in text.splitlines()) if line)
    if not words:
        raise ItemRefused("plans.item_empty")
    if held.cascade == Cascade.DROP:
        raise ItemRefused("plans.item_dropped")
    before, before_area = held.text, held.area
    held.text, held.area = words, area if held.part == Part.CONTENT else None
    held.cascade = _cascade(held)
    _save(plan, held, at)
    changes: dict[str, tuple[object, object]] = {"text": (before, words)} if before != words else {}
    if before_area != held.area:
        changes["area"] = (before_area and before_area.name, held.area and held.area.name)
    record(by=by, at=at, verb="plans.adapt", subject=subject_of_plan(plan), changes=changes)
    return held


def _cascade(item: PlanItem) -> Cascade:
    if not item.source_text:
        return Cascade.ADD
    return Cascade.INHERIT if item.text == item.source_text else Cascade.ADAPT


@use_case
def drop_item(*, item: PlanItem, reason: str, version: int, by: Actor, at: dt.datetime) -> PlanItem:
    """Leave out a clause of the document above, with everything under it, saying why it does not apply.

    Raises ItemRefused without a reason, for what the unit wrote itself, or while tasks or additions hang on it.
    """
    plan, held = _held(item, by, at, version)
    reason = squeeze(reason)[:500]
    if not reason:
        raise ItemRefused("plans.drop_reason")
    if not held.source_text:
        raise ItemRefused("plans.item_is_own")
    gone = [held, *_below(plan, held)]
    if Task.objects.filter(item__in=gone).exists():
        raise ItemRefused("plans.item_has_tasks")
    if any(not one.source_text for one in gone):
        raise ItemRefused("plans.item_has_additions")
    fresh = [one for one in gone if one.cascade != Cascade.DROP]
    for one in fresh:
        one.cascade, one.drop_reason, one.version = Cascade.DROP, reason, one.version + 1
    PlanItem.objects.bulk_update(fresh, ["cascade", "drop_reason", "version"])
    touch(plan, at)
    reindex(plan, at)
    changes = {"dropped": (None, held.text[:200]), "reason": (None, reason)}
    record(by=by, at=at, verb="plans.drop", subject=subject_of_plan(plan), changes=changes)
    return gone[0]


def _below(plan: Plan, item: PlanItem) -> list[PlanItem]:
    """Return everything under an item in reading order."""
    ids, found = {item.pk}, []
    for one in PlanItem.objects.filter(plan=plan).order_by("position", "id"):
        if one.parent_id in ids:
            ids.add(one.pk)
            found.append(one)
    return found


@use_case
def restore_item(*, item: PlanItem, version: int, by: Actor, at: dt.datetime) -> PlanItem:
    """Take a dropped clause up again, with everything under it and the headings above it."""
    plan, held = _held(item, by, at, version)
    back = [held, *_below(plan, held)]
    above = held.parent
    while above is not None:
        back.append(above)
        above = above.parent
    back = [one for one in back if one.cascade == Cascade.DROP]
    for one in back:
        one.cascade, one.drop_reason, one.version = _cascade(one), "", one.version + 1
    PlanItem.objects.bulk_update(back, ["cascade", "drop_reason", "version"])
    touch(plan, at)
    reindex(plan, at)
    record(
        by=by, at=at, verb="plans.restore", subject=subject_of_plan(plan), changes={"restored": (None, held.text[:200])}
    )
    return PlanItem.objects.get(pk=held.pk)


@use_case
def add_item(
    *, under: PlanItem, text: str, is_heading: bool = False, area: ContentArea | None = None, by: Actor,
    at: dt.datetime,
) -> PlanItem:  # fmt: skip
    """Add an item of the unit's own as the last one under ``under``. Raises ItemRefused under a dropped clause."""
    plan, above = _held(under, by, at)
    words = squeeze(text)
    if not words:
        raise ItemRefused("plans.item_empty")
    if above.cascade == Cascade.DROP:
        raise ItemRefused("plans.item_dropped")
    order = list(PlanItem.objects.filter(plan=plan).order_by("position", "id"))
    last = ([above, *_below(plan, above)])[-1]
    place = next(at for at, one in enumerate(order) if one.pk == last.pk) + 1
    siblings = [one for one in order if one.parent_id == above.pk]
    chosen = area or above.area
    made = PlanItem.objects.create(
        plan=plan, parent=above, part=above.part, position=place, text=words, is_heading=is_heading,
        style=Style.NUMBERED if is_heading else _style_among(siblings), cascade=Cascade.ADD,
        area=chosen if above.part == Part.CONTENT else None,
    )  # fmt: skip
    order.insert(place, made)
    _renumber(order)
    touch(plan, at)
    reindex(plan, at)
    record(by=by, at=at, verb="plans.add", subject=subject_of_plan(plan), changes={"added": (None, words[:200])})
    return made


def _style_among(siblings: list[PlanItem]) -> Style:
    """Return how a text is printed among its siblings: as they are, with a dash where there is none."""
    styles = [Style(one.style) for one in siblings if not one.is_heading]
    return styles[-1] if styles else Style.DASH


def _renumber(order: list[PlanItem]) -> None:
    moved = [one for at, one in enumerate(order) if one.position != at]
    for at, one in enumerate(order):
        one.position = at
    PlanItem.objects.bulk_update(moved, ["position"])


@use_case
def remove_item(*, item: PlanItem, version: int, by: Actor, at: dt.datetime) -> None:
    """Remove an item that the unit added itself. Raises ItemRefused for others, or while something hangs on it."""
    plan, held = _held(item, by, at, version)
    if held.source_text:
        raise ItemRefused("plans.item_from_above")
    if PlanItem.objects.filter(parent=held).exists():
        raise ItemRefused("plans.item_has_children")
    if Task.objects.filter(item=held).exists():
        raise ItemRefused("plans.item_has_tasks")
    words = held.text
    held.delete()
    touch(plan, at)
    reindex(plan, at)
    record(by=by, at=at, verb="plans.remove", subject=subject_of_plan(plan), changes={"removed": (words[:200], None)})


@use_case
def move_item(*, item: PlanItem, up: bool, by: Actor, at: dt.datetime) -> None:
    """Change places with the sibling before (``up``) or after. Raises ItemRefused at the end of the row."""
    plan, held = _held(item, by, at)
    order = list(PlanItem.objects.filter(plan=plan).order_by("position", "id"))
    siblings = [one for one in order if one.parent_id == held.parent_id]
    place = next(at for at, one in enumerate(siblings) if one.pk == held.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(siblings):
        raise ItemRefused("plans.item_not_here")
    siblings[place], siblings[other] = siblings[other], siblings[place]
    _renumber(_in_order(order, held.parent_id, siblings))
    touch(plan, at)
    record(by=by, at=at, verb="plans.move", subject=subject_of_plan(plan), changes={"moved": (None, held.text[:200])})


def _in_order(items: list[PlanItem], parent: int | None, siblings: list[PlanItem]) -> list[PlanItem]:
    """Return all items in reading order, those under ``parent`` in the order of ``siblings``."""
    below: dict[int | None, list[PlanItem]] = {}
    for one in items:
        below.setdefault(one.parent_id, []).append(one)
    below[parent] = siblings

    def walk(above: int | None) -> list[PlanItem]:
        return [each for one in below.get(above, []) for each in (one, *walk(one.pk))]

    return walk(None)
