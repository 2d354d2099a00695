"""Unfit files: one clear sentence each, nothing half-saved, the file not kept."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from caunoi.business.documents.models import Document, DocumentFile, DocumentState, Reading
from caunoi.business.documents.operations.intake import FileRefused
from caunoi.business.documents.tests.scenes import LIMIT, OnCommit, docx_of, docx_saying, paper, read_now, received
from caunoi.foundation.files.public import StoredFile
from caunoi.surfaces.demonstration.office import Office


def _zip(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def _bomb() -> bytes:
    return _zip(word__document_xml=b"<w>" + b"0" * 60_000_000 + b"</w>")


def _entities() -> bytes:
    return _zip(word__document_xml=b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')


def _encrypted_docx() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    return head + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512


AT_ONCE: list[tuple[str, Callable[[], bytes], str]] = [
    ("to.txt", lambda: b"a" * (LIMIT + 1), "documents.file_too_large"),
    ("rong.docx", lambda: b"", "documents.file_empty"),
    ("doi-lot.pdf", lambda: docx_of(paper()), "documents.file_wrong_type"),
    ("chuong-trinh.docx", lambda: b"MZ" + b"\0" * 400, "documents.file_unsupported"),
    ("khoa.docx", _encrypted_docx, "documents.file_encrypted"),
    ("hong.docx", lambda: docx_of(paper())[:900], "documents.file_corrupt"),
    ("bom.docx", _bomb, "documents.file_zip_bomb"),
    ("thuc-the.docx", _entities, "documents.file_xml_entities"),
]


@pytest.mark.parametrize(("name", "make", "code"), AT_ONCE, ids=[code.partition("_")[2] for _, _, code in AT_ONCE])
def test_an_unfit_file_is_refused_at_once(
    office: Office, now: dt.datetime, today: dt.date, name: str, make: Callable[[], bytes], code: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        received(office.unit("so"), office.actor("clerk", on=today), now, make(), name)
    assert refused.value.code == code
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


def _empty_picture() -> bytes:
    out = BytesIO()
    Image.new("L", (1000, 1400), 255).save(out, "PNG")
    return out.getvalue()


LATER: list[tuple[str, Callable[[], bytes], str]] = [
    ("trang-trang.png", _empty_picture, "documents.file_no_text"),
    ("hong.pdf", lambda: b"%PDF-1.7\nnot a pdf at all", "documents.file_corrupt"),
    (
        "mat.docx",
        lambda: docx_saying(
            "MẬT", "ỦY BAN NHÂN DÂN TỈNH THANH GIANG", "Số: 12/BC-UBND", "BÁO CÁO", "Về tình hình quý I"
        ),
        "documents.file_secret",
    ),
]


@pytest.mark.parametrize(("name", "make", "code"), LATER, ids=[code.partition("_")[2] for _, _, code in LATER])
def test_what_only_reading_shows_takes_the_document_back(
    office: Office,
    now: dt.datetime,
    today: dt.date,
    name: str,
    make: Callable[[], bytes],
    code: str,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    document = received(office.unit("so"), office.actor("clerk", on=today), now, make(), name)
    path: Path = DocumentFile.objects.select_related("stored_file").get(document=document).stored_file.path
    with django_capture_on_commit_callbacks(execute=True):
        read_now(document, now)
    assert (document.state, document.refusal["code"]) == (DocumentState.REFUSED, code)
    assert (StoredFile.objects.count(), Reading.objects.count()) == (0, 0)
    assert not path.exists()
    assert document.body_text == ""


def test_the_page_says_each_refusal_in_one_sentence(client_of: Callable[[str], Client]) -> None:
    client = client_of("clerk")
    for name, make, code in AT_ONCE:
        content = b"a" * (settings.UPLOAD_LIMIT + 1) if code.endswith("too_large") else make()
        sent = SimpleUploadedFile(name, content)
        answer = client.post("/van-ban/tiep-nhan/", {"files": [sent], "together": "one"})
        assert answer.status_code == 422, name
        text = answer.content.decode()
        assert f"“{name}”" in text
        assert "documents.file" not in text
    assert Document.objects.count() == 0


def test_one_bad_file_of_several_documents_stops_only_itself(
    client_of: Callable[[str], Client], office: Office
) -> None:
    good, bad = SimpleUploadedFile("tot.docx", docx_of(paper())), SimpleUploadedFile("rong.docx", b"")
    answer = client_of("clerk").post("/van-ban/tiep-nhan/", {"files": [good, bad], "together": "each"}, follow=True)
    assert answer.redirect_chain == [(f"/van-ban/tiep-nhan/{Document.objects.get().public_id}/", 302)]
    assert "“rong.docx” không có nội dung" in answer.content.decode()


def test_one_bad_annex_refuses_the_whole_document(client_of: Callable[[str], Client]) -> None:
    good, bad = SimpleUploadedFile("tot.docx", docx_of(paper())), SimpleUploadedFile("rong.docx", b"")
    answer = client_of("clerk").post("/van-ban/tiep-nhan/", {"files": [good, bad], "together": "one"})
    assert answer.status_code == 422
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_the_refused_document_says_why_and_goes_away(
    client_of: Callable[[str], Client], office: Office, now: dt.datetime, today: dt.date
) -> None:
    document = read_now(
        received(office.unit("so"), office.actor("clerk", on=today), now, _empty_picture(), "trang.png"), now
    )
    client = client_of("clerk")
    page = client.get(f"/van-ban/tiep-nhan/{document.public_id}/")
    assert "Không đọc được chữ nào trong “trang.png”" in page.content.decode()
    client.post(f"/van-ban/tiep-nhan/{document.public_id}/loai/", {"reason": "refused"})
    assert Document.objects.count() == 0


def test_too_much_at_once_is_refused_before_it_is_read(
    client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "UPLOAD_LIMIT_TOGETHER", 1000)
    files = [SimpleUploadedFile(f"{at}.txt", b"x" * 600) for at in range(2)]
    page = client_of("specialist").post(reverse("documents:intake"), {"files": files, "together": "one"})
    assert "Các tệp gửi cùng lúc không được quá" in page.content.decode()
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()
