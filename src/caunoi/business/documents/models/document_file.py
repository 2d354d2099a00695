"""The files of a document and what was read from them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from caunoi.kernel.ids import uuid7


class FilePart(models.TextChoices):
    """What a file is in its document."""

    MAIN = "main", _("Văn bản chính")
    ANNEX = "annex", _("Phụ lục, biểu mẫu kèm theo")


class FileState(models.TextChoices):
    """How far the reading is."""

    WAITING = "waiting", "Chờ đọc"
    READ = "read", "Đã đọc"
    KEPT = "kept", "Chỉ lưu"
    """Kept and shown, its text not read (the form was made here or is a picture of an annex without words)."""


class DocumentFile(models.Model):
    """One file of a document; the original is kept byte for byte with its hash."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="+")
    stored_file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=5, choices=FilePart, default=FilePart.MAIN)
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=FileState, default=FileState.WAITING)
    page_count = models.PositiveIntegerField(default=0)
    """Pages that can be shown as pictures; 0 for formats without pages."""

    class Meta:
        ordering = ["document_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="documents_file_position"),
        ]


class Reading(models.Model):
    """What the library read from one file. ``facts`` says of each head field where it stands and how sure it is."""

    file = models.OneToOneField("documents.DocumentFile", on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    """The text that every span counts in."""
    blocks = models.JSONField(default=list)
    """[kind, start, end, page, flags] of every paragraph in reading order."""
    pages = models.JSONField(default=list)
    """[number, width, height, scanned] in points."""
    words = models.JSONField(default=list)
    """[page, start, end, left, top, right, bottom, confidence] in thousandths of the page."""
    facts = models.JSONField(default=dict)
    """Head field → {"value", "start", "end", "rule", "confidence"} as read; corrections stand beside as "corrected"."""
    diagnostics = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    """What the checker of form and consistency found."""
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
