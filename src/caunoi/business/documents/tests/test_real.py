"""The four source documents, read in place: what the issue says must come out of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from caunoi.business.documents.models import Document, DocumentState, Obligation, ObligationKind
from caunoi.business.documents.operations.facts import take_reading
from caunoi.business.documents.operations.intake import accept_document
from caunoi.business.documents.tests.scenes import docx_saying, read_now, received
from caunoi.foundation.calendar.public import Rhythm
from caunoi.surfaces.demonstration.office import Office

Due = tuple[str, Rhythm, tuple[tuple[int, int], ...]]


def _read(office: Office, now: dt.datetime, today: dt.date, file: Path, *, as_docx: bool) -> Document:
    content = docx_saying(*file.read_text(encoding="utf-8").splitlines()) if as_docx else file.read_bytes()
    name = f"{file.stem}.docx" if as_docx else file.name
    document = received(office.unit("so"), office.actor("specialist", on=today), now, content, name)
    return read_now(document, now)


def _reports(document: Document) -> set[Due]:
    rows = Obligation.objects.filter(document=document).exclude(kind=ObligationKind.TASK)
    return {(row.kind, due.rhythm, due.days) for row in rows if (due := row.due) is not None}


@pytest.mark.parametrize("as_docx", [False, True], ids=["txt", "docx"])
def test_quarterly_half_yearly_and_yearly_reports(
    shared_documents: Path, office: Office, now: dt.datetime, today: dt.date, as_docx: bool
) -> None:
    document = _read(office, now, today, shared_documents / "seed3.txt", as_docx=as_docx)
    assert document.state == DocumentState.TO_REVIEW
    assert {
        ("report", Rhythm.QUARTERLY, ()),
        ("report", Rhythm.HALF_YEARLY, ((5, 5),)),
        ("report", Rhythm.YEARLY, ((11, 5),)),
    } <= _reports(document)
    quarterly = next(
        row
        for row in Obligation.objects.filter(document=document)
        if row.due is not None and row.due.rhythm is Rhythm.QUARTERLY
    )
    assert "day" in quarterly.open_questions
    assert quarterly.desk == "Văn phòng Sở"


@pytest.mark.parametrize("as_docx", [False, True], ids=["txt", "docx"])
def test_the_yearly_report_and_the_statistics_twice_a_year(
    shared_documents: Path, office: Office, now: dt.datetime, today: dt.date, as_docx: bool
) -> None:
    document = _read(office, now, today, shared_documents / "seed2.txt", as_docx=as_docx)
    found = _reports(document)
    assert ("report", Rhythm.YEARLY, ((12, 10),)) in found
    assert {("statistics", Rhythm.ONCE, ((6, 15),)), ("statistics", Rhythm.ONCE, ((12, 10),))} <= found
    row = Obligation.objects.filter(document=document, kind="statistics").earliest("position")
    assert "yearly_or_once" in row.open_questions
    by = office.actor("specialist", on=today)
    taken = take_reading(document=document, obligation_id=row.pk, at_index=0, by=by, at=now)
    assert taken.due is not None
    assert (taken.due.rhythm, taken.due.days) == (Rhythm.YEARLY, ((6, 15),))
    assert len(taken.alternatives) == 1
    assert taken.open_questions == []


@pytest.mark.parametrize("as_docx", [False, True], ids=["txt", "docx"])
def test_two_reports_through_an_office(
    shared_documents: Path, office: Office, now: dt.datetime, today: dt.date, as_docx: bool
) -> None:
    document = _read(office, now, today, shared_documents / "seed1.txt", as_docx=as_docx)
    rows = [row for row in Obligation.objects.filter(document=document, kind="report") if row.due is not None]
    assert {pair for row in rows if row.due is not None for pair in row.due.days} == {(5, 20), (11, 1)}
    assert {row.desk.casefold() for row in rows} == {"phòng chính trị tư tưởng"}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_each_can_be_entered_into_the_book(
    shared_documents: Path, office: Office, now: dt.datetime, today: dt.date, number: int
) -> None:
    document = _read(office, now, today, shared_documents / f"seed{number}.txt", as_docx=False)
    by = office.actor("specialist", on=today)
    head = {} if document.organ_name and document.subject else {"organ_name": "Cơ quan", "subject": "Trích yếu"}
    assert accept_document(document=document, facts=head, by=by, at=now).arrival_number == 1
