"""Pictures of pages and the pdf of a docx, kept beside their original and gone with it."""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
from pathlib import Path

from django.db import transaction

from caunoi.business.documents.models import DocumentFile
from caunoi.foundation.files.public import StoredFile
from caunoi.foundation.jobs.public import enqueue

PDF_JOB = "documents.pdf"


def pages_folder(stored: StoredFile) -> Path:
    """Return the folder of what is made from a kept file: pictures of pages, a pdf. It can be made anew at any time."""
    return stored.path.with_name(f"{stored.sha256}.pages")


def write_page(place: Path, content: bytes) -> None:
    """Write one of them so that a reader never sees half of it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    draft.write_bytes(content)
    draft.replace(place)


def forget_pages(stored: StoredFile) -> None:
    """Remove everything made from a file once it is certain that nobody keeps it any more."""
    transaction.on_commit(lambda: _remove(stored))


def _remove(stored: StoredFile) -> None:
    if not StoredFile.objects.filter(sha256=stored.sha256).exists():
        shutil.rmtree(pages_folder(stored), ignore_errors=True)


def pdf_place(stored: StoredFile) -> Path:
    """Return where the pdf of a docx lies once it is made."""
    return pages_folder(stored) / "document.pdf"


def pdf_key(file: DocumentFile) -> str:
    """Return the key of the job that makes the pdf of a file."""
    return f"{PDF_JOB}:{file.public_id}"


def request_pdf(file: DocumentFile, *, at: dt.datetime) -> None:
    """Have the pdf of a docx made; asked twice, it is made once."""
    enqueue(PDF_JOB, at=at, key=pdf_key(file), file=str(file.public_id))
