"""What a person may see of reports and do with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import StrEnum
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from caunoi.business.reporting.models import (
    Campaign,
    Consolidation,
    ConsolidationRun,
    ExpectedReporter,
    ReporterGroup,
    ReportRegime,
    SheetRow,
    Submission,
    TotalsNode,
    UnitSheet,
)
from caunoi.business.reporting.rules.states import RegimeState
from caunoi.foundation.organisations.public import END, Unit, ancestors, ids_within, within
from caunoi.foundation.people.public import Role, may_for_all, posts_with_role
from caunoi.kernel.actor import Actor, Line, Scope
from caunoi.kernel.errors import NotAllowed, NotFound


class Permission(StrEnum):
    """What one may do with reports; ``plugs`` says which roles hold each."""

    READ = "reporting.read"
    """See campaigns, the state of units and totals within one's part of the tree."""
    REGIMES = "reporting.manage_regimes"
    """Design regimes and put them in force."""
    COLLECT = "reporting.collect"
    """Open campaigns, return and accept reports, extend, consolidate."""
    CHASE = "reporting.chase"
    """Urge units that are late."""
    PREPARE = "reporting.prepare"
    """Fill in the report of one's own unit."""
    SUBMIT = "reporting.submit"
    """Send it where the regime does not ask for the head's approval."""
    APPROVE = "reporting.approve"
    """Send it as the head of the unit."""
    RULES = "reporting.set_rules"
    """Set what holds for all reports: days off, the ladder of reminders, shared lists of rows and columns."""
    YEAR = "reporting.see_year"
    """See what is due in a year, to one's own unit and below."""


OWN_WORK = (Permission.PREPARE, Permission.SUBMIT, Permission.APPROVE)


class ReportingNotFound(NotFound):
    """No such regime, campaign or report, or not for this person to know of."""


class ReportingForbidden(NotAllowed):
    """It may be known of, but this may not be done with it."""


def require_for_all(by: Actor, *, on: dt.date) -> None:
    """Raise ReportingForbidden unless one sets rules for everybody of the installation: of several Sở none does."""
    if not may_for_all(by, Permission.RULES, on=on):
        raise ReportingForbidden("reporting.rules_for_all")


def _any(conditions: list[Q]) -> Q:
    return reduce(or_, conditions) if conditions else Q(pk__in=[])


def _on_place(scope: Scope, path: str, unit: str, line: str) -> Q:
    """Return the condition that a row with a frozen path lies in a scope."""
    if not scope.subtree:
        return Q(**{unit: scope.unit_id})
    inside = {f"{path}__gte": scope.path, f"{path}__lt": scope.path + END, line: scope.line}
    return Q(**{unit: scope.unit_id}) | Q(**inside)


def _reporters_in(scopes: tuple[Scope, ...]) -> Q:
    return _any([_on_place(scope, "path", "unit_id", "campaign__line") for scope in scopes])


def _gathered_by(scopes: tuple[Scope, ...]) -> Q:
    """The campaigns that are gathered by a unit, or through a desk, within the scopes."""
    held = [_on_place(scope, "root_path", "owner_id", "line") for scope in scopes]
    return _any([*held, *(Q(regime__desk_unit_id=scope.unit_id) for scope in scopes)])


def visible_regimes(by: Actor, *, on: dt.date) -> QuerySet[ReportRegime]:
    """Return the regimes of the units that a person oversees, as a lazy query."""
    if by.is_system:
        return ReportRegime.objects.all()
    scopes = (*by.scopes(Permission.READ), *by.scopes(Permission.REGIMES))
    held = Q(owner_id__in=ids_within(scopes, on=on))
    return ReportRegime.objects.filter(held | Q(desk_unit_id__in=[scope.unit_id for scope in scopes]))


def regime_by_public_id(public_id: UUID | str, by: Actor, *, on: dt.date) -> ReportRegime:
    """Return a regime with its units. Raises ReportingNotFound."""
    rows = visible_regimes(by, on=on).select_related("owner", "receiver", "desk_unit", "ground_document", "obligation")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise ReportingNotFound("reporting.regime_not_found")
    return found


def owners_for(by: Actor, *, on: dt.date) -> QuerySet[Unit]:
    """Return the units for which a person may design regimes: those named in the grant, not what lies below."""
    scopes = [Scope(s.unit_id, s.path, s.line, subtree=False) for s in by.scopes(Permission.REGIMES)]
    return within(scopes, on=on)


def visible_campaigns(by: Actor) -> QuerySet[Campaign]:
    """Return the campaigns gathered by a person's units, and those in which units of their branch report; lazy."""
    if by.is_system:
        return Campaign.objects.all()
    scopes = by.scopes(Permission.READ)
    return Campaign.objects.filter(_any([_gathered_by(scopes), *(_has_place_in(scope) for scope in scopes)]))


def _has_place_in(scope: Scope) -> Q:
    """Return the condition that units of a scope report in a campaign.

    Of a branch the first place in the order of paths is sought: asked only whether there is any, PostgreSQL hopes to
    meet one soon and reads the reports of the whole country (1.0 s for 636,000 of them, 1 ms in order).
    """
    places = ExpectedReporter.objects.filter(campaign=OuterRef("pk"))
    own = Q(Exists(places.filter(unit_id=scope.unit_id)))
    if not scope.subtree:
        return own
    inside = places.filter(path__gte=scope.path, path__lt=scope.path + END).order_by("path").values("pk")[:1]
    return own | Q(IsNull(Subquery(inside), False), line=scope.line)


def gathered_campaigns(by: Actor, permission: Permission = Permission.READ) -> QuerySet[Campaign]:
    """Return the campaigns that a person gathers whole, not those in which only their branch reports; lazy."""
    return Campaign.objects.all() if by.is_system else Campaign.objects.filter(_gathered_by(by.scopes(permission)))


def campaign_by_public_id(public_id: UUID | str, by: Actor) -> Campaign:
    """Return a campaign with its regime and owner. Raises ReportingNotFound."""
    rows = visible_campaigns(by).select_related("regime__receiver", "regime__desk_unit", "owner")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise ReportingNotFound("reporting.campaign_not_found")
    return found


def gathers(campaign: Campaign, by: Actor, permission: Permission) -> bool:
    """Whether a person holds the permission for the whole campaign, not only for a branch of it."""
    if by.is_system:
        return True
    units = (campaign.owner_id, campaign.regime.desk_unit_id)
    return any(
        scope.unit_id in units
        or (scope.subtree and scope.line == campaign.line and campaign.root_path.startswith(scope.path))
        for scope in by.scopes(permission)
    )


def require_gathering(campaign: Campaign, by: Actor, permission: Permission) -> None:
    """Raise ReportingForbidden when the permission does not hold for the whole campaign."""
    if not gathers(campaign, by, permission):
        raise ReportingForbidden("reporting.not_permitted")


def reporters_of(campaign: Campaign, by: Actor, permission: Permission = Permission.READ) -> QuerySet[ExpectedReporter]:
    """Return the expected reporters of a campaign for whom a person holds the permission, in name order; lazy."""
    rows = ExpectedReporter.objects.filter(campaign=campaign).order_by("sort_key", "id")
    return rows if gathers(campaign, by, permission) else rows.filter(_reporters_in(by.scopes(permission)))


def reporters_among(
    campaigns: Collection[Campaign], by: Actor, permission: Permission = Permission.READ
) -> QuerySet[ExpectedReporter]:
    """Return the places of units in campaigns (with their regimes) for which a person holds the permission; lazy.

    The campaigns stand in the query by name: a condition across tables would keep both databases from their indexes.
    """
    whole = [each.pk for each in campaigns if gathers(each, by, permission)]
    seen = Q(campaign_id__in=whole)
    for scope in by.scopes(permission) if len(whole) < len(campaigns) else ():
        inside = [each.pk for each in campaigns if each.line == scope.line and each.pk not in whole]
        if scope.subtree and inside:
            seen |= Q(campaign_id__in=inside, path__gte=scope.path, path__lt=scope.path + END)
        seen |= Q(campaign_id__in=[each.pk for each in campaigns], unit_id=scope.unit_id)
    return ExpectedReporter.objects.filter(seen)


def nodes_of(campaign: Campaign, by: Actor) -> QuerySet[TotalsNode]:
    """Return the places whose totals a person may see: all, or those within their branch; lazy, in name order."""
    rows = TotalsNode.objects.filter(campaign=campaign).order_by("axis", "depth", "sort_key", "id")
    if gathers(campaign, by, Permission.READ):
        return rows
    inside = [
        Q(path__gte=scope.path, path__lt=scope.path + END)
        for scope in by.scopes(Permission.READ)
        if scope.subtree and scope.line == campaign.line
    ]
    return rows.filter(_any(inside), axis=TotalsNode.LINE)


def own_reports(by: Actor) -> QuerySet[ExpectedReporter]:
    """Return the reports that the unit one acts for owes or has given; lazy."""
    units = {scope.unit_id for permission in OWN_WORK for scope in by.scopes(permission)}
    if by.unit_id is None or by.unit_id not in units:
        return ExpectedReporter.objects.none()
    return ExpectedReporter.objects.filter(Q(unit_id=by.unit_id) | Q(heir_id=by.unit_id))


def report_by_public_id(public_id: UUID | str, by: Actor) -> ExpectedReporter:
    """Return the place of one unit in a campaign, its own or one that the person oversees. Raises ReportingNotFound."""
    scopes = by.scopes(Permission.READ)
    gathered = Campaign.objects.filter(_gathered_by(scopes)).values("pk")
    mine = Q(pk__in=own_reports(by).values("pk"))
    seen = Q(pk__in=[]) if by.is_system else mine | _reporters_in(scopes) | Q(campaign_id__in=gathered)
    rows = ExpectedReporter.objects.select_related("campaign__regime", "campaign__owner", "unit")
    found = rows.filter(public_id=public_id).filter(Q() if by.is_system else seen).first()
    if found is None:
        raise ReportingNotFound("reporting.report_not_found")
    return found


def owed_groups(by: Actor, *, on: dt.date) -> list[ReporterGroup]:
    """Return the groups of regimes in force to which the unit that one acts for belongs on a day."""
    if by.unit_id is None or not any(s.unit_id == by.unit_id for p in OWN_WORK for s in by.scopes(p)):
        return []
    unit = Unit.objects.get(pk=by.unit_id)
    above = {line: {unit.pk, *(each.pk for each in ancestors(unit, line=line, on=on))} for line in Line}
    rows = ReporterGroup.objects.filter(kind_id=unit.kind_id, regime__state=RegimeState.IN_FORCE)
    rows = rows.exclude(regime__owner=unit).select_related("regime__owner").prefetch_related("regime__turns")
    return [row for row in rows.order_by("regime_id", "pk") if row.root_id in above[Line(row.regime.line)]]


def is_own(reporter: ExpectedReporter, by: Actor, permission: Permission) -> bool:
    """Whether a person acts for the reporting unit itself and holds the permission there."""
    if by.unit_id is None or by.unit_id not in (reporter.unit_id, reporter.heir_id):
        return False
    return any(scope.unit_id == by.unit_id for scope in by.scopes(permission))


def require_own(reporter: ExpectedReporter, by: Actor, *permissions: Permission) -> None:
    """Raise ReportingForbidden unless the person acts for the unit with one of the permissions."""
    if not any(is_own(reporter, by, permission) for permission in permissions):
        raise ReportingForbidden("reporting.not_your_unit", unit=reporter.name)


def writes_on_behalf(reporter: ExpectedReporter, by: Actor) -> bool:
    """Whether a person who gathers may enter the report in the place of the unit, which the ground allows."""
    return bool(reporter.behalf_ground) and gathers(reporter.campaign, by, Permission.COLLECT)


def require_writing(reporter: ExpectedReporter, by: Actor, *permissions: Permission) -> None:
    """Raise ReportingForbidden unless the person acts for the unit with one of the permissions, or on its behalf."""
    if not writes_on_behalf(reporter, by):
        require_own(reporter, by, *permissions)


def has_head(reporter: ExpectedReporter, *, on: dt.date) -> bool:
    """Whether somebody in the unit that gives a report can approve it; in a centre of one officer nobody else does."""
    return posts_with_role(Role.LEADER, unit_id=reporter.bearer_id, on=on).exists()


def versions_of(reporter: ExpectedReporter) -> QuerySet[Submission]:
    """Return every version of a unit's report, newest first, with the reasons of those sent back."""
    return Submission.objects.filter(reporter=reporter).select_related("sent_back").order_by("-version")


def sent_versions_of(reporter: ExpectedReporter) -> QuerySet[Submission]:
    """Return the versions that have left the unit, newest first."""
    return versions_of(reporter).filter(sent_at__isnull=False)


def sheet_by_public_id(public_id: UUID | str, campaign: Campaign) -> UnitSheet:
    """Return a file with a row for each unit of a campaign. Raises ReportingNotFound."""
    rows = UnitSheet.objects.select_related("campaign__regime", "campaign__owner", "file", "post")
    found = rows.filter(campaign=campaign, public_id=public_id).first()
    if found is None:
        raise ReportingNotFound("reporting.sheet_not_found")
    return found


def rows_of_sheet(sheet: UnitSheet) -> QuerySet[SheetRow]:
    """Return what each row of a file would do, those that are wrong first; lazy."""
    return SheetRow.objects.filter(sheet=sheet).order_by("outcome", "row")


def sheets_of(campaign: Campaign) -> QuerySet[UnitSheet]:
    """Return the files with a row for each unit that were sent in for a campaign, newest first; lazy."""
    rows = UnitSheet.objects.filter(campaign=campaign).select_related("file", "person")
    return rows.order_by("-begun_at", "-id")


def run_by_public_id(public_id: UUID | str, campaign: Campaign) -> ConsolidationRun:
    """Return the making of a consolidated report of a campaign. Raises ReportingNotFound."""
    rows = ConsolidationRun.objects.select_related("campaign", "person", "made")
    found = rows.filter(campaign=campaign, public_id=public_id).first()
    if found is None:
        raise ReportingNotFound("reporting.consolidation_not_found")
    return found


def consolidation_by_public_id(public_id: UUID | str, by: Actor) -> Consolidation:
    """Return a consolidated report of a campaign that the person gathers. Raises ReportingNotFound."""
    rows = Consolidation.objects.select_related("campaign__regime__receiver", "campaign__owner", "document")
    found = rows.filter(public_id=public_id).first()
    if found is None or not gathers(found.campaign, by, Permission.READ):
        raise ReportingNotFound("reporting.consolidation_not_found")
    return found
