"""Requests of persons about their own data: received, acknowledged, answered in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.calendar.public import working_days
from caunoi.foundation.personal_data.access import held_about, limit
from caunoi.foundation.personal_data.models import SubjectRequest
from caunoi.foundation.personal_data.operations.telling import tell_answered, tell_received
from caunoi.foundation.personal_data.rules.clocks import due_at
from caunoi.foundation.personal_data.rules.kinds import DataKind, Held, kind_of
from caunoi.foundation.personal_data.rules.states import LIMIT_OF_REQUEST, RequestKind, RequestState
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotFound, Refused
from caunoi.kernel.text import clean, squeeze


class RequestRefused(Refused):
    """A step that the request does not allow, or words that are missing."""


@use_case
def make_request(
    *, kind: RequestKind, text: str, person_id: int | None, person_name: str, unit_id: int | None, by: Actor,
    at: dt.datetime,
) -> SubjectRequest:  # fmt: skip
    """Receive a request; both clocks begin (limits of ``data/law.toml``). Raises RequestRefused without a name."""
    if not squeeze(person_name):
        raise RequestRefused("personal_name_missing")
    shift = working_days().shift
    made = SubjectRequest.objects.create(
        kind=kind,
        person_id=person_id,
        person_name=squeeze(person_name)[:200],
        unit_id=unit_id,
        text=clean(text).strip(),
        received_at=at,
        acknowledge_by=due_at(at, limit("request.acknowledge", at=at), after_working_days=shift),
        due_at=due_at(at, limit(LIMIT_OF_REQUEST[kind], at=at), after_working_days=shift),
    )
    changes = {"kind": (None, kind.value), "due": (None, made.due_at)}
    record(by=by, at=at, verb="personal_data.request", subject=_subject(made), changes=changes)
    tell_received(made)
    return made


@use_case
def acknowledge_request(*, request: SubjectRequest, by: Actor, at: dt.datetime) -> None:
    """Tell the person that the request was received and is being handled."""
    held = _open(request)
    if held.state != RequestState.RECEIVED:
        raise RequestRefused("personal_request_acknowledged")
    held.state, held.acknowledged_at = RequestState.ACKNOWLEDGED, at
    held.save(update_fields=["state", "acknowledged_at"])
    changes = {"state": (RequestState.RECEIVED.value, RequestState.ACKNOWLEDGED.value)}
    record(by=by, at=at, verb="personal_data.acknowledge", subject=_subject(held), changes=changes)


@use_case
def answer_request(
    *, request: SubjectRequest, answer: str, erase: Iterable[tuple[str, UUID]] = (), by: Actor, at: dt.datetime
) -> SubjectRequest:
    """Answer in words, and do what was asked through the registry.

    To see or export: what is held is listed in the answer and opened to the person. To erase: the records named in
    ``erase`` (kind, record) are erased by the modules that hold them; where the law keeps them the answer must say so.
    """
    held = _open(request)
    if not clean(answer).strip():
        raise RequestRefused("personal_answer_missing")
    kind = RequestKind(held.kind)
    done = _erased(held, erase, by, at) if kind is RequestKind.ERASE else _listed(held, kind)
    return _close(held, RequestState.ANSWERED, answer, done, by, at)


@use_case
def refuse_request(*, request: SubjectRequest, reason: str, by: Actor, at: dt.datetime) -> SubjectRequest:
    """Answer that it is not done, and why by law."""
    held = _open(request)
    if not squeeze(reason):
        raise RequestRefused("personal_answer_missing")
    return _close(held, RequestState.REFUSED, reason, [], by, at)


@use_case
def correct_record(
    *, request: SubjectRequest, kind: str, record_id: UUID, values: Mapping[str, str], by: Actor, at: dt.datetime
) -> None:
    """Correct fields of a record of the person who asked, through the module that holds it; an empty value stays.

    Raises RequestRefused, and whatever the owner refuses.
    """
    held = _open(request)
    owner, _found = _of_person(held, kind, record_id)
    if held.kind != RequestKind.CORRECT or owner.correct is None:
        raise RequestRefused("personal_not_correctable")
    named = {key: value for key, value in values.items() if value and owner.field_of(key)}
    if not named:
        raise RequestRefused("personal_nothing_to_correct")
    owner.correct(record_id, named, by, at)
    if [kind, str(record_id)] not in held.done:
        held.done = [*held.done, [kind, str(record_id)]]
        held.save(update_fields=["done"])
    labels = ", ".join(str(one.label) for one in owner.fields if one.key in named)
    record(by=by, at=at, verb="personal_data.correct", subject=_subject(held), changes={"field": (None, labels)})


@use_case
def note_own_export(*, count: int, by: Actor, at: dt.datetime) -> None:
    """Note that a person took a copy of what is held about them."""
    subject = Subject("personal-request", str(by.person_id), by.person_name, by.unit_id)
    record(by=by, at=at, verb="personal_data.own_export", subject=subject, changes={"count": (None, count)})


def _erased(held: SubjectRequest, chosen: Iterable[tuple[str, UUID]], by: Actor, at: dt.datetime) -> list[list[str]]:
    done = []
    for key, record_id in chosen:
        owner, found = _of_person(held, key, record_id)
        if owner.erase is None or found.kept_because:
            raise RequestRefused("personal_not_erasable", kind=str(owner.label))
        owner.erase(record_id, by, at)
        done.append([key, str(record_id)])
    return done


def _listed(held: SubjectRequest, kind: RequestKind) -> list[list[str]]:
    if kind not in (RequestKind.SEE, RequestKind.EXPORT) or held.person_id is None:
        return list(held.done)
    return [[owner.key, str(row.record)] for owner, rows in held_about(held.person_id) for row in rows]


def _of_person(held: SubjectRequest, key: str, record_id: UUID) -> tuple[DataKind, Held]:
    owner = kind_of(key)
    found = owner.of_record(record_id) if owner is not None else None
    if owner is None or found is None or held.person_id is None or found.person_id != held.person_id:
        raise NotFound("personal_record_unknown")
    return owner, found


def _open(request: SubjectRequest) -> SubjectRequest:
    held = SubjectRequest.objects.select_for_update().get(pk=request.pk)
    if not RequestState(held.state).is_open:
        raise RequestRefused("personal_request_closed")
    return held


def _close(
    held: SubjectRequest, state: RequestState, answer: str, done: Sequence[list[str]], by: Actor, at: dt.datetime
) -> SubjectRequest:
    before = held.state
    held.state, held.answer, held.answered_at, held.answered_by = state, clean(answer).strip(), at, by.person_name
    held.done = list(done)
    held.save(update_fields=["state", "answer", "answered_at", "answered_by", "done"])
    changes = {"state": (before, state.value), "answer": (None, held.answer), "done": (None, len(done))}
    record(by=by, at=at, verb="personal_data.answer", subject=_subject(held), changes=changes)
    if held.person_id is not None:
        tell_answered(held, at=at)
    return held


def _subject(held: SubjectRequest) -> Subject:
    return Subject("personal-request", str(held.public_id), held.person_name, held.unit_id)
