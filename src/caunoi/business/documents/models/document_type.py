"""Types of documents with their abbreviations: rows with their source and period, not constants."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.fields import ByteOrderedField


class DocumentFamily(models.TextChoices):
    """The body of rules that a type belongs to."""

    ADMINISTRATIVE = "administrative", "hành chính"
    NORMATIVE = "normative", "quy phạm pháp luật"
    PARTY = "party", "Đảng"
    COPY = "copy", "bản sao"
    OTHER = "other", "khác"


class DocumentType(models.Model):
    """One type, such as "Kế hoạch" with the abbreviation KH (NĐ 30/2020/NĐ-CP, Điều 7 and Phụ lục III)."""

    name = models.CharField(max_length=100)
    abbreviation = models.CharField(max_length=20, blank=True)
    """What stands in the symbol; empty for a dispatch (công văn)."""
    family = models.CharField(max_length=20, choices=DocumentFamily)
    source = models.CharField(max_length=300)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    folded = models.CharField(max_length=200)
    sort_key = ByteOrderedField(max_length=300)

    class Meta:
        ordering = ["family", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["family", "name", "from_on"], name="documents_type_once"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gt=models.F("from_on")),
                name="documents_type_period",
            ),
        ]

    def __str__(self) -> str:
        return self.name
