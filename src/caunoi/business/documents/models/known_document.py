"""What is known of documents that others cite: when they were issued, from when to when they are in force."""

from __future__ import annotations

from django.db import models


class Confidence(models.TextChoices):
    """How sure a row is; what is not confirmed shows "cần kiểm tra"."""

    CONFIRMED = "C", "đọc từ văn bản"
    SECOND_HAND = "C2", "theo nguồn thứ hai"
    KNOWN = "K", "kiến thức chung"
    UNSURE = "U", "chưa chắc chắn"


class KnownDocument(models.Model):
    """A row of the register of validity, with its source. ``until_on`` is the first day on which it is out of force."""

    code = models.CharField(max_length=80)
    key = models.CharField(max_length=160, db_index=True)
    """The key that citations of it carry."""
    type_name = models.CharField(max_length=100, blank=True)
    subject = models.CharField(max_length=1000, blank=True)
    issued_on = models.DateField(null=True)
    in_force_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    replaced_by = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=500)
    confidence = models.CharField(max_length=2, choices=Confidence)

    class Meta:
        ordering = ["code", "id"]
        constraints = [models.UniqueConstraint(fields=["code", "type_name", "issued_on"], name="documents_known_once")]

    def __str__(self) -> str:
        return self.code
