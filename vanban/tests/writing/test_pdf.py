"""Drafts as pdf, where LibreOffice is installed."""

from __future__ import annotations

import shutil

import pypdfium2
import pytest

import vanban
from vanban.writing import to_pdf, write
from vanban.writing.draft import Draft

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def test_a_plan_with_annexes_becomes_pages_of_the_right_shape(drafts: dict[str, Draft]) -> None:
    document = pypdfium2.PdfDocument(to_pdf(write(drafts["plan"])))
    sizes = [(round(page.get_width()), round(page.get_height())) for page in document]
    assert sizes == [(595, 842), (842, 595), (595, 842)]


def test_the_pdf_reads_like_the_draft_and_has_no_finding(drafts: dict[str, Draft]) -> None:
    parsed = vanban.parse(vanban.read(to_pdf(write(drafts["plan"])), name="plan.pdf"))
    assert parsed.header.title is not None
    assert parsed.header.title.value == drafts["plan"].title
    assert [(one.rule, one.text) for one in vanban.check(parsed)] == []
