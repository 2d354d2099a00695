"""Shared lists of rows and columns: members entered, renamed, no longer offered; nothing that was said is lost."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from caunoi.business.reporting.access import require_for_all
from caunoi.business.reporting.models import SharedList, SharedMember
from caunoi.business.reporting.operations.refused import ListRefused
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import fold, squeeze

LONGEST_CODE = 20


@use_case
def create_list(*, name: str, source: str, by: Actor, at: dt.datetime) -> SharedList:
    """Begin a list. Raises ListRefused ``list_incomplete``, ``list_exists``; ReportingForbidden."""
    require_for_all(by, on=clock.day_of(at))
    name, source = squeeze(name)[:120], squeeze(source)[:200]
    if not (name and source):
        raise ListRefused("reporting.list_incomplete")
    if any(fold(held) == fold(name) for held in SharedList.objects.values_list("name", flat=True)):
        raise ListRefused("reporting.list_exists", name=name)
    code = _free(fold(name), set(SharedList.objects.values_list("code", flat=True)))
    last = SharedList.objects.aggregate(last=Max("position"))["last"]
    made = SharedList.objects.create(code=code, name=name, source=source, position=(last or 0) + 1)
    record(by=by, at=at, verb="reporting.create_list", subject=_subject(made), changes={"source": (None, source)})
    return made


@use_case
def add_member(
    *, shared_list: SharedList, label: str, source: str, code: str = "", by: Actor, at: dt.datetime
) -> SharedMember:
    """Enter a member at the end of a list; without a code one is made of its name.

    A code that was used before comes back as the same thing. Raises ListRefused ``list_incomplete``,
    ``member_exists``; ReportingForbidden.
    """
    require_for_all(by, on=clock.day_of(at))
    label, source = squeeze(label)[:120], squeeze(source)[:200]
    if not (label and source):
        raise ListRefused("reporting.list_incomplete")
    rows = SharedMember.objects.select_for_update().filter(shared_list=shared_list)
    standing = list(rows.filter(ended_at__isnull=True).values_list("code", "label"))
    wanted = squeeze(code)[:LONGEST_CODE]
    if any(fold(held) == fold(label) or held_code == wanted for held_code, held in standing):
        raise ListRefused("reporting.member_exists", name=label, list=shared_list.name)
    last = rows.aggregate(last=Max("position"))["last"]
    made = SharedMember.objects.create(
        shared_list=shared_list, label=label, source=source, position=(last or 0) + 1, entered_at=at,
        code=wanted or _free(fold(label), set(rows.values_list("code", flat=True))),
    )  # fmt: skip
    record(by=by, at=at, verb="reporting.add_member", subject=_subject(shared_list),
           changes={"member": (None, f"{made.code} {label}"), "source": (None, source)})  # fmt: skip
    return made


@use_case
def rename_member(*, member: SharedMember, label: str, source: str, by: Actor, at: dt.datetime) -> SharedMember:
    """Give a member another name under the same code, so that years can still be compared.

    Forms that use it keep the words they have. Raises ListRefused ``list_incomplete``, ``member_ended``;
    ReportingForbidden.
    """
    require_for_all(by, on=clock.day_of(at))
    label, source = squeeze(label)[:120], squeeze(source)[:200]
    if not (label and source):
        raise ListRefused("reporting.list_incomplete")
    held = _standing(member)
    if held.label == label:
        return held
    _end(held, source, at)
    made = SharedMember.objects.create(
        shared_list_id=held.shared_list_id, code=held.code, label=label, source=source, position=held.position,
        entered_at=at,
    )  # fmt: skip
    record(by=by, at=at, verb="reporting.rename_member", subject=_subject(held.shared_list),
           changes={"member": (held.label, label), "source": (None, source)})  # fmt: skip
    return made


@use_case
def retire_member(*, member: SharedMember, ground: str, by: Actor, at: dt.datetime) -> None:
    """Offer a member no more; forms that use it keep it. Raises ListRefused, ReportingForbidden."""
    require_for_all(by, on=clock.day_of(at))
    ground = squeeze(ground)
    if not ground:
        raise ListRefused("reporting.member_without_ground", name=member.label)
    held = _standing(member)
    _end(held, ground, at)
    record(by=by, at=at, verb="reporting.retire_member", subject=_subject(held.shared_list),
           changes={"member": (held.label, None), "ground": (None, ground)})  # fmt: skip


def _standing(member: SharedMember) -> SharedMember:
    rows = SharedMember.objects.select_for_update(of=("self",)).select_related("shared_list")
    held = rows.get(pk=member.pk)
    if held.ended_at is not None:
        raise ListRefused("reporting.member_ended", name=held.label)
    return held


def _end(held: SharedMember, ground: str, at: dt.datetime) -> None:
    held.ended_at, held.ended_ground = at, ground[:300]
    held.save(update_fields=["ended_at", "ended_ground"])


def _free(words: str, taken: set[str]) -> str:
    base = "_".join("".join(c if c.isascii() and c.isalnum() else " " for c in words).split())[: LONGEST_CODE - 3]
    base = base.strip("_") or "muc"
    return next(code for n in range(1, 1000) if (code := base if n == 1 else f"{base}_{n}") not in taken)


def _subject(shared_list: SharedList) -> Subject:
    return Subject("shared_list", shared_list.code, shared_list.name)
