"""Rights: a role over a part of the tree for a time, given to a post."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caunoi.foundation.people.rules.roles import Role
from caunoi.kernel.actor import Line
from caunoi.kernel.ids import uuid7


class Grant(models.Model):
    """The holder of ``post`` has ``role`` over ``unit`` (with everything below it when ``subtree``) during a period."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    line = models.CharField(
        max_length=15, choices=[(line.value, line.value) for line in Line], default=Line.PROFESSIONAL
    )
    subtree = models.BooleanField(default=False)
    ground = models.CharField(max_length=300, blank=True)
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
