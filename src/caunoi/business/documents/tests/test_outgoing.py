"""Drafts: presented, signed or returned, numbered, issued to units."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from caunoi.business.documents.access import DocumentForbidden, DocumentNotFound, drafts_waiting, visible
from caunoi.business.documents.jobs import read_document
from caunoi.business.documents.models import (
    AnnulledNumber,
    Clause,
    Document,
    DocumentFile,
    DocumentState,
    DraftVersion,
    Obligation,
    Opinion,
)
from caunoi.business.documents.operations import outgoing
from caunoi.business.documents.operations.intake import accept_document, register_received
from caunoi.business.documents.operations.numbering import NumberRefused, annul_number
from caunoi.business.documents.operations.outgoing import DraftRefused, draft_of
from caunoi.business.documents.tests.scenes import paper, read_now, reviewed
from caunoi.foundation.files.public import content_of
from caunoi.foundation.jobs.public import Run
from caunoi.foundation.notifications.public import notices_of
from caunoi.foundation.people.public import Capacity, actor_of, take_up
from caunoi.kernel.actor import Actor, system
from caunoi.surfaces.demonstration.office import Office
from vanban.writing.draft import Draft, IssueDate, SentTo, SignForm, SignLine


def _plan() -> Draft:
    return replace(
        paper(number=None), issuer="Sở Giáo dục và Đào tạo tỉnh Thanh Giang", symbol="KH-SGDĐT", issued=IssueDate(),
        recipients=(SentTo("Trường THPT Bạch Đằng", "để thực hiện"),), signing=(), signer=None,
    )  # fmt: skip


def _drafted(office: Office, now: dt.datetime, today: dt.date) -> Document:
    by = office.actor("specialist", on=today)
    return outgoing.create_draft(draft=_plan(), unit=office.unit("so"), by=by, at=now)


def _signed(office: Office, now: dt.datetime, today: dt.date, signer: str = "director") -> Document:
    document = _drafted(office, now, today)
    outgoing.present_for_signing(document=document, by=office.actor("specialist", on=today), at=now)
    return outgoing.sign(document=document, by=office.actor(signer, on=today), at=now)


def _issued(office: Office, now: dt.datetime, today: dt.date, *units: str) -> Document:
    return outgoing.number_and_issue(
        document=_signed(office, now, today), recipients_units=[office.unit(key) for key in units],
        by=office.actor("clerk", on=today), at=now,
    )  # fmt: skip


def test_the_whole_way_of_a_draft(office: Office, now: dt.datetime, today: dt.date) -> None:
    issued = _issued(office, now, today, "thpt_1", "thpt_2", "ubnd")
    assert (issued.code, issued.issued_on, issued.state) == ("01/KH-SGDĐT", today, DocumentState.ISSUED)
    file = DocumentFile.objects.select_related("stored_file").get(document=issued)
    paragraphs = [cell.text for table in docx.Document(BytesIO(content_of(file.stored_file))).tables
                  for row in table.rows for cell in row.cells]  # fmt: skip
    assert any("Số: 01/KH-SGDĐT" in text for text in paragraphs)
    assert any("ngày 05 tháng 10 năm 2026" in text for text in paragraphs)
    copies = Document.objects.filter(issued_from=issued)
    assert {copy.unit for copy in copies} == {office.unit(key) for key in ("thpt_1", "thpt_2", "ubnd")}
    assert {copy.state for copy in copies} == {DocumentState.TO_REGISTER}
    assert {copy.code for copy in copies} == {"01/KH-SGDĐT"}


def test_the_second_number_follows_the_first(office: Office, now: dt.datetime, today: dt.date) -> None:
    assert [_issued(office, now, today).code for _ in range(3)] == ["01/KH-SGDĐT", "02/KH-SGDĐT", "03/KH-SGDĐT"]


@pytest.mark.parametrize(
    ("signer", "lines", "form"),
    [
        ("director", (SignLine("GIÁM ĐỐC"),), ""),
        ("deputy_director", (SignLine("GIÁM ĐỐC", SignForm.FOR_HEAD), SignLine("PHÓ GIÁM ĐỐC")), "KT."),
        ("head_of_office", (SignLine("GIÁM ĐỐC", SignForm.BY_ORDER), SignLine("CHÁNH VĂN PHÒNG")), "TL."),
    ],
)
def test_the_form_of_signing_is_that_of_the_post(
    office: Office, now: dt.datetime, today: dt.date, signer: str, lines: tuple[SignLine, ...], form: str
) -> None:
    document = _signed(office, now, today, signer)
    assert (draft_of(document).signing, draft_of(document).signer) == (lines, office.people[signer].name)
    assert (document.signing_form, document.state) == (form, DocumentState.SIGNED)


def test_nobody_signs_without_authority(office: Office, now: dt.datetime, today: dt.date) -> None:
    document = _drafted(office, now, today)
    outgoing.present_for_signing(document=document, by=office.actor("specialist", on=today), at=now)
    for kind, error in (
        ("specialist", DocumentForbidden),
        ("clerk", DocumentForbidden),
        ("principal", DocumentNotFound),
    ):
        with pytest.raises(error):
            outgoing.sign(document=document, by=office.actor(kind, on=today), at=now)
    director = office.actor("director", on=today)
    elsewhere = replace(director, post_id=office.posts["principal"].pk)
    with pytest.raises(DraftRefused) as refused:
        outgoing.sign(document=document, by=elsewhere, at=now)
    assert refused.value.code == "documents.no_authority"
    document.refresh_from_db()
    assert (document.state, document.signer_name) == (DocumentState.PRESENTED, "")
    assert not Opinion.objects.filter(document=document, kind="signed").exists()


def test_who_stands_in_signs_nothing_by_the_authority_of_the_holder(
    office: Office, now: dt.datetime, today: dt.date
) -> None:
    document, person = _drafted(office, now, today), office.people["specialist"]
    outgoing.present_for_signing(document=document, by=office.actor("specialist", on=today), at=now)
    take_up(
        person=person, post=office.posts["head_of_office"], on=today, until=today + dt.timedelta(days=5),
        capacity=Capacity.SUBSTITUTE, by=system(), at=now,
    )  # fmt: skip
    by = actor_of(account_id=1, person=person, post=office.posts["head_of_office"], on=today)
    with pytest.raises(DraftRefused) as refused:
        outgoing.sign(document=document, by=by, at=now)
    assert refused.value.code == "documents.no_authority"
    document.refresh_from_db()
    assert (document.state, document.signer_name) == (DocumentState.PRESENTED, "")


def test_a_returned_draft_goes_back_with_the_reason(office: Office, now: dt.datetime, today: dt.date) -> None:
    document, by = _drafted(office, now, today), office.actor("specialist", on=today)
    outgoing.present_for_signing(document=document, note="Kính trình", by=by, at=now)
    director = office.actor("director", on=today)
    with pytest.raises(DraftRefused):
        outgoing.return_draft(document=document, reason="  ", by=director, at=now)
    outgoing.return_draft(document=document, reason="Bổ sung kinh phí", by=director, at=now)
    document.refresh_from_db()
    assert document.state == DocumentState.DRAFT
    assert [one.text for one in Opinion.objects.filter(document=document)] == ["Kính trình", "Bổ sung kinh phí"]
    assert [notice.text for notice in notices_of(by) if notice.kind == "documents.returned"] == ["Bổ sung kinh phí"]


def test_every_version_of_a_draft_is_kept(office: Office, now: dt.datetime, today: dt.date) -> None:
    document, by = _drafted(office, now, today), office.actor("specialist", on=today)
    second = outgoing.update_draft(document=document, draft=replace(_plan(), title="Trích yếu mới"), by=by, at=now)
    third = outgoing.update_draft(document=second, draft=replace(_plan(), title="Trích yếu mới"), by=by, at=now)
    assert (second.draft_version, third.draft_version, third.subject) == (2, 2, "Trích yếu mới")
    assert [one.version for one in DraftVersion.objects.filter(document=document)] == [2, 1]
    outgoing.present_for_signing(document=document, by=by, at=now)
    with pytest.raises(DraftRefused):
        outgoing.update_draft(document=document, draft=_plan(), by=by, at=now)


def test_a_receiver_registers_and_gets_its_own_duties(office: Office, now: dt.datetime, today: dt.date) -> None:
    issued = _issued(office, now, today, "thpt_1")
    copy, school = Document.objects.get(issued_from=issued), office.actor("school_officer", on=today)
    registered = register_received(document=copy, by=school, at=now)
    assert (registered.arrival_number, registered.organ_name) == (1, issued.organ_name)
    read_document(Run(0, now, 1), document=str(copy.public_id))
    copy.refresh_from_db()
    assert (copy.state, copy.code) == (DocumentState.REGISTERED, issued.code)
    assert Clause.objects.filter(document=copy).exists()
    assert Obligation.objects.filter(document=copy, state="open").exists()
    assert not Obligation.objects.filter(document=issued).exists()
    read_now(issued, now)
    assert Obligation.objects.filter(document=issued).exists()


def test_issuing_needs_the_clerk_and_a_signature(office: Office, now: dt.datetime, today: dt.date) -> None:
    document, clerk = _drafted(office, now, today), office.actor("clerk", on=today)
    with pytest.raises(DraftRefused):
        outgoing.number_and_issue(document=document, by=clerk, at=now)
    signed = _signed(office, now, today)
    with pytest.raises(DocumentForbidden):
        outgoing.number_and_issue(document=signed, by=office.actor("director", on=today), at=now)
    with pytest.raises(DraftRefused):
        outgoing.number_and_issue(document=signed, issued_on=today + dt.timedelta(days=1), by=clerk, at=now)
    signed.refresh_from_db()
    assert (signed.state, signed.serial_number) == (DocumentState.SIGNED, None)
    assert outgoing.number_and_issue(document=signed, by=clerk, at=now).code == "01/KH-SGDĐT"


def test_an_annulled_number_is_not_given_again(office: Office, now: dt.datetime, today: dt.date) -> None:
    by = office.actor("clerk", on=today)
    first = accept_document(document=reviewed(office.unit("so"), by, now), by=by, at=now)
    with pytest.raises(NumberRefused):
        annul_number(document=first, reason="", by=by, at=now)
    annul_number(document=first, reason="Vào sổ nhầm", by=by, at=now)
    kept = AnnulledNumber.objects.get()
    assert (kept.number, kept.reason) == (1, "Vào sổ nhầm")
    second = accept_document(document=reviewed(office.unit("so"), by, now, paper(number="150")), by=by, at=now)
    assert second.arrival_number == 2
    sent = _issued(office, now, today, "thpt_1")
    with pytest.raises(NumberRefused) as refused:
        annul_number(document=sent, reason="nhầm", by=by, at=now)
    assert refused.value.code == "documents.annul_sent"


def test_each_sees_the_drafts_that_wait_for_them(office: Office, now: dt.datetime, today: dt.date) -> None:
    def waiting(kind: str) -> list[Document]:
        return list(drafts_waiting(office.actor(kind, on=today)))

    draft = _drafted(office, now, today)
    assert (waiting("specialist"), waiting("director"), waiting("clerk")) == ([draft], [], [])
    outgoing.present_for_signing(document=draft, by=office.actor("specialist", on=today), at=now)
    assert (waiting("specialist"), waiting("director"), waiting("clerk")) == ([], [draft], [])
    outgoing.sign(document=draft, by=office.actor("director", on=today), at=now)
    assert (waiting("specialist"), waiting("director"), waiting("clerk")) == ([], [], [draft])
    assert waiting("principal") == []


def test_a_draft_of_one_unit_is_unknown_to_another(office: Office, now: dt.datetime, today: dt.date) -> None:
    draft = _drafted(office, now, today)
    others: list[Actor] = [
        office.actor(kind, on=today) for kind in ("principal", "school_officer", "receiver", "reporter")
    ]
    assert [visible(by).filter(pk=draft.pk).exists() for by in others] == [False] * 4
