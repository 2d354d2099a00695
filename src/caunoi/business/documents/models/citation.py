"""Documents that a document rests on or mentions, and whether the unit holds them."""

from __future__ import annotations

from django.db import models


class CitationState(models.TextChoices):
    """Whether the cited document is at hand."""

    HELD = "held", "Đang giữ"
    NOT_HELD = "not_held", "Chưa có"
    AMBIGUOUS = "ambiguous", "Chưa rõ văn bản nào"
    CONFLICTING = "conflicting", "Lệch ngày hoặc cơ quan ban hành"
    EXPIRED = "expired", "Hết hiệu lực"


class DocumentCitation(models.Model):
    """One cited document; several mentions of the same one are one row, placed at the first."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=160)
    """One key for all spellings, as the library makes it."""
    code_key = models.CharField(max_length=100)
    """The key by which held documents are looked up (``rules.codes.key``)."""
    type_name = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=80)
    """Number and symbol as printed."""
    issued_on = models.DateField(null=True)
    issuer = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True)
    provision = models.CharField(max_length=200, blank=True)
    is_basis = models.BooleanField(default=False)
    mentions = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=CitationState, default=CitationState.NOT_HELD)
    held_document = models.ForeignKey("documents.Document", on_delete=models.SET_NULL, related_name="+", null=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    rule = models.CharField(max_length=80, blank=True)
    confidence = models.FloatField(default=1.0)
    is_corrected = models.BooleanField(default=False)

    class Meta:
        ordering = ["document_id", "position", "id"]
        indexes = [models.Index(fields=["code_key"], name="documents_citation_code")]
