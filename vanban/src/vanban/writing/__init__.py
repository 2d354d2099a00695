"""Writes documents: a draft becomes docx in the layout of the decree, or pdf; a parsed document becomes Akoma Ntoso."""

from vanban.writing.akn import to_akn
from vanban.writing.docx import write
from vanban.writing.exchange import InvalidDraftError, draft_from_json, draft_to_json
from vanban.writing.pdf import to_pdf
from vanban.writing.redraft import draft_from

__all__ = ["InvalidDraftError", "draft_from", "draft_from_json", "draft_to_json", "to_akn", "to_pdf", "write"]
