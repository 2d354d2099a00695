"""Whatever is done to the rows behind the system's back is found; nothing else is."""

import datetime as dt
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from caunoi.foundation.audit.access import Fault, Head, faults, head_hash, heads
from caunoi.foundation.audit.jobs import AuditBroken, anchor
from caunoi.foundation.audit.models import ChainLink, Entry
from caunoi.foundation.audit.models.chain import digest_of, genesis, hash_of
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.audit.rules.anchors import AnchorUnreadable, read_anchors, written
from caunoi.foundation.jobs.public import Run
from caunoi.kernel.actor import system
from caunoi.kernel.ids import uuid7
from caunoi.kernel.text import fold
from caunoi.surfaces.demonstration.office import Office


@use_case
def note(*, label: str, at: dt.datetime) -> None:
    record(by=system(), at=at, verb="test.note", subject=Subject("note", "1", label), changes={"label": (None, label)})


@pytest.fixture
def three(office: Office, now: dt.datetime) -> list[ChainLink]:
    """Three links at the end of lane 0."""
    for label in ("một", "hai", "ba"):
        note(label=label, at=now)
    return list(ChainLink.objects.order_by("-position")[:3])[::-1]


def entry_of(link: ChainLink) -> Entry:
    return Entry.objects.get(link=link)


def make_anew(link: ChainLink) -> None:
    """Work out digest and hash again, as somebody would who knows how and can write to the database."""
    link.entries_digest = digest_of(list(Entry.objects.filter(link_id=link.pk)))
    link.hash = hash_of(link.position, link.previous_hash, link.entries_digest, link.witness)
    link.save()


def test_an_untouched_audit_has_no_fault(three: list[ChainLink]) -> None:
    assert list(faults(heads())) == []


@pytest.mark.parametrize(
    "change",
    [
        {"person_name": "Người khác"},
        {"post_title": "Giám đốc"},
        {"address": "10.0.0.9"},
        {"verb": "test.other"},
        {"changes": {"label": [None, "khác"]}},
        {"unit_id": 1},
        {"subject_label": "khác"},
        {"at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_entry_is_found(change: dict[str, object], three: list[ChainLink]) -> None:
    Entry.objects.filter(link=three[1]).update(**change)
    assert list(faults()) == [Fault(three[1].position, "entries")]


NOT_CONTENT = {"id": "a number of the row alone: nobody reads it, filters by it or names it elsewhere"}


def _another(value: object) -> object:
    """Return a value of the same kind that is another."""
    if isinstance(value, dt.datetime):
        return value + dt.timedelta(seconds=1)
    if isinstance(value, UUID):
        return uuid7()
    if isinstance(value, dict):
        return {"label": [None, "khác"]}
    return 9_999 if value is None else value + 7_000 if isinstance(value, int) else f"{value}x"[-64:]


@pytest.mark.parametrize("column", [f.attname for f in Entry._meta.concrete_fields if f.attname not in NOT_CONTENT])
def test_an_edit_of_any_column_of_an_entry_is_found(column: str, three: list[ChainLink]) -> None:
    other = three[0].pk if column == "link_id" else _another(getattr(entry_of(three[1]), column))
    Entry.objects.filter(link=three[1]).update(**{column: other})
    assert three[1].position in {fault.position for fault in faults()}


@pytest.mark.parametrize("column", [f.attname for f in ChainLink._meta.concrete_fields if f.attname not in NOT_CONTENT])
def test_an_edit_of_any_column_of_a_link_is_found(column: str, three: list[ChainLink]) -> None:
    ChainLink.objects.filter(pk=three[1].pk).update(**{column: _another(getattr(three[1], column))})
    assert three[1].position in {fault.position for fault in faults()}


def test_words_to_search_by_that_are_not_those_of_the_entry_are_found(three: list[ChainLink]) -> None:
    Entry.objects.filter(link=three[1]).update(folded="nguoi khac")
    assert list(faults()) == [Fault(three[1].position, "folded")]


def test_another_moment_of_a_link_is_found_and_named(three: list[ChainLink]) -> None:
    ChainLink.objects.filter(pk=three[1].pk).update(at=three[1].at - dt.timedelta(days=30))
    assert list(faults()) == [Fault(three[1].position, "at")]
    errors = StringIO()
    with pytest.raises(CommandError, match="1 chỗ sai"):
        call_command("verify_audit", stderr=errors)
    assert "thời điểm của mắt xích" in errors.getvalue()


def test_rows_written_before_labels_were_cut_for_the_search_still_hold(
    three: list[ChainLink], now: dt.datetime
) -> None:
    note(label="Rất dài " * 100, at=now)
    entry = Entry.objects.order_by("-id")[0]
    assert len(entry.subject_label) == 500
    Entry.objects.filter(pk=entry.pk).update(folded=fold(f"{'Rất dài ' * 100} {system().person_name}  "))
    assert list(faults()) == []
    Entry.objects.filter(pk=entry.pk).update(folded=fold("Rất ngắn"))
    assert [fault.code for fault in faults()] == ["folded"]


def test_rows_written_before_signs_without_a_shape_were_dropped_still_hold(
    three: list[ChainLink], now: dt.datetime
) -> None:
    note(label="Ghi\u200b chú", at=now)
    entry = Entry.objects.order_by("-id")[0]
    assert entry.folded.startswith("ghi chu")
    Entry.objects.filter(pk=entry.pk).update(folded=entry.folded.replace("ghi chu", "ghi\u200b chu"))
    assert list(faults()) == []
    Entry.objects.filter(pk=entry.pk).update(folded="khac")
    assert [fault.code for fault in faults()] == ["folded"]


def test_a_removed_entry_is_found(three: list[ChainLink]) -> None:
    entry_of(three[1]).delete()
    assert list(faults()) == [Fault(three[1].position, "entries")]


def test_an_entry_put_into_a_link_is_found(three: list[ChainLink], now: dt.datetime) -> None:
    forged = entry_of(three[0])
    forged.pk, forged.link = None, three[1]
    forged.public_id = Entry._meta.get_field("public_id").get_default()
    forged.save(force_insert=True)
    assert list(faults()) == [Fault(three[1].position, "entries")]


def test_entries_that_changed_places_are_found(three: list[ChainLink]) -> None:
    first, second = entry_of(three[0]), entry_of(three[1])
    Entry.objects.filter(pk=first.pk).update(link=three[1])
    Entry.objects.filter(pk=second.pk).update(link=three[0])
    assert list(faults()) == [Fault(three[0].position, "entries"), Fault(three[1].position, "entries")]


def test_a_removed_link_is_found(three: list[ChainLink]) -> None:
    Entry.objects.filter(link=three[1]).delete()
    three[1].delete()
    assert list(faults()) == [Fault(three[1].position, "missing"), Fault(three[2].position, "chain")]


def test_links_that_changed_places_are_found(three: list[ChainLink]) -> None:
    first, second = three[1], three[2]
    ChainLink.objects.filter(pk=first.pk).update(position=10_000)
    ChainLink.objects.filter(pk=second.pk).update(position=first.position)
    ChainLink.objects.filter(pk=first.pk).update(position=second.position)
    assert {fault.position for fault in faults()} == {first.position, second.position}


def test_a_link_put_in_between_is_found(three: list[ChainLink], now: dt.datetime) -> None:
    last = three[2]
    ChainLink.objects.filter(pk=last.pk).update(position=last.position + 1)
    forged = ChainLink(lane=0, position=last.position, at=now, previous_hash=three[1].hash, entries_digest="")
    make_anew(forged)
    assert list(faults()) == [Fault(last.position + 1, "chain")]


def test_a_link_made_anew_after_an_edit_breaks_the_next_one(three: list[ChainLink]) -> None:
    Entry.objects.filter(link=three[1]).update(address="10.0.0.9")
    make_anew(three[1])
    assert list(faults()) == [Fault(three[2].position, "chain")]


def test_a_tail_cut_off_is_found_by_an_anchor_kept_elsewhere(three: list[ChainLink]) -> None:
    kept = heads()
    last = three[2]
    Entry.objects.filter(link=last).delete()
    last.delete()
    assert list(faults()) == []
    assert list(faults(kept)) == [Fault(last.position, "anchor")]


def test_a_tail_written_anew_is_found_by_an_anchor(three: list[ChainLink], now: dt.datetime) -> None:
    kept = heads()
    Entry.objects.filter(link=three[2]).update(address="10.0.0.9")
    make_anew(three[2])
    note(label="bốn", at=now)
    assert list(faults()) == []
    assert list(faults(kept)) == [Fault(three[2].position, "anchor")]


def test_a_lane_cut_short_is_missed_by_the_lane_that_saw_its_end(three: list[ChainLink], now: dt.datetime) -> None:
    beside = ChainLink(lane=3, position=1, at=now, previous_hash=genesis(3), entries_digest=digest_of([]))
    make_anew(beside)
    note(label="bốn", at=now)
    last = ChainLink.objects.filter(lane=0).latest("position")
    assert last.witness == beside.hash
    assert list(faults()) == []
    beside.delete()
    assert list(faults()) == [Fault(last.position, "witness")]


def test_the_command_names_every_place_and_notes_an_anchor_when_all_is_well(
    three: list[ChainLink], tmp_path: Path
) -> None:
    out, anchors = StringIO(), tmp_path / "anchors.txt"
    call_command("verify_audit", note=str(anchors), stdout=out)
    assert f"{ChainLink.objects.count()} mắt xích" in out.getvalue()
    assert head_hash(heads()) in out.getvalue()
    Entry.objects.filter(link=three[2]).delete()
    three[2].delete()
    call_command("verify_audit", stdout=StringIO())
    errors = StringIO()
    with pytest.raises(CommandError, match="1 chỗ sai"):
        call_command("verify_audit", anchor=str(anchors), stderr=errors)
    assert f"làn 0, mắt xích {three[2].position}" in errors.getvalue()


def test_an_anchor_that_is_none_is_refused(tmp_path: Path) -> None:
    rows = [(0, 12, "a" * 64), (3, 1, "b" * 64)]
    assert read_anchors(written(rows) + " # ngày 05/10/2026") == rows
    with pytest.raises(AnchorUnreadable):
        read_anchors("0:12:abc")


def test_a_head_says_lane_position_and_hash(three: list[ChainLink]) -> None:
    assert heads() == [Head(0, three[2].position, three[2].hash)]


def anchored(place: Path, monkeypatch: pytest.MonkeyPatch, at: dt.datetime) -> None:
    monkeypatch.setattr(settings, "AUDIT_ANCHORS", place)
    anchor(Run(job_id=0, at=at, attempt=1))


def test_an_audit_written_anew_as_a_whole_is_found_by_the_anchors_of_every_day(
    three: list[ChainLink], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: dt.datetime
) -> None:
    place = tmp_path / "anchors.txt"
    anchored(place, monkeypatch, now)
    anchored(place, monkeypatch, now + dt.timedelta(days=1))
    assert len(place.read_text(encoding="utf-8").splitlines()) == 2
    previous = genesis(0)
    Entry.objects.update(address="10.0.0.9")
    for link in ChainLink.objects.order_by("position"):
        link.previous_hash = previous
        make_anew(link)
        previous = link.hash
    assert list(faults()) == []
    with pytest.raises(CommandError, match="2 chỗ sai"):
        call_command("verify_audit", stderr=StringIO())


def test_a_broken_audit_gets_no_anchor(
    three: list[ChainLink], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: dt.datetime
) -> None:
    Entry.objects.filter(link=three[1]).update(person_name="Người khác")
    with pytest.raises(AuditBroken, match=f"link {three[1].position}: entries"):
        anchored(tmp_path / "anchors.txt", monkeypatch, now)
    assert not (tmp_path / "anchors.txt").exists()


def test_the_command_says_against_what_it_checked(
    three: list[ChainLink], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: dt.datetime
) -> None:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "Chưa so với mốc neo nào" in out.getvalue()
    anchored(tmp_path / "anchors.txt", monkeypatch, now)
    call_command("verify_audit", stdout=out)
    assert "Khớp với 1 mốc neo" in out.getvalue()
