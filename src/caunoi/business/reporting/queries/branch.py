"""What the units below one that reports have sent, and what its report took from them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from caunoi.business.reporting.access import Permission, reporters_of
from caunoi.business.reporting.models import Campaign, ExpectedReporter, Submission
from caunoi.business.reporting.queries.forms import form_of
from caunoi.business.reporting.queries.taken import counted_versions
from caunoi.business.reporting.rules.branch import Below, Summed, same_form, summed, told
from caunoi.business.reporting.rules.states import SENT, CampaignState, ReporterState
from caunoi.foundation.organisations.public import END
from caunoi.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Source:
    """A campaign in which units below report in the same form, with those that have sent and those that have not."""

    campaign: Campaign
    is_same: bool
    """Whether it is the campaign that is reported to; otherwise one that the unit opened itself."""
    sent: int
    absent: list[str]

    @property
    def key(self) -> str:
        """The campaign in an address."""
        return str(self.campaign.public_id)

    @property
    def expected(self) -> int:
        """How many units below owe a report there."""
        return self.sent + len(self.absent)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a source has for a form: figures and words by place, and the reports behind them."""

    source: Source
    below: list[Below]
    figures: dict[str, Summed]
    words: dict[str, str]

    @property
    def seen(self) -> str:
        """What a preview rests on: it differs when a report below came, went or was replaced."""
        return " ".join(sorted(one.submission for one in self.below))


def sources_for(reporter: ExpectedReporter, by: Actor) -> list[Source]:
    """Return the campaigns from which a person may fill the report of a unit: those with units below it.

    The campaign itself where units below report in it as well, and campaigns that the unit opened for the same period
    with the same form. Nothing where the person may not read all of those reports.
    """
    campaign, form = reporter.campaign, form_of(reporter.campaign.regime)
    made = [_source(campaign, _below_in(campaign, reporter), by, is_same=True)]
    units = [each for each in (reporter.unit_id, reporter.heir_id) if each is not None]
    own = Campaign.objects.filter(
        owner_id__in=units, span=campaign.span, span_year=campaign.span_year, span_month=campaign.span_month
    ).exclude(Q(state=CampaignState.PREPARING) | Q(pk=campaign.pk))
    others = [
        c for c in own.select_related("regime").order_by("-opened_at", "-pk") if same_form(form_of(c.regime), form)
    ]
    made += [_source(other, _owing(other).exclude(unit_id__in=units), by, is_same=False) for other in others]
    return [source for source in made if source is not None]


def _owing(campaign: Campaign) -> QuerySet[ExpectedReporter]:
    return ExpectedReporter.objects.filter(campaign=campaign).exclude(state=ReporterState.EXEMPT)


def _below_in(campaign: Campaign, reporter: ExpectedReporter) -> QuerySet[ExpectedReporter]:
    return _owing(campaign).filter(path__gt=reporter.path, path__lt=reporter.path + END)


def _source(campaign: Campaign, rows: QuerySet[ExpectedReporter], by: Actor, *, is_same: bool) -> Source | None:
    listed = list(rows.order_by("sort_key", "id").values_list("pk", "name", "state"))
    if not listed:
        return None
    seen = set(
        reporters_of(campaign, by, Permission.READ).filter(pk__in=rows.values("pk")).values_list("pk", flat=True)
    )
    if len(seen) != len(listed):
        return None
    absent = [name for _pk, name, state in listed if state not in SENT]
    return Source(campaign, is_same, len(listed) - len(absent), absent)


def gathered(reporter: ExpectedReporter, source: Source) -> Gathered:
    """Return what the units of a source have sent, added up and merged in the form of a report.

    Of a report below that was itself made from reports there, only its own part is added up.
    """
    rows = _below_in(source.campaign, reporter) if source.is_same else _owing(source.campaign)
    versions = Submission.objects.filter(counts=True, reporter__in=rows.exclude(pk=reporter.pk))
    counted_here = set(_owing(reporter.campaign).values_list("unit_id", flat=True)) if not source.is_same else None
    named = versions.select_related("reporter").order_by("reporter__sort_key", "reporter_id")
    below = [
        Below(
            str(version.public_id),
            version.reporter.name,
            cells,
            version.narrative,
            stands=counted_here is None or version.reporter.unit_id in counted_here,
        )
        for version, cells in counted_versions(named)
    ]
    form, silent = form_of(reporter.campaign.regime), len(source.absent)
    figures = {key: summed(key, below, silent) for key in form.typed_cells()}
    words = {section.code: told(section.code, below) for section in form.sections}
    return Gathered(source, below, figures, {code: text for code, text in words.items() if text})
