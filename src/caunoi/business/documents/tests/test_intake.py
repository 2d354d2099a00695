"""From the dropped file to the book of incoming documents."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
import xlsxwriter
from django.core.management import call_command

from caunoi.business.documents.access import DocumentForbidden
from caunoi.business.documents.jobs import read_document
from caunoi.business.documents.models import (
    CitationState,
    Clause,
    Document,
    DocumentCitation,
    DocumentFile,
    DocumentState,
    DocumentType,
    FilePart,
    KnownDocument,
    Obligation,
    Reading,
    Recipient,
)
from caunoi.business.documents.operations import facts
from caunoi.business.documents.operations.facts import FactRefused
from caunoi.business.documents.operations.intake import (
    FileRefused,
    IntakeRefused,
    Part,
    accept_document,
    duplicates,
    receive_files,
    reject_intake,
    same_files,
)
from caunoi.business.documents.operations.linking import link_citations
from caunoi.business.documents.tests.scenes import (
    LIMIT,
    TITLE,
    OnCommit,
    docx_of,
    docx_saying,
    paper,
    read_now,
    received,
    reviewed,
)
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.calendar.public import Rhythm
from caunoi.foundation.files.public import StoredFile, content_of
from caunoi.foundation.jobs.public import Job, JobState, Run
from caunoi.foundation.search.public import find
from caunoi.surfaces.demonstration.office import Office


def test_the_original_is_kept_byte_for_byte_and_read(office: Office, now: dt.datetime, today: dt.date) -> None:
    content = docx_of(paper())
    by = office.actor("specialist", on=today)
    document = received(office.unit("so"), by, now, content)
    assert document.state == DocumentState.BEING_READ
    stored = DocumentFile.objects.select_related("stored_file").get(document=document).stored_file
    assert content_of(stored) == content

    read_now(document, now)
    assert document.state == DocumentState.TO_REVIEW
    assert (document.code_number, document.code_notation) == ("142", "KH-UBND")
    assert document.issued_on == dt.date(2026, 9, 14)
    assert (document.type_name, document.organ_name) == ("Kế hoạch", "Ủy ban nhân dân tỉnh Thanh Giang")
    assert document.document_type is not None
    assert document.document_type.abbreviation == "KH"
    assert (document.subject, document.place, document.signer_name) == (TITLE, "Thanh Giang", "Lê Hoàng Minh")
    assert content_of(stored) == content


def test_every_fact_has_its_place_in_the_text(office: Office, now: dt.datetime, today: dt.date) -> None:
    document = reviewed(office.unit("so"), office.actor("specialist", on=today), now)
    reading = Reading.objects.get(file__document=document)
    number = reading.facts["code_number"]
    assert reading.text[number["start"] : number["end"]] == "142"
    spans = [*DocumentCitation.objects.filter(document=document).values_list("span_start", "span_end")]
    spans += Obligation.objects.filter(document=document).values_list("span_start", "span_end")
    assert len(spans) == 4
    assert all(reading.text[start:end].strip() for start, end in spans if start is not None and end is not None)
    assert all(start is not None and end is not None for start, end in spans)
    basis = DocumentCitation.objects.filter(document=document, is_basis=True)
    assert {row.code_key for row in basis} == {"25-ct-tw", "1288-qd-ttg"}


def test_duties_carry_their_rules_and_clauses(office: Office, now: dt.datetime, today: dt.date) -> None:
    document = reviewed(office.unit("so"), office.actor("specialist", on=today), now)
    due = {
        (rule.rhythm, rule.days)
        for row in Obligation.objects.filter(document=document)
        if (rule := row.due) is not None and row.clause_id
    }
    assert (Rhythm.YEARLY, ((12, 10),)) in due
    assert (Rhythm.ONCE, ((11, 20),)) in due


def test_reading_again_after_a_crash_writes_nothing_twice(office: Office, now: dt.datetime, today: dt.date) -> None:
    document = received(office.unit("so"), office.actor("specialist", on=today), now)
    job = Job.objects.get(key=f"documents.read:{document.public_id}")
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, worker="killed", attempts=1, leased_until=now - dt.timedelta(minutes=5)
    )
    call_command("worker", drain=True)
    job.refresh_from_db()
    document.refresh_from_db()
    assert (job.state, job.attempts, document.state) == (JobState.DONE, 2, DocumentState.TO_REVIEW)
    rows = [
        model.objects.filter(document=document).count() for model in (Clause, DocumentCitation, Obligation, Recipient)
    ]

    read_document(Run(job.pk, now, 3), document=str(document.public_id))
    again = [
        model.objects.filter(document=document).count() for model in (Clause, DocumentCitation, Obligation, Recipient)
    ]
    assert again == rows
    assert Reading.objects.filter(file__document=document).count() == 1
    assert Entry.objects.filter(verb="documents.read", subject_id=str(document.public_id)).count() == 1


def test_several_files_make_one_document(office: Office, now: dt.datetime, today: dt.date) -> None:
    parts = [
        Part(docx_of(paper()), "cong-van.docx"),
        Part(docx_saying("Phụ lục: danh sách các trường."), "phu-luc.docx"),
    ]
    by = office.actor("specialist", on=today)
    document = receive_files(parts=parts, unit=office.unit("so"), limit=LIMIT, by=by, at=now)
    read_now(document, now)
    files = list(DocumentFile.objects.filter(document=document).order_by("position"))
    assert [file.part for file in files] == [FilePart.MAIN, FilePart.ANNEX]
    assert document.code == "142/KH-UBND"
    assert "danh sách các trường" in document.body_text


def test_accepting_gives_the_next_number_without_a_gap(office: Office, now: dt.datetime, today: dt.date) -> None:
    by = office.actor("specialist", on=today)
    numbers = []
    for number in ("142", "143", "144"):
        document = reviewed(office.unit("so"), by, now, paper(number=number))
        numbers.append(accept_document(document=document, by=by, at=now).arrival_number)
    school = office.actor("school_officer", on=today)
    own = accept_document(document=reviewed(office.unit("thpt_1"), school, now), by=school, at=now)
    next_year = now.replace(year=2027, month=1, day=4)
    later = accept_document(document=reviewed(office.unit("so"), by, now, paper(number="150")), by=by, at=next_year)
    assert (numbers, own.arrival_number, later.arrival_number) == ([1, 2, 3], 1, 1)
    assert later.arrival_on == dt.date(2027, 1, 4)


def test_an_accepted_document_is_found_with_and_without_accents(
    office: Office, now: dt.datetime, today: dt.date
) -> None:
    by = office.actor("specialist", on=today)
    document = accept_document(document=reviewed(office.unit("so"), by, now), by=by, at=now)
    address = f"/van-ban/{document.public_id}/"
    for words in ("đối ngoại ngành giáo dục", "doi ngoai nganh giao duc", "142/kh-ubnd"):
        assert [hit.url for group in find(words, by=by, only="document") for hit in group.hits] == [address], words
    outsider = office.actor("reporter", on=today)
    assert find("doi ngoai nganh", by=outsider) == []


def test_a_document_is_not_registered_twice_by_mistake(office: Office, now: dt.datetime, today: dt.date) -> None:
    by = office.actor("specialist", on=today)
    first = accept_document(document=reviewed(office.unit("so"), by, now), by=by, at=now)
    second = reviewed(office.unit("so"), by, now, paper(title="Bản gửi lại"))
    assert duplicates(second) == [first]
    with pytest.raises(IntakeRefused) as refused:
        accept_document(document=second, by=by, at=now)
    assert refused.value.code == "documents.duplicate"
    second.refresh_from_db()
    assert (second.state, second.arrival_number) == (DocumentState.TO_REVIEW, None)
    assert accept_document(document=second, despite_duplicates=True, by=by, at=now).arrival_number == 2
    with pytest.raises(IntakeRefused):
        accept_document(document=second, by=by, at=now)


def test_the_same_file_is_recognised(office: Office, now: dt.datetime, today: dt.date) -> None:
    by = office.actor("specialist", on=today)
    content = docx_of(paper())
    first, second = (received(office.unit("so"), by, now, content) for _ in range(2))
    assert same_files(second) == [first]


def test_cited_documents_become_held_when_they_arrive(office: Office, now: dt.datetime, today: dt.date) -> None:
    by = office.actor("specialist", on=today)
    citing = accept_document(document=reviewed(office.unit("so"), by, now), by=by, at=now)
    states = dict(DocumentCitation.objects.filter(document=citing).values_list("code_key", "state"))
    assert states == {"25-ct-tw": CitationState.NOT_HELD, "1288-qd-ttg": CitationState.NOT_HELD}
    cited = reviewed(office.unit("so"), by, now, paper(number="7"))
    head = {
        "code_number": "1288",
        "code_notation": "QĐ-TTg",
        "organ_name": "Thủ tướng Chính phủ",
        "issued_on": "2023-10-24",
    }
    accepted = accept_document(document=cited, facts=head, by=by, at=now)
    row = DocumentCitation.objects.get(document=citing, code_key="1288-qd-ttg")
    assert (row.state, row.held_document) == (CitationState.HELD, accepted)
    facts.correct_fact(document=accepted, fact="issued_on", value="2023-10-25", by=by, at=now)
    row.refresh_from_db()
    assert (row.state, row.held_document) == (CitationState.CONFLICTING, None)


def test_corrections_count_and_what_was_read_stays_beside(office: Office, now: dt.datetime, today: dt.date) -> None:
    by = office.actor("specialist", on=today)
    document = reviewed(office.unit("so"), by, now)
    changed = facts.correct_fact(document=document, fact="subject", value="  Trích yếu  đúng ", by=by, at=now)
    reading = Reading.objects.get(file__document=document)
    assert changed.subject == "Trích yếu đúng"
    assert (reading.facts["subject"]["value"], reading.facts["subject"]["corrected"]) == (TITLE, True)
    entry = Entry.objects.filter(verb="documents.correct", subject_id=str(document.public_id)).get()
    assert entry.changes == {"subject": [TITLE, "Trích yếu đúng"]}


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("issued_on", "31/02/2026", "documents.fact_date"),
        ("urgency", "GẤP", "documents.fact_urgency"),
        ("subject", "x" * 1001, "documents.fact_long"),
        ("state", "registered", "documents.fact_unknown"),
    ],
)
def test_a_correction_that_does_not_fit_changes_nothing(
    office: Office, now: dt.datetime, today: dt.date, fact: str, value: str, code: str
) -> None:
    by = office.actor("specialist", on=today)
    document = reviewed(office.unit("so"), by, now)
    with pytest.raises(FactRefused) as refused:
        facts.correct_fact(document=document, fact=fact, value=value, by=by, at=now)
    assert refused.value.code == code
    assert Document.objects.get(pk=document.pk).subject == TITLE


def test_rejecting_leaves_nothing_but_the_audit(
    office: Office, now: dt.datetime, today: dt.date, django_capture_on_commit_callbacks: OnCommit
) -> None:
    by = office.actor("specialist", on=today)
    document = reviewed(office.unit("so"), by, now)
    path = DocumentFile.objects.select_related("stored_file").get(document=document).stored_file.path
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        reject_intake(document=document, reason="gửi nhầm", by=by, at=now)
    assert not Document.objects.filter(pk=document.pk).exists()
    assert not StoredFile.objects.filter(name="ke-hoach.docx").exists()
    assert not path.exists()
    entry = Entry.objects.get(verb="documents.reject")
    assert (entry.subject_id, entry.changes) == (str(document.public_id), {"reason": [None, "gửi nhầm"]})


def test_nobody_receives_for_another_unit(office: Office, now: dt.datetime, today: dt.date) -> None:
    for kind, unit in (
        ("school_officer", "so"),
        ("specialist", "thpt_1"),
        ("reporter", "tvdh_1"),
        ("receiver", "ubnd"),
    ):
        with pytest.raises(DocumentForbidden):
            received(office.unit(unit), office.actor(kind, on=today), now)
    assert Document.objects.count() == 0
    assert StoredFile.objects.count() == 0
    assert Job.objects.count() == 0


def test_no_file_is_no_document(office: Office, now: dt.datetime, today: dt.date) -> None:
    with pytest.raises(FileRefused) as refused:
        receive_files(parts=[], unit=office.unit("so"), limit=LIMIT, by=office.actor("clerk", on=today), at=now)
    assert refused.value.code == "documents.no_file"


def test_a_basis_out_of_force_is_said_to_be(office: Office, now: dt.datetime, today: dt.date) -> None:
    by = office.actor("specialist", on=today)
    document = reviewed(office.unit("so"), by, now)
    row = DocumentCitation.objects.get(document=document, code_key="1288-qd-ttg")
    KnownDocument.objects.filter(key=row.key).delete()
    KnownDocument.objects.create(
        code="1288/QĐ-TTg", type_name="Quyết định", key=row.key, until_on=dt.date(2026, 9, 14), source="phép thử",
        confidence="C",
    )  # fmt: skip
    link_citations(document)
    row.refresh_from_db()
    assert row.state == CitationState.EXPIRED
    KnownDocument.objects.filter(key=row.key).update(until_on=dt.date(2026, 9, 15))
    link_citations(document)
    row.refresh_from_db()
    assert row.state == CitationState.NOT_HELD


def test_the_law_is_in_rows_with_their_source(office: Office) -> None:
    plan = DocumentType.objects.get(family="administrative", name="Kế hoạch")
    assert (plan.abbreviation, plan.from_on) == ("KH", dt.date(2020, 3, 5))
    assert DocumentType.objects.filter(family="administrative").count() == 29
    assert not DocumentType.objects.filter(source="").exists()
    assert KnownDocument.objects.filter(until_on__isnull=False).exists()
    assert not KnownDocument.objects.filter(source="").exists()


def test_a_spreadsheet_is_the_annex_even_when_it_comes_first(office: Office, now: dt.datetime, today: dt.date) -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("Biểu 1").write(0, 0, "Số lượt người")
    book.close()
    parts = [Part(out.getvalue(), "bieu-mau.xlsx"), Part(docx_of(paper()), "cong-van.docx")]
    by = office.actor("clerk", on=today)
    document = read_now(receive_files(parts=parts, unit=office.unit("so"), limit=LIMIT, by=by, at=now), now)
    files = DocumentFile.objects.filter(document=document).order_by("position")
    assert [file.stored_file.name for file in files] == ["cong-van.docx", "bieu-mau.xlsx"]
    assert document.code == "142/KH-UBND"
    assert "Số lượt người" in document.body_text
