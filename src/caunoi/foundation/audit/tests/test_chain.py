import datetime as dt

import pytest

from caunoi.foundation.audit.access import faults
from caunoi.foundation.audit.models import ChainLink, Entry
from caunoi.foundation.audit.models.chain import digest_of, hash_of
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.people.models import Person
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

BY = system()


@use_case
def note(*, label: str, at: dt.datetime, fail: bool = False) -> None:
    record(by=BY, at=at, verb="test.note", subject=Subject("note", "1", label), changes={"label": (None, label)})
    if fail:
        raise RuntimeError("after recording")


@use_case
def write_quietly(*, name: str) -> None:
    Person.objects.update(name=name)


@use_case
def note_twice(*, at: dt.datetime) -> None:
    note(label="một", at=at)
    note(label="hai", at=at)


def test_nested_operations_make_one_link(office: Office, now: dt.datetime) -> None:
    links = ChainLink.objects.count()
    note_twice(at=now)
    assert ChainLink.objects.count() == links + 1
    assert Entry.objects.filter(verb="test.note").count() == 2


def test_each_link_holds_the_digest_of_its_entries_and_the_hash_before_it(office: Office, now: dt.datetime) -> None:
    note(label="một", at=now)
    note(label="hai", at=now)
    *_, first, last = ChainLink.objects.order_by("position")
    assert last.entries_digest == digest_of(list(Entry.objects.filter(link=last)))
    assert last.previous_hash == first.hash
    assert last.hash == hash_of(last.position, first.hash, last.entries_digest, last.witness)


def test_what_fails_leaves_no_entry(office: Office, now: dt.datetime) -> None:
    with pytest.raises(RuntimeError, match="after recording"):
        note(label="mất", at=now, fail=True)
    assert not Entry.objects.filter(verb="test.note").exists()


def test_recording_outside_an_operation_is_a_fault(now: dt.datetime) -> None:
    with pytest.raises(RuntimeError, match="outside an operation"):
        record(by=BY, at=now, verb="test.note", subject=Subject("note", "1", "x"))


def test_an_untouched_audit_has_no_fault(office: Office, now: dt.datetime) -> None:
    note(label="một", at=now)
    assert list(faults()) == []


def test_an_operation_that_writes_and_records_nothing_is_a_fault(office: Office) -> None:
    with pytest.raises(RuntimeError, match="write_quietly wrote to people_person and recorded nothing"):
        write_quietly(name="Không ai biết")
    assert not Person.objects.filter(name="Không ai biết").exists()
