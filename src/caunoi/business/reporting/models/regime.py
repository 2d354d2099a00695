"""Report regimes: the items of NĐ 09/2019/NĐ-CP, Điều 7, with the ground they rest on, in versions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from caunoi.business.reporting.rules.spans import CutOffOrigin, Span
from caunoi.business.reporting.rules.states import RegimeKind, RegimeState
from caunoi.business.reporting.rules.turns import Window
from caunoi.foundation.calendar.public import AfterRule, Bound, DayOffRule, DueRule, Rhythm
from caunoi.kernel.actor import Line
from caunoi.kernel.fields import ByteOrderedField
from caunoi.kernel.ids import uuid7


class ReportRegime(models.Model):
    """One version of a regime. It can be changed while a draft only; in force it is replaced by a later version."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    owner = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    """The unit that asks for the report and gathers it."""
    name = models.CharField(max_length=300)
    kind = models.CharField(
        max_length=10, choices=[(x.value, x.value) for x in RegimeKind], default=RegimeKind.PERIODIC
    )
    shipped_code = models.CharField(max_length=40, blank=True)
    """The shipped regime that it was taken over from."""
    content = models.TextField(blank=True)
    """Nội dung yêu cầu báo cáo."""
    asks_narrative = models.BooleanField(default=True)
    asks_figures = models.BooleanField(default=False)
    reporters_words = models.TextField(blank=True)
    """Who reports, in the words of the ground; ``ReporterGroup`` says which units that is."""
    line = models.CharField(max_length=15, choices=[(x.value, x.value) for x in Line], default=Line.PROFESSIONAL)
    receiver = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    desk = models.CharField(max_length=200, blank=True)
    """The office of the receiver that it goes through (qua Văn phòng Sở); differs from Sở to Sở."""
    desk_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    contact = models.CharField(max_length=300, blank=True)
    onward_to = models.CharField(max_length=300, blank=True)
    """Where the summary goes next."""
    sending_method = models.CharField(max_length=300, blank=True)
    rhythm = models.CharField(max_length=15, choices=[(x.value, x.value) for x in Rhythm], default=Rhythm.YEARLY)
    bound = models.CharField(max_length=20, choices=[(x.value, x.value) for x in Bound], default=Bound.NO_LATER_THAN)
    year = models.PositiveSmallIntegerField(null=True)
    """The one year of a report that is due once."""
    repeats = models.BooleanField(null=True, default=True)
    """``None``: the ground dates it for one year, and nobody has decided yet whether it comes back every year."""
    printed_due = models.TextField(blank=True)
    """The deadline in the printed words."""
    days_after = models.PositiveSmallIntegerField(null=True)
    """Due so many days after an event (ngày về), not on days of the year; each event is a campaign of its own."""
    days_after_working = models.BooleanField(default=False)
    """Whether those are working days."""
    day_off_rule = models.CharField(
        max_length=10, choices=[(x.value, x.value) for x in DayOffRule], default=DayOffRule.AS_PRINTED
    )
    """What becomes of a last day in time on which nobody works; the decree is silent."""
    undated = models.JSONField(default=list, blank=True)
    """Spans that the ground asks for without naming a day: somebody has to set it or leave the span out."""
    onward_bound = models.CharField(
        max_length=20, choices=[(x.value, x.value) for x in Bound], default=Bound.NO_LATER_THAN
    )
    """How the days read by which the summary has to be sent onward."""
    outline_note = models.TextField(blank=True)
    guidance = models.TextField(blank=True)
    """Hướng dẫn quy trình thực hiện; only if needed."""
    needs_approval = models.BooleanField(default=False)
    """Whether the head of the unit has to send it."""
    asks_signed_copy = models.BooleanField(default=False)
    """Whether a scan or signed pdf of the report has to be attached."""
    lead_days = models.PositiveSmallIntegerField(default=30)
    """How many days before the last day in time its campaign opens by itself."""
    lock_days = models.PositiveSmallIntegerField(default=10)
    """Working days after the last day in time until the campaign is locked."""
    ground_text = models.TextField(blank=True)
    ground_document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+", null=True)
    obligation = models.ForeignKey("documents.Obligation", on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(
        max_length=10, choices=[(x.value, x.value) for x in RegimeState], default=RegimeState.DRAFT
    )
    version = models.PositiveSmallIntegerField(default=1)
    previous = models.ForeignKey("reporting.ReportRegime", on_delete=models.PROTECT, related_name="+", null=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    folded = models.CharField(max_length=700)
    sort_key = ByteOrderedField(max_length=700)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["sort_key", "-version", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[x.value for x in RegimeState]), name="reporting_regime_state"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="reporting_regime_period"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(from_on__isnull=False), name="reporting_regime_in_force_is_dated"
            ),
            models.UniqueConstraint(
                fields=["previous"], condition=Q(previous__isnull=False), name="reporting_regime_one_successor"
            ),
        ]
        indexes = [models.Index(fields=["state", "owner"], name="reporting_regime_running")]

    def __str__(self) -> str:
        return self.name

    @property
    def after_rule(self) -> AfterRule | None:
        """The deadline as days after an event; ``None`` where it is due on days of the year."""
        return None if self.days_after is None else AfterRule(self.days_after, self.days_after_working)

    @property
    def due_rule(self) -> DueRule:
        """The deadline as a rule of the calendar; open while no turn has a day."""
        return DueRule(
            rhythm=Rhythm(self.rhythm),
            days=tuple((turn.month, turn.day) for turn in self.turns.all()),
            year=self.year if self.rhythm == Rhythm.ONCE else None,
            bound=Bound(self.bound),
            printed=self.printed_due,
        )


class RegimeTurn(models.Model):
    """One day of the year on which the report is due, with the period it covers and the cut-off of its figures."""

    regime = models.ForeignKey("reporting.ReportRegime", on_delete=models.CASCADE, related_name="turns")
    month = models.PositiveSmallIntegerField()
    """1-12; 0 for every month."""
    day = models.PositiveSmallIntegerField()
    span = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Span])
    cut_off_origin = models.CharField(
        max_length=5, choices=[(x.value, x.value) for x in CutOffOrigin], default=CutOffOrigin.LAW
    )
    cut_off_month = models.PositiveSmallIntegerField(null=True)
    """Month and day of an own cut-off; for a monthly report the month stays empty."""
    cut_off_day = models.PositiveSmallIntegerField(null=True)
    own_first_month = models.SmallIntegerField(null=True)
    """A period that the ground states itself, counted as in ``CutOffWindow``: 13 is January of the next year."""
    own_first_day = models.PositiveSmallIntegerField(null=True)
    own_last_month = models.SmallIntegerField(null=True)
    own_last_day = models.PositiveSmallIntegerField(null=True)
    onward_month = models.PositiveSmallIntegerField(null=True)
    """Day by which the receiver has to send its summary onward; 0 for the month of the due day."""
    onward_day = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["regime_id", "month", "day"]
        constraints = [
            models.UniqueConstraint(fields=["regime", "month", "day"], name="reporting_turn_once"),
            models.CheckConstraint(condition=Q(month__lte=12, day__gte=1, day__lte=31), name="reporting_turn_day"),
            models.CheckConstraint(
                condition=Q(cut_off_origin="law", cut_off_day__isnull=True)
                | Q(cut_off_origin="own", cut_off_day__gte=1, cut_off_day__lte=31),
                name="reporting_turn_own_cut_off_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(
                    own_first_month__isnull=True,
                    own_first_day__isnull=True,
                    own_last_month__isnull=True,
                    own_last_day__isnull=True,
                )
                | Q(
                    own_first_month__isnull=False,
                    own_first_day__isnull=False,
                    own_last_month__isnull=False,
                    own_last_day__isnull=False,
                ),
                name="reporting_turn_own_period_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(onward_day__isnull=True, onward_month__isnull=True)
                | Q(onward_day__gte=1, onward_day__lte=31, onward_month__lte=12),
                name="reporting_turn_onward_day",
            ),
        ]

    @property
    def own_window(self) -> Window | None:
        """The period that the ground states itself; ``None`` where the law's applies."""
        months = (self.own_first_month, self.own_last_month)
        days = (self.own_first_day, self.own_last_day)
        if months[0] is None or months[1] is None or days[0] is None or days[1] is None:
            return None
        return Window(months[0], days[0], months[1], days[1])


class ReporterGroup(models.Model):
    """Units that owe the report: those of ``kind`` at or below ``root`` in the regime's line."""

    regime = models.ForeignKey("reporting.ReportRegime", on_delete=models.CASCADE, related_name="groups")
    kind = models.ForeignKey("organisations.UnitKind", on_delete=models.PROTECT, related_name="+")
    root = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    days_earlier = models.PositiveSmallIntegerField(default=0)
    """Working days before the last day in time by which this kind owes it, where a level between gathers first."""

    class Meta:
        ordering = ["regime_id", "kind__position", "root_id"]
        constraints = [models.UniqueConstraint(fields=["regime", "kind", "root"], name="reporting_group_once")]
