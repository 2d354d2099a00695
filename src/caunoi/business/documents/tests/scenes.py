"""Invented papers and short ways through the operations, shared by the tests of documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Final

import docx

from caunoi.business.documents.jobs import read_document
from caunoi.business.documents.models import Document
from caunoi.business.documents.operations.intake import Part, receive_files
from caunoi.foundation.jobs.public import Run
from caunoi.foundation.organisations.public import Unit
from caunoi.kernel.actor import Actor
from vanban.writing.docx import write
from vanban.writing.draft import Draft, IssueDate, Level, Section, SentTo, SignForm, SignLine, paragraph

OnCommit = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
"""The fixture ``django_capture_on_commit_callbacks`` of pytest-django."""
LIMIT: Final = 5 * 1024 * 1024
TITLE: Final = "Triển khai công tác đối ngoại ngành giáo dục năm 2026"


def paper(
    *, number: str | None = "142", day: int = 14, year: int = 2026, title: str = TITLE, extra: tuple[str, ...] = ()
) -> Draft:
    """Return a plan of the fictional province with bases, dated duties and recipients."""
    report = (
        "Các đơn vị báo cáo kết quả thực hiện về Sở Giáo dục và Đào tạo (qua Văn phòng Sở) trước ngày 10/12 hằng năm."
    )
    lines = ("Các trường trung học phổ thông gửi danh sách về Sở trước ngày 20 tháng 11 năm 2026.", report, *extra)
    clauses = tuple(Section(Level.CLAUSE, "", (paragraph(line),)) for line in lines)
    return Draft(
        issuer="Ủy ban nhân dân tỉnh Thanh Giang", place="Thanh Giang", symbol="KH-UBND", number=number, title=title,
        doc_type="Kế hoạch", issued=IssueDate(year, 9, day),
        bases=(
            "Căn cứ Chỉ thị số 25-CT/TW ngày 08 tháng 8 năm 2018 của Ban Bí thư về đẩy mạnh đối ngoại đa phương",
            "Thực hiện Quyết định số 1288/QĐ-TTg ngày 24 tháng 10 năm 2023 của Thủ tướng Chính phủ",
        ),
        body=(Section(Level.ROMAN, "TỔ CHỨC THỰC HIỆN", clauses),),
        recipients=(SentTo("Bộ Giáo dục và Đào tạo", "để báo cáo"), SentTo("Sở Ngoại vụ tỉnh Thanh Giang")),
        signing=(SignLine("Chủ tịch", SignForm.FOR_HEAD), SignLine("Phó Chủ tịch")), signer="Lê Hoàng Minh",
    )  # fmt: skip


def docx_of(draft: Draft) -> bytes:
    """Return the docx of a draft."""
    return write(draft)


def docx_saying(*lines: str) -> bytes:
    """Return a docx that holds nothing but these paragraphs."""
    made, out = docx.Document(), BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def received(
    unit: Unit, by: Actor, at: dt.datetime, content: bytes | None = None, name: str = "ke-hoach.docx"
) -> Document:
    """Return a document that was dropped in and waits to be read."""
    part = Part(docx_of(paper()) if content is None else content, name)
    return receive_files(parts=[part], unit=unit, limit=LIMIT, by=by, at=at)


def read_now(document: Document, at: dt.datetime) -> Document:
    """Read the files of a document as the worker would; return it as it is afterwards."""
    read_document(Run(0, at, 1), document=str(document.public_id))
    document.refresh_from_db()
    return document


def reviewed(unit: Unit, by: Actor, at: dt.datetime, draft: Draft | None = None) -> Document:
    """Return a document that has been read and waits for review."""
    return read_now(received(unit, by, at, docx_of(draft or paper())), at)
