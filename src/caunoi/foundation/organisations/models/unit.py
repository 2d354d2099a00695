"""Units: any body in the tree or beside it, with names that have their period."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

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

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [models.Index(fields=["sort_key", "id"], name="organisations_unit_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=F("established_on")),
                name="organisations_unit_lives",
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """A name of a unit with its period, half open."""

    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    symbol = models.CharField(max_length=40, blank=True)
    seat = models.CharField(max_length=120, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["unit_id", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "from_on"], name="organisations_name_start"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(until_on__isnull=True), name="organisations_name_one_current"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="organisations_name_period"
            ),
        ]
