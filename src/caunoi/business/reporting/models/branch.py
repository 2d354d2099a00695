"""What a version of a report was made from: the reports of the units below, as they stood when they were taken."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.ids import uuid7


class BranchTaken(models.Model):
    """What one version took from the units below; once the version has left the unit it never changes."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    reporter = models.ForeignKey("reporting.ExpectedReporter", on_delete=models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField()
    """Number of the version; a later one without a row of its own goes on from here."""
    takes = models.JSONField(default=list)
    """[{at, by, campaign, sources: [[version id, unit]], absent: [unit], consolidation}]: each time that something was
    taken. ``consolidation`` marks the consolidated report, and its words then, that it was taken from
    (``queries.branch.seen_in``); empty where it was taken from the reports themselves."""
    cells = models.JSONField(default=dict)
    """Cell key → [index of the take, packed sum, units that answered, units that owe it, packed standing part]; the
    last is empty where ``BranchPart`` says what came from which unit."""
    sections = models.JSONField(default=dict)
    """Section code → [index of the take, the words taken]."""
    own = models.JSONField(default=dict)
    """Cell key → what is counted in totals in place of the cell (rules/branch.py); written when it is sent, and again
    when another report of the campaign that holds figures of the same units is sent or taken back."""
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["reporter_id", "-version"]
        constraints = [models.UniqueConstraint(fields=["reporter", "version"], name="reporting_branch_taken_version")]


class BranchPart(models.Model):
    """What in the figures of one version came from one unit below, however many levels down; it never changes."""

    submission = models.ForeignKey("reporting.Submission", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    cells = models.JSONField()
    """Cell key → packed figure."""

    class Meta:
        ordering = ["submission_id", "unit_id"]
        constraints = [models.UniqueConstraint(fields=["submission", "unit"], name="reporting_branch_part_unit")]
