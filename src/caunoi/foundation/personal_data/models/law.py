"""Dated rows of law about personal data: grounds, retention, limits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from caunoi.foundation.personal_data.rules.clocks import Measured


class LawRow(models.Model):
    """What every dated row has: a code that may return with other dates, words, source and mark."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    mark = models.CharField(max_length=2)
    """How sure the reading is: C, C2, K (known, to be verified), U (decided by the office)."""
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["code", "from_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code", "from_on"], name="%(app_label)s_%(class)s_start"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="%(app_label)s_%(class)s_period"
            ),
        ]

    @property
    def is_to_verify(self) -> bool:
        """Whether the administrator should check the row against the law."""
        return self.mark in ("K", "U")


class Ground(LawRow):
    """Why personal data may be processed."""

    needs_consent = models.BooleanField(default=False)


class Retention(LawRow):
    """How long personal data are kept."""

    months = models.PositiveSmallIntegerField(default=0)
    """0: as long as the file that holds them."""


class Limit(LawRow):
    """Within what time something is due, or from what number it is unusual."""

    amount = models.PositiveSmallIntegerField()
    measured = models.CharField(max_length=15, choices=[(one.value, one.value) for one in Measured])
