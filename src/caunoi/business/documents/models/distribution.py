"""Handing a document over for handling, the opinions on its way, and who has read it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DistributionRole(models.TextChoices):
    """What is asked of those it is handed to."""

    LEAD = "lead", _("Chủ trì")
    SUPPORTING = "supporting", _("Phối hợp")
    INFORM = "inform", _("Để biết")


class Distribution(models.Model):
    """A document handed to a unit, or to one post in it, by the leader."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+", null=True)
    role = models.CharField(max_length=10, choices=DistributionRole)
    due_on = models.DateField(null=True)
    person_name = models.CharField(max_length=200)
    """Who handed it over."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["document_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "unit"], condition=Q(post__isnull=True), name="documents_distribution_unit_once"
            ),
            models.UniqueConstraint(
                fields=["document", "post"], condition=Q(post__isnull=False), name="documents_distribution_post_once"
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(role="lead"), name="documents_distribution_one_lead"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "document"], name="documents_distribution_unit"),
        ]

    @property
    def shown_to(self) -> str:
        """Whom it was handed to, in print."""
        return self.post.title if self.post is not None else self.unit.name


class OpinionKind(models.TextChoices):
    """What was said at which step."""

    DISTRIBUTED = "distributed", _("Ý kiến phân phối")
    SETTLED = "settled", _("Kết quả giải quyết")
    PRESENTED = "presented", _("Trình ký")
    RETURNED = "returned", _("Trả lại")
    SIGNED = "signed", _("Ký")


class Opinion(models.Model):
    """One opinion on the way of a document or a draft (phiếu giải quyết, ý kiến trình ký)."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=OpinionKind)
    text = models.CharField(max_length=2000, blank=True)
    person_name = models.CharField(max_length=200)
    post_title = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["document_id", "at", "id"]


class ReadMark(models.Model):
    """The holder of a post has opened a document."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey("people.Post", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["document", "post"], name="documents_read_mark_once")]
