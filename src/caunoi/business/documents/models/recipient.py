"""Who a document is addressed to and who receives it."""

from __future__ import annotations

from django.db import models


class RecipientKind(models.TextChoices):
    """Kính gửi or Nơi nhận."""

    ADDRESSEE = "addressee", "Kính gửi"
    RECIPIENT = "recipient", "Nơi nhận"


class Recipient(models.Model):
    """One line of "Kính gửi" or "Nơi nhận", with the unit of the tree it names when that is known."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=RecipientKind)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500)
    purpose = models.CharField(max_length=120, blank=True)
    """"để báo cáo", "để thực hiện"."""
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["document_id", "kind", "position", "id"]
