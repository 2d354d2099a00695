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
    closed_on = models.DateField(null=True)
    """First day on which the post no longer exists."""

    class Meta:
        ordering = ["unit_id", "position", "id"]

    def __str__(self) -> str:
        return self.title


class Capacity(models.TextChoices):
    """As what somebody holds a post."""

    HOLDER = "holder", "holder"
    """Giữ chính thức."""
    ACTING = "acting", "acting"
    """Quyền (Q.)."""
    IN_CHARGE = "in_charge", "in_charge"
    """Phụ trách."""
    SUBSTITUTE = "substitute", "substitute"
    """Làm thay khi người giữ vắng mặt: beside the holder, and only for a time."""


class Holding(models.Model):
    """``person`` holds ``post`` in a ``capacity`` during a half-open period; one at a time, substitutes aside."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=12, choices=Capacity, default=Capacity.HOLDER)
    ground = models.CharField(max_length=300, blank=True)
    """The decision: number, date, organ."""
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["post_id", "from_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "post", "from_on"], name="people_holding_start"),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(until_on__isnull=True) & ~Q(capacity=Capacity.SUBSTITUTE),
                name="people_holding_one_current",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="people_holding_period"
            ),
            models.CheckConstraint(
                condition=~Q(capacity=Capacity.SUBSTITUTE) | Q(until_on__isnull=False),
                name="people_substitute_for_a_time",
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

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=4, choices=SigningForm, blank=True)
    head_title = models.CharField(max_length=200, blank=True)
    """Title printed after the form: "GIÁM ĐỐC" in "KT. GIÁM ĐỐC"; for TM. the collective."""
    title = models.CharField(max_length=200)
    """Own title printed below: "PHÓ GIÁM ĐỐC"."""
    ground = models.CharField(max_length=300, blank=True)
    scope = models.CharField(max_length=500, blank=True)
    """What may be signed: kinds of documents, fields of work."""
    given_by = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+", null=True)
    """The post of the head who gave it; empty for authority that comes from the office itself."""
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
