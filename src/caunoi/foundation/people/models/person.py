"""People who work in the units."""

from __future__ import annotations

from django.db import models

from caunoi.kernel.fields import ByteOrderedField
from caunoi.kernel.ids import uuid7


class Person(models.Model):
    """A person; what they may do follows from the posts they hold."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    folded = models.CharField(max_length=300)
    """The name alone: an address that is shown masked is not found sign by sign either."""
    sort_key = ByteOrderedField(max_length=500)
    """Vietnamese order by given name, then family name."""

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="people_person_order"),
            models.Index(fields=["email"], name="people_person_email"),
        ]

    def __str__(self) -> str:
        return self.name
