"""Events of units, and who follows whom. What an event opened and closed points back to it: so it can be undone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caunoi.foundation.organisations.rules.kinds import EventKind
from caunoi.kernel.ids import uuid7


class UnitEvent(models.Model):
    """One decision about units. The deciding document is text: documents stand in a higher tier."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in EventKind])
    effective_on = models.DateField()
    decision_code = models.CharField(max_length=80, blank=True)
    decision_on = models.DateField(null=True)
    decision_organ = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    label = models.CharField(max_length=500)
    """Names of the units concerned as printed when the event was entered; survives an undone establishment."""
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-effective_on", "-id"]
        indexes = [models.Index(fields=["-effective_on", "-id"], name="organisations_event_order")]

    def __str__(self) -> str:
        return self.label


class UnitEventPart(models.Model):
    """A unit that an event concerns by name (not those that merely stand beneath)."""

    event = models.ForeignKey("organisations.UnitEvent", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["event_id", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "unit"], name="organisations_part_once")]


class Succession(models.Model):
    """``successor`` takes over from ``predecessor``. Principal: it carries the whole of a unit that has ended."""

    event = models.ForeignKey("organisations.UnitEvent", on_delete=models.CASCADE, related_name="+")
    predecessor = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    is_principal = models.BooleanField(default=False)
    duties = models.CharField(max_length=500, blank=True)
    """Which duties pass over, where it is not all of them."""

    class Meta:
        ordering = ["from_on", "-is_principal", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "predecessor", "successor"], name="organisations_succession_once"),
            models.UniqueConstraint(
                fields=["predecessor"], condition=Q(is_principal=True), name="organisations_succession_one_principal"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="organisations_succession_not_itself"
            ),
        ]


class UnitHeir(models.Model):
    """Derived from the principal successions: the unit that carries an ended ``unit`` during a period."""

    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    heir = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["unit_id", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "from_on"], name="organisations_heir_start"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="organisations_heir_period"
            ),
        ]
