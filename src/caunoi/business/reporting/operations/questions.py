"""Questions between a unit and those who gather, on the report itself."""

from __future__ import annotations

import datetime as dt

from caunoi.business.reporting.access import (
    OWN_WORK,
    Permission,
    ReportingForbidden,
    gathers,
    is_own,
    require_gathering,
)
from caunoi.business.reporting.models import ExpectedReporter, Question
from caunoi.business.reporting.operations.campaigns import reporter_subject
from caunoi.business.reporting.operations.refused import CampaignRefused
from caunoi.business.reporting.operations.telling import tell, tell_gatherers
from caunoi.foundation.audit.public import record, use_case
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import clean

LONGEST = 4000


def sides_of(reporter: ExpectedReporter, by: Actor) -> tuple[bool, bool]:
    """Return whether a person speaks for the unit, and whether for those who gather."""
    own = any(is_own(reporter, by, permission) for permission in OWN_WORK)
    return own, gathers(reporter.campaign, by, Permission.COLLECT)


@use_case
def ask(
    *, reporter: ExpectedReporter, text: str, place: str = "", place_label: str = "", by: Actor, at: dt.datetime
) -> Question:
    """Ask about a report, as its unit or as those who gather; the other side is told.

    ``place`` names a section or a cell. Raises ReportingForbidden, CampaignRefused ``question_empty``.
    """
    own, gathering = sides_of(reporter, by)
    if not (own or gathering):
        raise ReportingForbidden("reporting.not_permitted")
    said = _text(text, reporter)
    question = Question.objects.create(
        campaign=reporter.campaign, reporter=reporter, place=place[:80], place_label=place_label[:300],
        is_from_unit=own, text=said, asked_by=_who(by), asked_at=at,
    )  # fmt: skip
    record(by=by, at=at, verb="reporting.ask_question", subject=reporter_subject(reporter),
           changes={"question": (None, said[:200])})  # fmt: skip
    _tell_other("asked", reporter, said, to_gatherers=own, by=by, at=at)
    return question


@use_case
def answer(*, question: Question, text: str, for_all: bool = False, by: Actor, at: dt.datetime) -> Question:
    """Answer a question of the other side; with ``for_all`` every unit of the campaign may read both.

    A second answer replaces the first. Raises ReportingForbidden, CampaignRefused ``question_empty``.
    """
    locked = Question.objects.select_for_update().get(pk=question.pk)
    reporter = question.reporter
    own, gathering = sides_of(reporter, by)
    if not (gathering if locked.is_from_unit else own):
        raise ReportingForbidden("reporting.not_permitted")
    locked.answer, locked.answered_by, locked.answered_at = _text(text, reporter), _who(by), at
    locked.is_for_all = for_all and gathering
    locked.save(update_fields=["answer", "answered_by", "answered_at", "is_for_all"])
    record(by=by, at=at, verb="reporting.answer_question", subject=reporter_subject(reporter),
           changes={"answer": (question.answer[:200] or None, locked.answer[:200])})  # fmt: skip
    _tell_other("answered", reporter, locked.answer, to_gatherers=not locked.is_from_unit, by=by, at=at)
    return locked


@use_case
def share_answer(*, question: Question, for_all: bool, by: Actor, at: dt.datetime) -> Question:
    """Let every unit of the campaign read a question and its answer, or no longer. Raises ReportingForbidden."""
    require_gathering(question.reporter.campaign, by, Permission.COLLECT)
    locked = Question.objects.select_for_update().get(pk=question.pk)
    if locked.answered_at is None:
        raise CampaignRefused("reporting.question_open")
    before, locked.is_for_all = locked.is_for_all, for_all
    locked.save(update_fields=["is_for_all"])
    record(by=by, at=at, verb="reporting.share_answer", subject=reporter_subject(question.reporter),
           changes={"is_for_all": (before, for_all)})  # fmt: skip
    return locked


def _text(text: str, reporter: ExpectedReporter) -> str:
    said = clean(text).strip()[:LONGEST]
    if not said:
        raise CampaignRefused("reporting.question_empty", unit=reporter.name)
    return said


def _who(by: Actor) -> str:
    return ", ".join(part for part in (by.person_name, by.unit_name) if part)[:300]


def _tell_other(
    kind: str, reporter: ExpectedReporter, text: str, *, to_gatherers: bool, by: Actor, at: dt.datetime
) -> None:
    words = f"{reporter.name}: {text[:300]}"
    if to_gatherers:
        tell_gatherers(kind, reporter.campaign, text=words, reporter=reporter, by=by, at=at)
    else:
        tell(kind, reporter.campaign, [reporter.bearer_id], text=text[:300], reporter=reporter, by=by, at=at)
