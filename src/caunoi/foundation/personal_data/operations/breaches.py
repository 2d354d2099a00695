"""Breaches of personal data: entered, worked off, told to the authority in time, concluded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.calendar.public import working_days
from caunoi.foundation.personal_data.access import limit
from caunoi.foundation.personal_data.models import Breach, BreachTask
from caunoi.foundation.personal_data.operations.law import breach_tasks
from caunoi.foundation.personal_data.rules.clocks import due_at
from caunoi.foundation.personal_data.rules.states import BreachState
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import clean, squeeze


class BreachRefused(Refused):
    """A step that the breach does not allow, or words that are missing."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a breach when it is entered."""

    title: str
    what: str
    found_at: dt.datetime
    happened_at: dt.datetime | None = None
    kinds: Sequence[str] = ()
    people_count: int | None = None
    consequences: str = ""
    measures: str = ""


@use_case
def report_breach(*, told: Told, by: Actor, at: dt.datetime) -> Breach:
    """Enter a breach with its tasks; the clock of the notice begins when it was found."""
    if told.found_at > at or (told.happened_at is not None and told.happened_at > told.found_at):
        raise BreachRefused("personal_breach_in_the_future")
    breach = Breach.objects.create(
        unit_id=by.unit_id, unit_name=by.unit_name, title=told.title, what=told.what, found_at=told.found_at,
        happened_at=told.happened_at, kinds=list(told.kinds), people_count=told.people_count,
        consequences=told.consequences, measures=told.measures,
        notify_by=due_at(
            told.found_at, limit("breach.notify", at=told.found_at), after_working_days=working_days().shift
        ),
    )  # fmt: skip
    BreachTask.objects.bulk_create(
        [BreachTask(breach=breach, position=place, text=text) for place, text in enumerate(breach_tasks(), start=1)]
    )
    changes = {"title": (None, told.title), "due": (None, breach.notify_by)}
    record(by=by, at=at, verb="personal_data.breach", subject=_subject(breach), changes=changes)
    return breach


@use_case
def do_task(*, task: BreachTask, by: Actor, at: dt.datetime) -> None:
    """Tick a task off; one that is done already stays as it was."""
    held = BreachTask.objects.select_for_update().select_related("breach").get(pk=task.pk)
    _refuse_closed(held.breach)
    if held.done_at is not None:
        return
    held.done_at, held.done_by = at, by.person_name
    held.save(update_fields=["done_at", "done_by"])
    record(
        by=by,
        at=at,
        verb="personal_data.breach_task",
        subject=_subject(held.breach),
        changes={"done": (None, held.text)},
    )


@use_case
def notify_breach(
    *, breach: Breach, notified_at: dt.datetime, notice_code: str, late_reason: str, by: Actor, at: dt.datetime
) -> None:
    """Note that the authority was told. Late needs a reason (the notice states it). Raises BreachRefused."""
    held = _locked(breach)
    _refuse_closed(held)
    if held.state != BreachState.OPEN:
        raise BreachRefused("personal_breach_notified")
    if notified_at > at or notified_at < held.found_at:
        raise BreachRefused("personal_breach_in_the_future")
    if notified_at > held.notify_by and not clean(late_reason).strip():
        raise BreachRefused("personal_breach_late_without_reason")
    held.state, held.notified_at = BreachState.NOTIFIED, notified_at
    held.notice_code, held.late_reason = squeeze(notice_code)[:120], clean(late_reason).strip()
    held.save(update_fields=["state", "notified_at", "notice_code", "late_reason"])
    changes = {"state": ("open", "notified"), "notified_at": (None, notified_at), "code": (None, held.notice_code)}
    record(by=by, at=at, verb="personal_data.breach_notified", subject=_subject(held), changes=changes)


@use_case
def close_breach(*, breach: Breach, conclusion: str, by: Actor, at: dt.datetime) -> None:
    """Conclude a breach. Open tasks, or a notice neither sent nor explained in the conclusion, keep it open."""
    held = _locked(breach)
    _refuse_closed(held)
    if not clean(conclusion).strip():
        raise BreachRefused("personal_conclusion_missing")
    left = BreachTask.objects.filter(breach=held, done_at__isnull=True).count()
    if left:
        raise BreachRefused("personal_breach_tasks_left", count=left)
    before = held.state
    held.state, held.closed_at, held.conclusion = BreachState.CLOSED, at, clean(conclusion).strip()
    held.save(update_fields=["state", "closed_at", "conclusion"])
    changes = {"state": (before, "closed"), "conclusion": (None, held.conclusion)}
    record(by=by, at=at, verb="personal_data.breach_closed", subject=_subject(held), changes=changes)


def _locked(breach: Breach) -> Breach:
    return Breach.objects.select_for_update().get(pk=breach.pk)


def _refuse_closed(breach: Breach) -> None:
    if breach.state == BreachState.CLOSED:
        raise BreachRefused("personal_breach_closed")


def _subject(breach: Breach) -> Subject:
    return Subject("breach", str(breach.public_id), breach.title, breach.unit_id)
