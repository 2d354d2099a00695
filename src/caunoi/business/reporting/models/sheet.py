"""One file with a row for each unit, entered by those who gather in the place of all of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from caunoi.kernel.ids import uuid7


class SheetState(models.TextChoices):
    """How far a file is."""

    CHECKING = "checking", "checking"
    REFUSED = "refused", "refused"
    """The file itself cannot be read; ``reason`` says why."""
    WRONG = "wrong", "wrong"
    """Something in it has to be mended: nothing is entered."""
    READY = "ready", "ready"
    ENTERING = "entering", "entering"
    DONE = "done", "done"


class RowOutcome(models.TextChoices):
    """What a row of a file does; in the order in which the page shows them."""

    WRONG = "1-wrong", "wrong"
    MENDS = "2-mends", "mends"
    """Replaces the version that was returned to the unit."""
    ENTERS = "3-enters", "enters"
    SAME = "4-same", "same"
    """Says what has been sent already."""


class UnitSheet(models.Model):
    """One file on its way in. What is entered is read from the file each time; ``SheetRow`` is for the eye alone."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    campaign = models.ForeignKey("reporting.Campaign", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=300)
    """Why the units do not send themselves; printed on each of their reports."""
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.CHECKING)
    reason = models.JSONField(default=dict)
    """Code and facts of a refusal of the whole file."""
    findings = models.JSONField(default=list)
    units = models.PositiveIntegerField(default=0)
    """Rows that are entered."""
    unchanged = models.PositiveIntegerField(default=0)
    """Rows that say what has been sent already."""
    faults = models.PositiveIntegerField(default=0)
    """Places to be mended; ``findings`` holds the first of them."""
    account_id = models.BigIntegerField(null=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    """Who sent it in; the job acts with the rights of this person in ``post``."""
    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+", null=True)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SheetState.values), name="reporting_sheet_state"),
            models.CheckConstraint(condition=~Q(ground=""), name="reporting_sheet_has_a_ground"),
        ]
        indexes = [models.Index(fields=["campaign", "-begun_at"], name="reporting_sheet_recent")]


class SheetRow(models.Model):
    """What one row of a file would do, as it was looked through last."""

    sheet = models.ForeignKey("reporting.UnitSheet", on_delete=models.CASCADE, related_name="+")
    row = models.PositiveIntegerField()
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    outcome = models.CharField(max_length=8, choices=RowOutcome)
    faults = models.PositiveIntegerField(default=0)
    values = models.JSONField(default=list)
    """The packed figures in the order of the form, ``None`` where there is none; empty for a row that is wrong."""
    before = models.JSONField(default=list)
    """Those of the version that was returned; empty where there was none."""
    sections = models.JSONField(default=list)
    """Codes of the sections that are written, or written otherwise than before."""

    class Meta:
        ordering = ["sheet_id", "outcome", "row"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "row"], name="reporting_sheet_row_once"),
            models.CheckConstraint(condition=Q(outcome__in=RowOutcome.values), name="reporting_sheet_row_outcome"),
        ]
        indexes = [models.Index(fields=["sheet", "outcome", "row"], name="reporting_sheet_row_order")]
