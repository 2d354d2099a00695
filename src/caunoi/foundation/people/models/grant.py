"""Rights: a role over a part of the tree for a time, given to a post."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caunoi.foundation.people.rules.roles import Role
from caunoi.kernel.actor import Line


class Grant(models.Model):
    """The holder of ``post`` has ``role`` over ``unit`` (with everything below it when ``subtree``) during a period."""

    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    line = models.CharField(
        max_length=15, choices=[(line.value, line.value) for line in Line], default=Line.PROFESSIONAL
    )
    subtree = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["post_id", "from_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["post", "role", "unit", "line", "from_on"], name="people_grant_start"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="people_grant_period"
            ),
        ]
