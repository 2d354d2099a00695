"""The append-only audit: entries of what was done, and the chain that makes tampering evident."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.ids import uuid7


class ChainLink(models.Model):
    """One link a use case: a digest of its entries, chained to the link before it in its lane.

    Lanes let use cases that end at the same moment commit side by side. Each link also names the newest link of the
    other lanes (``witness``), so that lanes hold each other: a lane cut short is missed by the links that saw its end.
    """

    lane = models.PositiveSmallIntegerField(default=0)
    position = models.BigIntegerField()
    """From 1, without a gap, in each lane."""
    at = models.DateTimeField()
    entries_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    witness = models.CharField(max_length=64, blank=True, default="")
    """Hash of the newest link of another lane when this one was made; empty while there was none."""
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["lane", "position"]
        constraints = [models.UniqueConstraint(fields=["lane", "position"], name="audit_link_place")]
        indexes = [models.Index(fields=["hash"], name="audit_link_hash")]


class Entry(models.Model):
    """Who did what to which thing: ids for joining, printed names for reading years later."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    link = models.ForeignKey("audit.ChainLink", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    subject_label = models.CharField(max_length=500)
    unit_id = models.BigIntegerField(null=True)
    """The unit whose work it is, for reading by scope."""
    account_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=200)
    post_title = models.CharField(max_length=200)
    unit_name = models.CharField(max_length=300)
    address = models.CharField(max_length=64)
    changes = models.JSONField(default=dict)
    """Field → [before, after]."""
    folded = models.TextField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="audit_entry_subject"),
            models.Index(fields=["unit_id", "-at"], name="audit_entry_unit"),
            models.Index(fields=["-at", "-id"], name="audit_entry_latest"),
            models.Index(fields=["verb", "-at"], name="audit_entry_verb"),
            models.Index(fields=["person_id", "-at"], name="audit_entry_person"),
        ]
