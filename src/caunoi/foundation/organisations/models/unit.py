"""Units: any body in the tree or beside it, with names that have their period."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from caunoi.foundation.organisations.rules.kinds import Level
from caunoi.kernel.fields import ByteOrderedField
from caunoi.kernel.ids import uuid7


class UnitKind(models.Model):
    """What a unit is: a ministry, a Sở, an office of a Sở, a school, a consultancy, an outside body. Data, not code."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    is_outside = models.BooleanField(default=False)
    """Outside the sector: UBND, Sở Ngoại vụ, ministries other than education."""
    position = models.PositiveSmallIntegerField(default=0)
    level = models.CharField(
        max_length=12, choices=[(level.value, level.value) for level in Level], default=Level.INSTITUTION.value
    )
    until_on = models.DateField(null=True)
    """First day on which the law no longer knows the kind."""
    source = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=2, blank=True)
    """How sure the source is: C read, C2 second-hand, K known, U unsure. K and U are shown "to verify"."""

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A body. ``name`` and its kin repeat the name in force today; the truth over time is in ``UnitName``."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.ForeignKey("organisations.UnitKind", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    """Identifier of the body (OrganId of NĐ 30/2020 Phụ lục VI, or our own)."""
    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    symbol = models.CharField(max_length=40, blank=True)
    """Abbreviation in document codes: SGDĐT, THPTBM."""
    seat = models.CharField(max_length=120, blank=True)
    """Địa danh printed before the date (NĐ 30/2020 Phụ lục I)."""
    folded = models.CharField(max_length=700)
    sort_key = ByteOrderedField(max_length=700)
    established_on = models.DateField()
    dissolved_on = models.DateField(null=True)
    """First day on which it no longer exists."""
    revision = models.PositiveIntegerField(default=1)
    """Counts the events that named the unit; an editor who saw another count is refused."""
    changed_at = models.DateTimeField(null=True)
    changed_by = models.CharField(max_length=200, blank=True)
    as_on: dt.date | None = None
    """Not kept: the day as on which a page shows the unit, for what other modules add to that page."""

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [
            # holds everything the picker asks about, so that it reads no rows but those it shows
            models.Index(
                fields=["sort_key", "id", "folded", "established_on", "dissolved_on"],
                name="organisations_unit_picking",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=F("established_on")),
                name="organisations_unit_lives",
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """What a unit is called and what it is during a half-open period: names, symbol, seat, code, kind."""

    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    symbol = models.CharField(max_length=40, blank=True)
    seat = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=40)
    kind = models.ForeignKey("organisations.UnitKind", on_delete=models.PROTECT, related_name="+")
    folded = models.CharField(max_length=700)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    opened_by = models.ForeignKey("organisations.UnitEvent", on_delete=models.PROTECT, related_name="+", null=True)
    closed_by = models.ForeignKey("organisations.UnitEvent", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["unit_id", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "from_on"],
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="organisations_name_start",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(until_on__isnull=True), name="organisations_name_one_current"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="organisations_name_period"
            ),
        ]
