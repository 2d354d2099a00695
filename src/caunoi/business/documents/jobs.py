"""Reading in the background: idempotent, with progress; a killed worker only costs the time of reading again."""

from __future__ import annotations

import os
from collections.abc import Callable

from caunoi.business.documents.models import Document, DocumentFile, DocumentState, FileState
from caunoi.business.documents.operations.intake import (
    READ_JOB,
    FileRefused,
    file_refused,
    finish_reading,
    refuse_reading,
)
from caunoi.business.documents.operations.pictures import PDF_JOB, pdf_place, write_page
from caunoi.business.documents.operations.reading import FileReading
from caunoi.foundation.files.public import content_of
from caunoi.foundation.jobs.public import Run, handler
from caunoi.kernel.actor import system
from vanban.checks import check, finding_to_json
from vanban.diagnostics import UnreadableError
from vanban.document import SourceText
from vanban.parsing import parse
from vanban.reading import Limits, read
from vanban.writing.pdf import to_pdf

READER = system("Bộ đọc văn bản")
PAGES_AT_ONCE = os.cpu_count() or 1
"""Pages of a scan that are read side by side."""


@handler(READ_JOB)
def read_document(run: Run, /, **arguments: object) -> None:
    """Read the files of a document; a file that turns out unfit takes the document back with its reason."""
    found = Document.objects.filter(public_id=str(arguments["document"])).first()
    if found is None:
        return
    files = list(DocumentFile.objects.filter(document=found).select_related("stored_file").order_by("position"))
    if not any(file.state == FileState.WAITING for file in files):
        return
    try:
        readings = [_read(file, at, len(files), run.progress) for at, file in enumerate(files)]
        _refuse_secret(readings)
    except FileRefused as refused:
        if found.state != DocumentState.BEING_READ:
            raise
        refuse_reading(document=found, refused=refused, by=READER, at=run.at)
        return
    finish_reading(document=found, readings=readings, by=READER, at=run.at)


@handler(PDF_JOB)
def make_pdf(run: Run, /, **arguments: object) -> None:
    """Make the pdf of a docx by LibreOffice, unless it lies there already."""
    file = DocumentFile.objects.filter(public_id=str(arguments["file"])).select_related("stored_file").first()
    if file is None or pdf_place(file.stored_file).exists():
        return
    write_page(pdf_place(file.stored_file), to_pdf(content_of(file.stored_file)))


def _read(file: DocumentFile, at: int, files: int, progress: Callable[[int, int], None]) -> FileReading:
    """Read one file. An annex without words is kept and shown; a main file without words is refused."""

    def told(done: int, pages: int) -> None:
        progress(done, pages)

    content, name = content_of(file.stored_file), file.stored_file.name
    try:
        source = read(content, name=name, limits=Limits(), progress=told, workers=PAGES_AT_ONCE)
    except UnreadableError as error:
        if error.code == "no_text" and at > 0:
            source = SourceText("", file.stored_file.media_type)
        else:
            raise file_refused(error, name) from error
    parsed = parse(source)
    findings = tuple(dict(finding_to_json(one)) for one in check(parsed)) if at == 0 else ()
    return FileReading(file, parsed, findings)


def _refuse_secret(readings: list[FileReading]) -> None:
    """Refuse documents of state secrecy: they may not enter this system (Luật Bảo vệ bí mật nhà nước 2018)."""
    for one in readings:
        if one.parsed.secrecy is not None:
            raise FileRefused("documents.file_secret", name=one.file.stored_file.name, mark=one.parsed.secrecy.value)
