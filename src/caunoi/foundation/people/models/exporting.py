"""A workbook of everything that a unit owns on its way out."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.ids import uuid7


class ExportRun(models.Model):
    """One workbook for one person: made by a job with the rights of that person, thrown away after a while."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", on_delete=models.SET_NULL, related_name="+", null=True)
    """The workbook; ``None`` while it is being made and after its time."""
    sheets = models.JSONField(default=list)
    """[name, rows] of each sheet, when it is made."""
    account_id = models.BigIntegerField(null=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["person", "-asked_at"], name="people_export_person")]
