"""Law on periods and limits of periodic reports, as dated rows with their source."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caunoi.business.reporting.rules.spans import Span

CONFIDENCE = [("C", "C"), ("C2", "C2"), ("K", "K"), ("U", "U")]
"""How sure the source is: read in the text, read second-hand, own knowledge, unknown. K and U are to be verified."""


class CutOffWindow(models.Model):
    """Period in which the figures of a span are gathered: first and last day, as months and days around the year.

    Months count from January of the year of the report: 0 is December of the year before. For a monthly span they count
    from the month itself: 0 is the month before.
    """

    span = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Span])
    first_month = models.SmallIntegerField()
    first_day = models.PositiveSmallIntegerField()
    last_month = models.SmallIntegerField()
    last_day = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    confidence = models.CharField(max_length=2, choices=CONFIDENCE)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["span", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["span", "from_on"], name="reporting_window_start"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="reporting_window_period"
            ),
        ]


class LegalLimit(models.Model):
    """A number that the law sets, such as the working days between cut-off and due day."""

    code = models.SlugField(max_length=60)
    value = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    confidence = models.CharField(max_length=2, choices=CONFIDENCE)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["code", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="reporting_limit_start"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="reporting_limit_period"
            ),
        ]
