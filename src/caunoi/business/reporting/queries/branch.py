"""What the units below one that reports have sent, and what its report took from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from django.db.models import Q, QuerySet

from caunoi.business.reporting.access import Permission, gathers, reporters_of
from caunoi.business.reporting.models import (
    Campaign,
    ConsolidatedParagraph,
    Consolidation,
    ExpectedReporter,
    Submission,
)
from caunoi.business.reporting.queries.forms import form_of
from caunoi.business.reporting.queries.taken import counted_versions
from caunoi.business.reporting.rules.answering import Placing, fits, placing, said_by
from caunoi.business.reporting.rules.branch import Below, Summed, same_form, summed, told
from caunoi.business.reporting.rules.states import SENT, CampaignState, ReporterState
from caunoi.foundation.organisations.public import END
from caunoi.kernel.actor import Actor
from caunoi.kernel.measure import Measure


@dataclass(frozen=True, slots=True)
class Source:
    """A campaign in which units below report in the same form, with those that have sent and those that have not."""

    campaign: Campaign
    is_same: bool
    """Whether it is the campaign that is reported to; otherwise one that the unit opened itself."""
    sent: int
    absent: list[str]
    made: Consolidation | None = None
    """The consolidated report of that campaign, where its words and frozen figures are taken."""

    @property
    def key(self) -> str:
        """The source in an address."""
        return str(self.campaign.public_id if self.made is None else self.made.public_id)

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
    placing: Placing | None = None
    """What of a consolidated report goes where, and what has no place."""
    told: Mapping[str, str] = field(default_factory=dict)
    """The words of a consolidated report by its own sections."""

    @property
    def seen(self) -> str:
        """What a preview rests on: it differs when a report below, or a word of the consolidated report, changed."""
        if self.source.made is not None:
            return seen_in(self.source.made, self.told)
        return " ".join(sorted(one.submission for one in self.below))


def sources_for(reporter: ExpectedReporter, by: Actor) -> list[Source]:
    """Return the campaigns from which a person may fill the report of a unit: those with units below it.

    The campaign itself where units below report in it as well, and campaigns that the unit opened for the same period:
    the newest consolidated report of each, and what the units sent where the form is the same. Nothing where the person
    may not read all of those reports.
    """
    campaign, form = reporter.campaign, form_of(reporter.campaign.regime)
    made = [_source(campaign, _below_in(campaign, reporter), by, is_same=True)]
    units = [each for each in (reporter.unit_id, reporter.heir_id) if each is not None]
    own = Campaign.objects.filter(
        owner_id__in=units, span=campaign.span, span_year=campaign.span_year, span_month=campaign.span_month
    ).exclude(Q(state=CampaignState.PREPARING) | Q(pk=campaign.pk))
    others = list(own.select_related("regime", "owner").order_by("-opened_at", "-pk"))
    for other in others:
        theirs = form_of(other.regime)
        made.append(_consolidated(other, by) if fits(theirs, form) else None)
        if same_form(theirs, form):
            made.append(_source(other, _owing(other).exclude(unit_id__in=units), by, is_same=False))
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


def _consolidated(campaign: Campaign, by: Actor) -> Source | None:
    newest = Consolidation.objects.filter(campaign=campaign).select_related("document").order_by("-made_at", "-pk")
    made = newest.first() if gathers(campaign, by, Permission.READ) else None
    return None if made is None else Source(campaign, False, len(made.included), list(made.absent), made)


def gathered(reporter: ExpectedReporter, source: Source, chosen: Mapping[str, str] | None = None) -> Gathered:
    """Return what the units of a source have sent, added up and merged in the form of a report.

    Of a report below that was itself made from reports there, only its own part is added up. Of a consolidated report
    the words are those of its editor and the figures those that it holds; ``chosen`` (section there → section here)
    gives its sections a place that have none of their own.
    """
    if source.made is not None:
        return _of_consolidated(reporter, source, source.made, chosen or {})
    rows = _below_in(source.campaign, reporter) if source.is_same else _owing(source.campaign)
    versions = Submission.objects.filter(counts=True, reporter__in=rows.exclude(pk=reporter.pk))
    below = _sent(versions, reporter, all_stand=source.is_same)
    form, silent = form_of(reporter.campaign.regime), len(source.absent)
    figures = {key: summed(key, below, silent) for key in form.typed_cells()}
    words = {section.code: told(section.code, below) for section in form.sections}
    return Gathered(source, below, figures, {code: text for code, text in words.items() if text})


def _sent(versions: QuerySet[Submission], reporter: ExpectedReporter, *, all_stand: bool) -> list[Below]:
    counted_here = set() if all_stand else set(_owing(reporter.campaign).values_list("unit_id", flat=True))
    named = versions.select_related("reporter").order_by("reporter__sort_key", "reporter_id")
    return [
        Below(
            str(version.public_id),
            version.reporter.name,
            cells,
            version.narrative,
            stands=all_stand or version.reporter.unit_id in counted_here,
        )
        for version, cells in counted_versions(named)
    ]


def _of_consolidated(
    reporter: ExpectedReporter, source: Source, made: Consolidation, chosen: Mapping[str, str]
) -> Gathered:
    above, here = form_of(reporter.campaign.regime), form_of(source.campaign.regime)
    placed, silent = placing(here, above, chosen), len(made.absent)
    below = _sent(Submission.objects.filter(pk__in=made.included), reporter, all_stand=False)
    nothing = Summed(Measure.missing(), 0, 0, None)
    figures = {
        key: summed(placed.cells[key], below, silent) if key in placed.cells else nothing for key in above.typed_cells()
    }
    said = words_of(made)
    words = {code: "\n".join(said[one] for one in codes if said.get(one)) for code, codes in placed.sections.items()}
    return Gathered(source, below, figures, {code: text for code, text in words.items() if text}, placed, said)


def seen_in(made: Consolidation, told: Mapping[str, str]) -> str:
    """Return a mark of a consolidated report and its words: figures are frozen, so that it differs when words do."""
    return f"{made.public_id} {sha256(repr(sorted(told.items())).encode()).hexdigest()}"


def words_of(made: Consolidation) -> dict[str, str]:
    """Return the words of a consolidated report by section, every paragraph with the units behind it."""
    told: dict[str, list[str]] = {}
    rows = ConsolidatedParagraph.objects.filter(consolidation=made, is_left_out=False)
    for row in rows.order_by("section_code", "position", "id"):
        units = [source["unit"] for source in row.sources]
        told.setdefault(row.section_code, []).append(said_by(row.text, units, made.campaign.owner.name))
    return {code: "\n".join(lines) for code, lines in told.items()}
