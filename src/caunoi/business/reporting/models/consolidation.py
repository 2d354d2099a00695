"""Consolidated reports: figures frozen when made, paragraphs with their sources, drawn charts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from caunoi.kernel.ids import uuid7


class Consolidation(models.Model):
    """The consolidated report of a campaign, made from the versions that counted at ``made_at``."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    campaign = models.ForeignKey("reporting.Campaign", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    expected = models.PositiveIntegerField()
    sent = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    """The packed totals of the whole campaign at that moment."""
    included = models.JSONField(default=list)
    """Ids of the versions that were taken in."""
    absent = models.JSONField(default=list)
    """Names of the units that had not reported."""
    overdue = models.JSONField(default=list)
    """[{unit, days, sent}]: units beyond their last day, by how many days, and whether the report has come since."""
    revision = models.PositiveIntegerField(default=0)
    """Counts the changes of the editor; files made of an earlier one are made again."""
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+", null=True)
    """The outgoing draft made from it."""
    answers = models.ForeignKey("reporting.ExpectedReporter", on_delete=models.PROTECT, related_name="+", null=True)
    """The report that the gathering unit itself owes to the body above and that this one fills."""
    answered_version = models.PositiveSmallIntegerField(null=True)
    """The version of that report which was made from this one."""
    issued_at = models.DateTimeField(null=True)
    """When its outgoing document was issued and sent."""
    held_back = models.JSONField(default=dict)
    """Why the report to the body above was not handed in with the document: {code, facts}; empty where it was."""

    class Meta:
        ordering = ["campaign_id", "-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["answers", "answered_version"], name="reporting_consolidation_answers_once"
            ),
            models.CheckConstraint(
                condition=Q(answers__isnull=True, answered_version__isnull=True)
                | Q(answers__isnull=False, answered_version__isnull=False),
                name="reporting_consolidation_answers_a_version",
            ),
        ]


class RunState(models.TextChoices):
    """How far the making of a consolidated report is."""

    WORKING = "working", "working"
    REFUSED = "refused", "refused"
    DONE = "done", "done"


class ConsolidationRun(models.Model):
    """The making of one consolidated report, as somebody asked for it; one at a time for each campaign."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    campaign = models.ForeignKey("reporting.Campaign", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=RunState, default=RunState.WORKING)
    reason = models.JSONField(default=dict)
    """Code and facts of a refusal."""
    made = models.ForeignKey("reporting.Consolidation", on_delete=models.PROTECT, related_name="+", null=True)
    account_id = models.BigIntegerField(null=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    """Who asked for it; the job acts with the rights of this person in ``post``."""
    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+", null=True)
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(state="working"), name="reporting_run_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="done", made__isnull=False) | Q(state__in=["working", "refused"], made__isnull=True),
                name="reporting_run_done_has_made",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "-begun_at"], name="reporting_run_recent")]


class ConsolidatedParagraph(models.Model):
    """One paragraph; ``sources`` says which units wrote it, and where."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    consolidation = models.ForeignKey("reporting.Consolidation", on_delete=models.CASCADE, related_name="+")
    section_code = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    text = models.TextField()
    original = models.TextField(blank=True)
    """As the units wrote it; empty for a paragraph added by the editor."""
    sources = models.JSONField(default=list)
    """[{submission, unit, paragraph}] with the version's public id, the unit's name, the paragraph's index from 0."""
    is_left_out = models.BooleanField(default=False)
    left_out_reason = models.CharField(max_length=300, blank=True)
    edited_by_name = models.CharField(max_length=200, blank=True)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["consolidation_id", "section_code", "position", "id"]
        indexes = [models.Index(fields=["consolidation", "section_code", "position"], name="reporting_paragraph_order")]


class ConsolidatedChart(models.Model):
    """A chart of one table, drawn once the figures are frozen."""

    consolidation = models.ForeignKey("reporting.Consolidation", on_delete=models.CASCADE, related_name="+")
    table_code = models.CharField(max_length=20)
    column_code = models.CharField(max_length=20)
    picture = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    """PNG, black on white, legible in grey."""
    sentence = models.TextField()

    class Meta:
        ordering = ["consolidation_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["consolidation", "table_code", "column_code"], name="reporting_chart_once")
        ]


class ConsolidatedPaper(models.Model):
    """A file made of one revision of a consolidated report: Word or pdf."""

    WORD, PDF = "docx", "pdf"

    consolidation = models.ForeignKey("reporting.Consolidation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4, choices=[(WORD, WORD), (PDF, PDF)])
    revision = models.PositiveIntegerField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["consolidation_id", "kind", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["consolidation", "kind", "revision"], name="reporting_paper_once")
        ]
