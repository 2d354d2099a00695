"""A workbook of units and people on its way in: kept, looked through, and entered only when it is clean."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.ids import uuid7


class ImportState(models.TextChoices):
    """How far it is."""

    CHECKING = "checking", "checking"
    REFUSED = "refused", "refused"
    """The file itself cannot be read; ``reason`` says why."""
    WRONG = "wrong", "wrong"
    """Some cells are wrong: nothing can be entered."""
    READY = "ready", "ready"
    """Clean: it can be entered."""
    ENTERING = "entering", "entering"
    DONE = "done", "done"


class ImportRun(models.Model):
    """One file for the branch of ``unit``. What it holds is read from the file each time, never kept twice."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.CHECKING)
    reason = models.JSONField(default=dict)
    """Code and facts of a refusal of the whole file."""
    counts = models.JSONField(default=dict)
    """new, changed, unchanged, wrong, people, invitable."""
    findings = models.JSONField(default=list)
    outcome = models.JSONField(default=list)
    """Rows as they will be entered: number, code, name, what happens."""
    people = models.JSONField(default=list)
    """Ids of the people entered, to be invited."""
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    account_id = models.BigIntegerField(null=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    """Who sent it in; the job acts with the rights of this person in ``post``."""
    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+", null=True)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-begun_at", "-id"]
