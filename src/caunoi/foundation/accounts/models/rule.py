"""Rules of signing in: dated rows with their source."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

CONFIDENCE = [(mark, mark) for mark in ("C", "C2", "I", "K", "U")]
"""C read in the text, C2 second-hand, I set by this system, K own knowledge, U unknown. K and U are to be verified."""


class SignInRule(models.Model):
    """One rule from a day on, such as the wrong attempts until an account is locked."""

    code = models.SlugField(max_length=40)
    value = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=2, choices=CONFIDENCE)
    note = models.CharField(max_length=300, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["code", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="accounts_rule_start"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(until_on__isnull=True), name="accounts_rule_open_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="accounts_rule_period"
            ),
        ]

    @property
    def needs_verifying(self) -> bool:
        """Whether nobody has read this value in the text of the law."""
        return self.confidence in ("K", "U")
