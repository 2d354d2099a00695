"""The pages: who reaches them, what they say, and that their queries do not grow with the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image, ImageDraw

from caunoi.business.documents.jobs import make_pdf
from caunoi.business.documents.models import Distribution, Document, DocumentFile, DocumentState, Obligation
from caunoi.business.documents.operations import outgoing
from caunoi.business.documents.operations.intake import accept_document
from caunoi.business.documents.tests.scenes import TITLE, docx_of, paper, read_now, received, reviewed
from caunoi.foundation.jobs.public import Job, Run
from caunoi.foundation.organisations.public import dissolve_unit
from caunoi.foundation.people.public import SigningAuthority
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office
from vanban.writing.pdf import to_pdf

Clients = Callable[[str], Client]


@pytest.fixture
def accepted(office: Office, now: dt.datetime, today: dt.date) -> Document:
    """A document in the book of the Sở."""
    by = office.actor("specialist", on=today)
    return accept_document(document=reviewed(office.unit("so"), by, now), by=by, at=now)


LISTS = [
    "/van-ban/den/", "/van-ban/di/", "/van-ban/du-thao/", "/van-ban/can-doc/", "/van-ban/cho-xu-ly/",
    "/van-ban/tiep-nhan/", "/van-ban/so-den/", "/van-ban/so-di/", "/van-ban/soan-thao/",
]  # fmt: skip


@pytest.mark.parametrize("address", LISTS)
def test_lists_open_empty_and_full(client_of: Clients, accepted: Document, address: str) -> None:
    assert client_of("specialist").get(address).status_code == 200
    assert client_of("school_officer").get(address).status_code == 200


@pytest.mark.parametrize("address", LISTS)
def test_nobody_reads_without_signing_in_or_right(client_of: Clients, address: str) -> None:
    anonymous = Client().get(address)
    assert (anonymous.status_code, anonymous.headers["Location"]) == (302, f"/tai-khoan/dang-nhap/?next={address}")
    assert client_of("administrator").get(address).status_code == 403


@pytest.mark.parametrize("kind", ["reporter", "receiver", "principal", "commune_officer", "administrator"])
def test_a_stranger_finds_no_document(client_of: Clients, accepted: Document, kind: str) -> None:
    client = client_of(kind)
    file = DocumentFile.objects.get(document=accepted)
    duty = Obligation.objects.filter(document=accepted)[0]
    for address in (
        f"/van-ban/{accepted.public_id}/", f"/van-ban/{accepted.public_id}/ban-goc/", f"/van-ban/tep/{file.public_id}/",
        f"/van-ban/{accepted.public_id}/phan-phoi/", f"/van-ban/{accepted.public_id}/muc/subject/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    for address in (
        f"/van-ban/{accepted.public_id}/muc/subject/", f"/van-ban/{accepted.public_id}/huy-so/",
        f"/van-ban/nhiem-vu/{duty.public_id}/khong-ap-dung/",
    ):  # fmt: skip
        assert client.post(address, {"value": "x", "reason": "x"}).status_code == 404, address
    accepted.refresh_from_db()
    assert (accepted.subject, accepted.state) == (TITLE, DocumentState.REGISTERED)


def test_the_original_is_served_as_an_attachment_and_never_run(client_of: Clients, accepted: Document) -> None:
    file = DocumentFile.objects.select_related("stored_file").get(document=accepted)
    answer = client_of("director").get(f"/van-ban/tep/{file.public_id}/")
    assert answer.content == docx_of(paper())
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_way_from_the_drop_zone_to_the_book(client_of: Clients, office: Office, now: dt.datetime) -> None:
    client = client_of("specialist")
    sent = SimpleUploadedFile("ke-hoach.docx", docx_of(paper()))
    answer = client.post("/van-ban/tiep-nhan/", {"files": [sent], "together": "one"})
    document = Document.objects.get()
    address = f"/van-ban/tiep-nhan/{document.public_id}/"
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    assert "Đang mở tệp" in client.get(address).content.decode()
    assert client.get(f"{address}tien-do/").status_code == 200
    read_now(document, now)
    assert client.get(f"{address}tien-do/").headers["HX-Redirect"] == address
    page = client.get(address).content.decode()
    assert page.count('data-fact-id="subject"') == 1
    assert page.count('<mark data-place-id="subject"') == 1
    assert "Hằng năm, trước 10/12" in page
    accepted = client.post(f"{address}vao-so/", follow=True)
    assert accepted.redirect_chain == [(f"/van-ban/{document.public_id}/", 302)]
    assert "số đến 1" in accepted.content.decode()


def test_a_fact_is_corrected_in_place(client_of: Clients, office: Office, now: dt.datetime, today: dt.date) -> None:
    document = reviewed(office.unit("so"), office.actor("specialist", on=today), now)
    client, address = client_of("specialist"), f"/van-ban/{document.public_id}/muc/issued_on/"
    assert 'type="date"' in client.get(f"{address}?edit=1").content.decode()
    wrong = client.post(address, {"value": "31/02/2026"}).content.decode()
    assert "không phải là ngày" in wrong
    assert "15/09/2026" in client.post(address, {"value": "2026-09-15"}).content.decode()
    document.refresh_from_db()
    assert document.issued_on == dt.date(2026, 9, 15)


def test_a_duty_is_corrected_added_and_taken_out(
    client_of: Clients, office: Office, now: dt.datetime, today: dt.date
) -> None:
    document = reviewed(office.unit("so"), office.actor("specialist", on=today), now)
    client, base = client_of("specialist"), f"/van-ban/{document.public_id}/nhiem-vu/"
    form = {"kind": "report", "what": "Báo cáo năm", "rhythm": "yearly", "bound": "strictly_before", "days": "10/12"}
    before = Obligation.objects.filter(document=document).count()
    assert "Hằng năm, trước 10/12" in client.post(f"{base}them/", form).content.decode()
    row = Obligation.objects.filter(document=document).latest("pk")
    assert "Cần ghi cả tháng" in client.post(f"{base}{row.pk}/", {**form, "days": "10"}).content.decode()
    assert "không phải là ngày" in client.post(f"{base}{row.pk}/", {**form, "days": "31/02"}).content.decode()
    assert client.post(f"{base}{row.pk}/", {**form, "take_out": "1"}).content == b""
    assert Obligation.objects.filter(document=document).count() == before


def test_pages_of_a_pdf_are_shown_with_boxes(
    client_of: Clients, office: Office, now: dt.datetime, today: dt.date
) -> None:
    content = to_pdf(docx_of(paper()))
    document = read_now(received(office.unit("so"), office.actor("specialist", on=today), now, content, "a.pdf"), now)
    file = DocumentFile.objects.get(document=document)
    assert (document.code, file.page_count) == ("142/KH-UBND", 1)
    client = client_of("specialist")
    page = client.get(f"/van-ban/tiep-nhan/{document.public_id}/").content.decode()
    assert '<rect data-place-id="code_number"' in page
    picture = client.get(f"/van-ban/tep/{file.public_id}/trang/1/")
    assert (picture.headers["Content-Type"], picture.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert client.get(f"/van-ban/tep/{file.public_id}/trang/2/").status_code == 404
    assert client_of("principal").get(f"/van-ban/tep/{file.public_id}/trang/1/").status_code == 404


def _scan() -> bytes:
    picture = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(picture).text((150, 150), "CONG HOA XA HOI CHU NGHIA VIET NAM\nSo: 12/TB-SGD", fill=0, font_size=44)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_a_picture_is_read_by_ocr(client_of: Clients, office: Office, now: dt.datetime, today: dt.date) -> None:
    document = read_now(received(office.unit("so"), office.actor("specialist", on=today), now, _scan(), "q.png"), now)
    assert document.state == DocumentState.TO_REVIEW
    assert "12/TB-SGD" in document.body_text


SEARCHES = [("đối ngoại", 1), ("doi ngoai", 1), ("142/kh-ubnd", 1), ("so den 1", 1), ("không có gì", 0)]


@pytest.mark.parametrize(("words", "count"), SEARCHES)
def test_the_list_is_searched_with_and_without_accents(
    client_of: Clients, accepted: Document, words: str, count: int
) -> None:
    page = client_of("specialist").get("/van-ban/den/", {"q": words}).content.decode()
    assert page.count("data-row-link") == count


def test_filters_live_in_the_address(client_of: Clients, accepted: Document) -> None:
    client = client_of("specialist")
    for query, count in (
        ({"state": "registered"}, 1), ({"state": "settled"}, 0), ({"year": "2026"}, 1), ({"type": "Kế hoạch"}, 1),
        ({"sort": "subject"}, 1), ({"sort": "-issued", "page": "9"}, 1), ({"sort": "nonsense", "state": "x"}, 1),
    ):  # fmt: skip
        page = client.get("/van-ban/den/", query)
        assert (page.status_code, page.content.decode().count("data-row-link")) == (200, count), query


def _copies(document: Document, count: int) -> None:
    """Add ``count`` documents like this one to its book, each with a distribution and a duty."""
    start = Document.objects.filter(series=document.series).count()
    for number in range(start + 1, start + count + 1):
        same = Document.objects.get(pk=document.pk)
        same.pk, same.arrival_number, same.public_id = None, number, Document._meta.get_field("public_id").get_default()
        same.state = DocumentState.DISTRIBUTED
        same.save()
        Distribution.objects.create(
            document=same, unit=document.unit, role="lead", at=document.entered_at, person_name="Người giao"
        )
        Obligation.objects.create(document=same, position=0, kind="task", what="Việc")


@pytest.mark.parametrize("address", ["/van-ban/den/", "/van-ban/so-den/", "/van-ban/can-doc/", "/van-ban/cho-xu-ly/"])
def test_queries_do_not_grow_with_the_rows(client_of: Clients, accepted: Document, address: str) -> None:
    client = client_of("specialist")
    client.get(address)
    counts = []
    for more in (2, 20):
        _copies(accepted, more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30


def test_queries_of_a_record_do_not_grow_with_its_duties(client_of: Clients, accepted: Document) -> None:
    client, address = client_of("specialist"), f"/van-ban/{accepted.public_id}/"
    client.get(address)
    counts = []
    for more in (1, 30):
        for position in range(more):
            Obligation.objects.create(
                document=accepted, position=100 + position, kind="task", what="Việc", who=["Trường"]
            )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 35


def test_the_way_of_a_draft_through_the_pages(client_of: Clients, office: Office) -> None:
    authority = SigningAuthority.objects.get(post=office.posts["deputy_director"])
    form = {
        "doc_type": "Thông báo", "title": "Về Ngày hội giao lưu văn hóa",
        "body": "I. NỘI DUNG\n1. Thời gian: tháng 12.",
        "recipients": "Trường THPT Bạch Đằng (để thực hiện)",
        "bases": "", "addressees": "", "symbol": "", "archive": "VT", "signer": str(authority.pk),
    }  # fmt: skip
    specialist, director, clerk = (client_of(kind) for kind in ("specialist", "director", "clerk"))
    specialist.post("/van-ban/soan-thao/", form)
    document = Document.objects.get()
    base = f"/van-ban/{document.public_id}/"
    shown = specialist.get(base).content.decode()
    assert "TB-SGDĐT" in shown
    assert "<p>KT. GIÁM ĐỐC</p><p>PHÓ GIÁM ĐỐC</p>" in shown
    specialist.post(f"{base}sua/", {**form, "title": "Về Ngày hội giao lưu văn hóa quốc tế", "symbol": "TB-SGDĐT"})
    assert "Bản dự thảo lần 1" in specialist.get(f"{base}?version=1").content.decode()
    assert specialist.get(f"{base}du-thao.docx").content[:2] == b"PK"
    specialist.post(f"{base}trinh-ky/", {"note": "Kính trình"})
    assert "Ký với quyền hạn “GIÁM ĐỐC”" in director.get(base).content.decode()
    director.post(f"{base}ky/")
    page = clerk.get(f"{base}phat-hanh/").content.decode()
    school = office.unit("thpt_1")
    assert f'value="{school.pk}"' in page
    gone = office.unit("ttnn_2")
    dissolve_unit(unit=gone, on=dt.date(2026, 9, 1), by=system(), at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC))
    wrong = clerk.post(f"{base}phat-hanh/", {"issued_on": "05/10/2026", "others": [str(gone.public_id)]})
    assert wrong.status_code == 422
    outside = office.unit("so_ngoai_vu")
    clerk.post(
        f"{base}phat-hanh/", {"issued_on": "05/10/2026", "units": [school.pk], "others": [str(outside.public_id)]}
    )
    assert Document.objects.filter(unit=outside, issued_from__isnull=False).count() == 1
    document.refresh_from_db()
    assert (document.code, document.subject) == ("01/TB-SGDĐT", "Về Ngày hội giao lưu văn hóa quốc tế")
    shown = client_of("school_officer").get("/van-ban/cho-xu-ly/").content.decode()
    assert "Về Ngày hội giao lưu văn hóa quốc tế" in shown
    book = clerk.get("/van-ban/so-di/").content.decode()
    assert "01/TB-SGDĐT" in book


def test_a_refused_step_returns_to_the_record_with_its_sentence(client_of: Clients, accepted: Document) -> None:
    answer = client_of("director").post(f"/van-ban/{accepted.public_id}/ky/", follow=True)
    assert answer.redirect_chain == [(f"/van-ban/{accepted.public_id}/", 302)]
    assert "đang ở bước" in answer.content.decode()


def test_the_book_prints_an_annulled_number_with_its_reason(client_of: Clients, accepted: Document) -> None:
    client = client_of("specialist")
    client.post(f"/van-ban/{accepted.public_id}/huy-so/", {"reason": "Vào sổ nhầm"})
    page = client.get("/van-ban/so-den/").content.decode()
    assert "Số hủy: Vào sổ nhầm" in page
    assert 'class="is-annulled"' in page


def test_a_draft_of_another_module_keeps_its_body(
    client_of: Clients, office: Office, now: dt.datetime, today: dt.date
) -> None:
    by = office.actor("specialist", on=today)
    draft = outgoing.create_draft(
        draft=paper(number=None), unit=office.unit("so"), origin_kind="plan", origin_id=office.unit("so").public_id,
        by=by, at=now,
    )  # fmt: skip
    client, address = client_of("specialist"), f"/van-ban/{draft.public_id}/sua/"
    assert 'name="body"' not in client.get(address).content.decode()
    fields = {
        "title": "Trích yếu khác",
        "symbol": "KH-SGDĐT",
        "recipients": "",
        "addressees": "",
        "bases": "",
        "archive": "",
    }
    client.post(address, fields)
    draft.refresh_from_db()
    assert draft.subject == "Trích yếu khác"
    assert outgoing.draft_of(draft).body == paper().body


def test_the_pdf_of_an_issued_document_is_made_in_the_background(
    client_of: Clients, office: Office, now: dt.datetime, today: dt.date
) -> None:
    draft = paper(number=None)
    by, clerk = office.actor("specialist", on=today), office.actor("clerk", on=today)
    document = outgoing.create_draft(draft=draft, unit=office.unit("so"), by=by, at=now)
    outgoing.present_for_signing(document=document, by=by, at=now)
    outgoing.sign(document=document, by=office.actor("director", on=today), at=now)
    outgoing.number_and_issue(document=document, by=clerk, at=now)
    client, file = client_of("specialist"), DocumentFile.objects.get(document=document)
    address = f"/van-ban/tep/{file.public_id}/pdf/"
    assert "Đang tạo pdf" in client.get(address).content.decode()
    job = Job.objects.get(handler="documents.pdf")
    make_pdf(Run(job.pk, now, 1), **job.arguments)
    assert "Đã tạo xong" in client.get(address, headers={"HX-Request": "true"}).content.decode()
    answer = client.get(address)
    assert (answer.content[:5], answer.headers["Content-Type"]) == (b"%PDF-", "application/pdf")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''01-KH-UBND.pdf"


@pytest.mark.parametrize("text", ["²", "9" * 5000, "-1", "x"], ids=["superscript", "endless", "negative", "word"])
def test_what_is_no_number_is_no_fault(client_of: Clients, accepted: Document, text: str) -> None:
    clerk = client_of("clerk")
    assert clerk.get("/van-ban/so-den/", {"unit": text, "year": text}).status_code == 200
    assert clerk.get(f"/van-ban/{accepted.public_id}/", {"version": text}).status_code == 200
    assert clerk.post("/van-ban/tiep-nhan/", {"unit": text}).status_code == 404
    duty = Obligation.objects.filter(document=accepted).first()
    assert duty is not None
    before = (duty.due_rule, duty.alternatives)
    answer = clerk.post(f"/van-ban/{accepted.public_id}/nhiem-vu/{duty.pk}/", {"reading": text})
    duty.refresh_from_db()
    assert (answer.status_code, duty.due_rule, duty.alternatives) == (200, *before)
