"""Posts: work, rights and signing authority belong to them; people hold them for a time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caunoi.kernel.ids import uuid7


class Post(models.Model):
    """A post in a unit: Giám đốc, chuyên viên, văn thư."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    reports_to = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+", null=True)
    is_head = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["unit_id", "position", "id"]

    def __str__(self) -> str:
        return self.title


class Holding(models.Model):
    """``person`` holds ``post`` during a half-open period; ``is_acting`` for an acting holder (Q.)."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+")
    is_acting = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["post_id", "from_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "post", "from_on"], name="people_holding_start"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="people_holding_period"
            ),
        ]


class SigningForm(models.TextChoices):
    """Quyền hạn ký (NĐ 30/2020/NĐ-CP, Điều 13)."""

    HEAD = "", "—"
    TM = "TM.", "TM."
    KT = "KT.", "KT."
    TL = "TL.", "TL."
    TUQ = "TUQ.", "TUQ."
    Q = "Q.", "Q."


class SigningAuthority(models.Model):
    """The holder of ``post`` signs for ``unit`` in ``form`` during a period; TUQ. needs a written ground and an end."""

    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=4, choices=SigningForm, blank=True)
    head_title = models.CharField(max_length=200, blank=True)
    """Title printed after the form: "GIÁM ĐỐC" in "KT. GIÁM ĐỐC"; for TM. the collective."""
    title = models.CharField(max_length=200)
    """Own title printed below: "PHÓ GIÁM ĐỐC"."""
    ground = models.CharField(max_length=300, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["unit_id", "from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(form="TUQ.") | (~Q(ground="") & Q(until_on__isnull=False)),
                name="people_authority_by_authorisation_is_written_and_limited",
            ),
        ]
