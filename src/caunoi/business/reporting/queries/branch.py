"""What the units below one that reports have sent, and what its report took from them."""

from __future__ import annotations

from collections import defaultdict
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
from caunoi.business.reporting.queries.parts import claims_in, split_by_unit
from caunoi.business.reporting.queries.taken import counted_versions
from caunoi.business.reporting.rules.answering import Placing, fits, placing, said_by
from caunoi.business.reporting.rules.branch import Below, Summed, same_form, summed, told
from caunoi.business.reporting.rules.cells import NOT_APPLICABLE
from caunoi.business.reporting.rules.states import SENT, CampaignState, ReporterState
from caunoi.foundation.organisations.public import END, Unit
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
    parts: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """The figures by the unit (id) that they came from, however many levels down."""
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


@dataclass(frozen=True, slots=True)
class Held:
    """Another report of the campaign through which figures of units below are counted already, with their names."""

    reporter: ExpectedReporter
    units: list[str]
    may_open: bool
    """Whether the person may open that report."""


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
    below = _sent(versions)
    form, silent = form_of(reporter.campaign.regime), len(source.absent)
    figures = {key: summed(key, below, silent) for key in form.typed_cells()}
    words = {section.code: told(section.code, below) for section in form.sections}
    parts = _by_unit(below, {key: key for key in figures})
    return Gathered(source, below, figures, {code: text for code, text in words.items() if text}, parts)


def _sent(versions: QuerySet[Submission], *, frozen: bool = False) -> list[Below]:
    named = list(counted_versions(versions.select_related("reporter").order_by("reporter__sort_key", "reporter_id")))
    parts = split_by_unit(named, frozen=frozen)
    return [
        Below(str(version.public_id), version.reporter.name, cells, version.narrative, parts[version.pk])
        for version, cells in named
    ]


def _by_unit(below: list[Below], keys: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """Return the figures of units (id) by the cells here; ``keys`` (here → there) says where they stand there."""
    found: dict[int, dict[str, str]] = {}
    for unit, cells in (row for one in below for row in one.parts.items()):
        known = {there: text for there, text in cells.items() if text != NOT_APPLICABLE}
        mine = {here: known[there] for here, there in keys.items() if there in known}
        if mine:
            found[unit] = {**mine, **found.get(unit, {})}
    return found


def held_elsewhere(reporter: ExpectedReporter, have: Gathered, by: Actor) -> list[Held]:
    """Return the units whose figures another report of the campaign holds that was sent already: counted there."""
    found = claims_in(reporter.campaign_id, have.parts)
    holders = defaultdict[int, set[int]](set)
    for (unit, key), version in found.holders.items():
        if key in have.parts[unit]:
            holders[version].add(unit)
    rows = Submission.objects.filter(pk__in=holders).exclude(reporter=reporter).select_related("reporter")
    seen = set(
        reporters_of(reporter.campaign, by, Permission.READ)
        .filter(pk__in=[row.reporter_id for row in rows])
        .values_list("pk", flat=True)
    )
    names = dict(Unit.objects.filter(pk__in=have.parts).values_list("pk", "name")) if rows else {}
    return [
        Held(row.reporter, sorted(names[unit] for unit in holders[row.pk]), row.reporter_id in seen)
        for row in rows.order_by("reporter__sort_key", "reporter_id")
    ]


def _of_consolidated(
    reporter: ExpectedReporter, source: Source, made: Consolidation, chosen: Mapping[str, str]
) -> Gathered:
    above, here = form_of(reporter.campaign.regime), form_of(source.campaign.regime)
    placed, silent = placing(here, above, chosen), len(made.absent)
    below = _sent(Submission.objects.filter(pk__in=made.included), frozen=True)
    nothing = Summed(Measure.missing(), 0, 0)
    figures = {
        key: summed(placed.cells[key], below, silent) if key in placed.cells else nothing for key in above.typed_cells()
    }
    said = words_of(made)
    words = {code: "\n".join(said[one] for one in codes if said.get(one)) for code, codes in placed.sections.items()}
    parts, kept = _by_unit(below, placed.cells), {code: text for code, text in words.items() if text}
    return Gathered(source, below, figures, kept, parts, placed, said)


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
