"""The outline of a document: parts, articles, clauses, points and bare paragraphs, each with its place."""

from __future__ import annotations

from django.db import models


class Clause(models.Model):
    """A node of the outline; ``clause_id`` is stable within the document ("II.1.a")."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="+")
    clause_id = models.CharField(max_length=120)
    parent = models.ForeignKey("documents.Clause", on_delete=models.CASCADE, related_name="+", null=True)
    depth = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    """part, chapter, section, article, clause, point, item or paragraph."""
    marker = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    """Own text, without that of the nodes below."""
    is_heading = models.BooleanField(default=False)
    span_start = models.PositiveIntegerField(default=0)
    span_end = models.PositiveIntegerField(default=0)
    own_start = models.PositiveIntegerField(default=0)
    own_end = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["document_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "clause_id"], name="documents_clause_once"),
            models.UniqueConstraint(fields=["document", "position"], name="documents_clause_position"),
        ]

    def __str__(self) -> str:
        return f"{self.marker} {self.text}".strip()
