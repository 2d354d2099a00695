"""Duties that a document lays on somebody: tasks, reports, statistics, each with who, to whom, when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from caunoi.foundation.calendar.public import DueRule
from caunoi.kernel.ids import uuid7


class ObligationKind(models.TextChoices):
    """What is ordered."""

    TASK = "task", "Nhiệm vụ"
    REPORT = "report", "Báo cáo"
    STATISTICS = "statistics", "Thống kê"


class ObligationState(models.TextChoices):
    """What the unit did with the duty."""

    OPEN = "open", "Chưa giao"
    HANDED_ON = "handed_on", "Đã giao"
    DISMISSED = "dismissed", "Không áp dụng"


WORDS_THAT_STAND_ALONE = 3
"""Fewer words than these name no work."""


class Obligation(models.Model):
    """One duty with one rhythm; an order with three deadlines is three rows."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="+")
    clause = models.ForeignKey("documents.Clause", on_delete=models.SET_NULL, related_name="+", null=True)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ObligationKind)
    who = models.JSONField(default=list)
    what = models.TextField()
    to_whom = models.JSONField(default=list)
    desk = models.CharField(max_length=200, blank=True)
    """The office it goes through."""
    onward_to = models.JSONField(default=list)
    due_rule = models.JSONField(null=True)
    """``DueRule.to_data()``; ``None`` when no time is printed."""
    alternatives = models.JSONField(default=list)
    """Other honest readings of the same words, each as ``DueRule.to_data()``."""
    open_questions = models.JSONField(default=list)
    """What the text leaves open: day, who, to_whom, yearly_or_once."""
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    due_start = models.PositiveIntegerField(null=True)
    due_end = models.PositiveIntegerField(null=True)
    rule = models.CharField(max_length=80, blank=True)
    confidence = models.FloatField(default=1.0)
    is_corrected = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ObligationState, default=ObligationState.OPEN)
    handed_on_kind = models.CharField(max_length=40, blank=True)
    handed_on_id = models.UUIDField(null=True)
    handed_on_label = models.CharField(max_length=500, blank=True)
    handed_on_at = models.DateTimeField(null=True)
    dismissed_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["document_id", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="handed_on") | Q(handed_on_id__isnull=False),
                name="documents_obligation_handed_on_where",
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | ~Q(dismissed_reason=""), name="documents_obligation_dismissed_why"
            ),
        ]
        indexes = [models.Index(fields=["state", "document"], name="documents_obligation_open")]

    @property
    def said(self) -> str:
        """What is to be done, in words that can stand alone.

        A bare verb ("gửi") is said with its whole clause; the cells of a row of a table are set apart by dots.
        """
        bare = len(self.what.split()) < WORDS_THAT_STAND_ALONE
        words = self.clause.text if bare and self.clause is not None and self.clause.text else self.what
        return " · ".join(filter(None, (cell.strip() for cell in words.split("|"))))

    @property
    def due(self) -> DueRule | None:
        """The deadline as a rule, or ``None`` when no time is printed."""
        return None if self.due_rule is None else DueRule.from_data(self.due_rule)
