"""Campaigns and the frozen list of units that owe a report."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caunoi.business.reporting.rules.rungs import Audience
from caunoi.business.reporting.rules.spans import CutOffOrigin, Span
from caunoi.business.reporting.rules.states import CampaignState, ChangeState, ReporterState
from caunoi.foundation.calendar.public import Bound
from caunoi.kernel.actor import Line
from caunoi.kernel.fields import ByteOrderedField
from caunoi.kernel.ids import uuid7


class Campaign(models.Model):
    """One turn of a regime, with its four dates: period, cut-off, due, lock."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    regime = models.ForeignKey("reporting.ReportRegime", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=15, choices=[(x.value, x.value) for x in Line])
    root_path = ByteOrderedField(max_length=120)
    """Path of the owner on the day the list was frozen; totals are kept from here down."""
    name = models.CharField(max_length=400)
    span = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Span])
    span_year = models.PositiveSmallIntegerField()
    span_month = models.PositiveSmallIntegerField(default=0)
    """1-12 for monthly reports, else 0."""
    period_from_on = models.DateField()
    period_until_on = models.DateField()
    """First day after the period."""
    cut_off_on = models.DateField()
    """Last day whose figures count."""
    cut_off_origin = models.CharField(max_length=5, choices=[(x.value, x.value) for x in CutOffOrigin])
    due_on = models.DateField()
    """The printed day."""
    bound = models.CharField(max_length=20, choices=[(x.value, x.value) for x in Bound])
    last_day_on = models.DateField()
    """The last day that is in time."""
    lock_on = models.DateField(null=True)
    """First day on which nothing can be sent any more."""
    state = models.CharField(max_length=10, choices=[(x.value, x.value) for x in CampaignState])
    expected = models.PositiveIntegerField(default=0)
    event = models.CharField(max_length=200, blank=True)
    """What a report due some days after an event is about, such as one journey; empty for a period of the year."""
    event_on = models.DateField(null=True)
    """The day from which its deadline is counted (ngày về)."""
    previous = models.ForeignKey("reporting.Campaign", on_delete=models.PROTECT, related_name="+", null=True)
    """The campaign that it was opened after, "same as last year"."""
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    folded = models.CharField(max_length=900)

    class Meta:
        ordering = ["-last_day_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["regime", "span", "span_year", "span_month"],
                condition=Q(event_on__isnull=True),
                name="reporting_campaign_one_per_period",
            ),
            models.UniqueConstraint(
                fields=["regime", "event", "event_on"],
                condition=Q(event_on__isnull=False),
                name="reporting_campaign_one_per_event",
            ),
            models.CheckConstraint(
                condition=Q(span="event", event_on__isnull=False) | ~Q(span="event") & Q(event_on__isnull=True),
                name="reporting_campaign_event_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(period_until_on__gt=F("period_from_on")), name="reporting_campaign_period"
            ),
            models.CheckConstraint(
                condition=Q(lock_on__isnull=True) | Q(lock_on__gt=F("last_day_on")),
                name="reporting_campaign_lock_after_due",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[x.value for x in CampaignState]), name="reporting_campaign_state"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-last_day_on", "-id"], name="reporting_campaign_list"),
            models.Index(fields=["state", "last_day_on"], name="reporting_campaign_running"),
        ]

    def __str__(self) -> str:
        return self.name


class ExpectedReporter(models.Model):
    """One unit that owes a report in one campaign, with its name, kind and path on the day the list was frozen."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    campaign = models.ForeignKey("reporting.Campaign", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    path = ByteOrderedField(max_length=120)
    name = models.CharField(max_length=300)
    kind_code = models.CharField(max_length=40)
    kind_name = models.CharField(max_length=120)
    folded = models.CharField(max_length=700)
    sort_key = ByteOrderedField(max_length=700)
    state = models.CharField(
        max_length=12, choices=[(x.value, x.value) for x in ReporterState], default=ReporterState.NOT_STARTED
    )
    last_day_on = models.DateField()
    """The unit's own last day in time: that of the campaign, or later when it was extended."""
    lock_on = models.DateField(null=True)
    extension_ground = models.CharField(max_length=300, blank=True)
    heir = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    """The unit that gives this report in place of one that is gone; its index holds only the few rows that have one."""
    behalf_ground = models.CharField(max_length=300, blank=True)
    """Why those who gather may enter the report in the place of the unit; empty: only the unit itself does."""
    versions = models.PositiveSmallIntegerField(default=0)
    """How many versions of its report exist."""
    returns = models.PositiveSmallIntegerField(default=0)
    first_sent_at = models.DateTimeField(null=True)
    """When the first version was sent: the moment that decides on time or late."""
    days_late = models.PositiveSmallIntegerField(default=0)
    chased = models.PositiveSmallIntegerField(default=0)
    last_chased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["campaign_id", "sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="reporting_reporter_once"),
            models.CheckConstraint(
                condition=Q(state__in=[x.value for x in ReporterState]), name="reporting_reporter_state"
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "path"], name="reporting_reporter_path"),
            models.Index(fields=["campaign", "sort_key", "id"], name="reporting_reporter_order"),
            models.Index(fields=["campaign", "state", "last_day_on"], name="reporting_reporter_late"),
            models.Index(fields=["unit", "state", "last_day_on"], name="reporting_reporter_due"),
            models.Index(fields=["heir"], condition=Q(heir__isnull=False), name="reporting_reporter_heir"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def bearer_id(self) -> int:
        """The unit that gives the report: the heir of one that is gone, else the unit itself."""
        return self.heir_id or self.unit_id


class CampaignChange(models.Model):
    """What the birth, merger, move or end of one unit means to one campaign whose list was frozen before."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    campaign = models.ForeignKey("reporting.Campaign", on_delete=models.PROTECT, related_name="+")
    event_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    """The kind of event in the words of organisations: merge, split, dissolve …"""
    effective_on = models.DateField()
    unit = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+")
    """Goes with a unit whose founding is taken back: a line that only offers or tells keeps no event alive."""
    heir = models.ForeignKey("organisations.Unit", on_delete=models.CASCADE, related_name="+", null=True)
    reporter = models.ForeignKey("reporting.ExpectedReporter", on_delete=models.PROTECT, related_name="+", null=True)
    before = models.CharField(max_length=12, blank=True)
    """State of the reporter before, to be restored when the event is undone."""
    state = models.CharField(max_length=10, choices=[(x.value, x.value) for x in ChangeState])
    decided_by = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["campaign_id", "-effective_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "event_id", "unit"], name="reporting_change_once"),
            models.CheckConstraint(
                condition=Q(state__in=[x.value for x in ChangeState]), name="reporting_change_state"
            ),
        ]
        indexes = [models.Index(fields=["event_id"], name="reporting_change_event")]


class Question(models.Model):
    """A question on one unit's report, by the unit or by those who gather, with its answer."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    campaign = models.ForeignKey("reporting.Campaign", on_delete=models.PROTECT, related_name="+")
    reporter = models.ForeignKey("reporting.ExpectedReporter", on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=80, blank=True)
    """What it is about: ``section:s2``, ``cell:b1.r1.c1``; empty for the report as a whole."""
    place_label = models.CharField(max_length=300, blank=True)
    is_from_unit = models.BooleanField()
    text = models.TextField()
    asked_by = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    is_for_all = models.BooleanField(default=False)
    """Shown to every unit of the campaign as a frequent question."""

    class Meta:
        ordering = ["reporter_id", "asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="reporting_question_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["reporter", "asked_at"], name="reporting_question_thread"),
            models.Index(fields=["campaign", "answered_at"], name="reporting_question_open"),
        ]


class ReminderRung(models.Model):
    """One rung of the ladder of reminders: so many days before or after the last day in time, and who hears."""

    regime = models.ForeignKey("reporting.ReportRegime", on_delete=models.PROTECT, related_name="+", null=True)
    """Whose own ladder it belongs to; ``None``: the ladder of the house."""
    code = models.SlugField(max_length=30)
    offset_days = models.SmallIntegerField()
    """Days after the last day in time; negative before it."""
    audience = models.CharField(max_length=10, choices=[(x.value, x.value) for x in Audience])
    source = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["offset_days", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["offset_days", "from_on"], condition=Q(regime__isnull=True), name="reporting_rung_of_house"
            ),
            models.UniqueConstraint(
                fields=["regime", "offset_days", "from_on"],
                condition=Q(regime__isnull=False),
                name="reporting_rung_of_regime",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="reporting_rung_period"
            ),
        ]
