"""Totals against brute force on random trees: as at the time, as of today after mergers and moves, and drill-down."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.access import ReportingNotFound
from caunoi.business.reporting.models import Campaign, ExpectedReporter, Submission, TotalsNode
from caunoi.business.reporting.queries import contributors, reporters_below, with_figures
from caunoi.business.reporting.queries.today import (
    PlaceToday,
    place_today,
    places_below_today,
    reporters_today,
    totals_today,
)
from caunoi.business.reporting.rules.totals import total_of
from caunoi.business.reporting.tests.scenes import NOT_APPLICABLE, OPENED, Scene, scene
from caunoi.foundation.organisations.public import (
    Unit,
    ancestors,
    children,
    heir_of,
    may_have_moved,
    merge_units,
    move_unit,
    parent_of,
    undo_event,
)
from caunoi.kernel.actor import Line, system
from caunoi.kernel.measure import Measure, Total
from caunoi.surfaces.demonstration.office import Office

LATER = dt.date(2026, 12, 1)


def filled(office: Office, seed: int) -> tuple[Scene, Campaign]:
    """A campaign in which a random half has sent random figures, zeros, blanks and cells that do not apply."""
    here, chance = scene(office), random.Random(seed)
    campaign = here.open()
    keys = [key for key, unit in office.units.items() if f"{key}.officer" in office.posts]
    ids = set(ExpectedReporter.objects.filter(campaign=campaign).values_list("unit_id", flat=True))
    owing = [key for key in keys if office.unit(key).pk in ids]
    for key in chance.sample(owing, k=min(12, len(owing))):
        values = [chance.choice((chance.randint(1, 9), Measure.zero(), NOT_APPLICABLE, None)) for _ in range(6)]
        here.send(campaign, key, *values)
    return here, campaign


def brute(rows: list[ExpectedReporter], key: str) -> Total:
    """Add up the reports themselves, one by one."""
    amount, answered, expected = Decimal(0), 0, 0
    for row in rows:
        version = Submission.objects.filter(reporter=row, counts=True).first()
        text = version.cells.get(key) if version else None
        if text == "N":
            continue
        expected += 1
        if text is not None:
            answered += 1
            amount += Decimal(0) if text == "Z" else Decimal(text)
    return Total(amount if answered else None, answered, expected)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_place_has_the_sum_of_its_reports_and_opens_to_exactly_them(office: Office, seed: int) -> None:
    here, campaign = filled(office, seed)
    by = here.by("director")
    keys = list(_keys(campaign))
    for node in TotalsNode.objects.filter(campaign=campaign):
        rows = list(reporters_below(campaign, node, by))
        for key in keys:
            total = total_of(node.cells, key, node.expected)
            assert total == brute(rows, key), (node.name, key)
            behind = list(with_figures(reporters_below(campaign, node, by), key))
            assert len(behind) == total.answered
            given = [each.measure.number or Decimal(0) for each in contributors(behind, key)]
            assert (sum(given, Decimal(0)) if given else None) == total.amount


def _keys(campaign: Campaign) -> set[str]:
    cells = Submission.objects.filter(reporter__campaign=campaign, counts=True).values_list("cells", flat=True)
    return {key for packed in cells for key in packed if not key.endswith("?")}


def changed(office: Office, seed: int) -> None:
    """Merge two communes, move schools about, merge two schools; on a day after the campaign was opened."""
    chance = random.Random(seed)
    communes = [office.unit(f"xa_{n}") for n in range(1, 6)]
    by, at = system(), OPENED + dt.timedelta(days=20)
    schools = [unit for key, unit in office.units.items() if key.startswith("thcs_")]
    for school in chance.sample(schools, k=3):
        stands = parent_of(school, on=OPENED.date())
        parent = chance.choice([each for each in communes[2:] if each != stands])
        move_unit(unit=school, line=Line.PROFESSIONAL, parent=parent, on=LATER - dt.timedelta(days=9), by=by, at=at)
    one, two = chance.sample(schools, k=2)
    merge_units(units=[one], into=two, on=LATER - dt.timedelta(days=5), by=by, at=at)
    merge_units(units=[communes[0]], into=communes[1], on=LATER - dt.timedelta(days=2), by=by, at=at)


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_as_of_today_is_the_sum_of_the_reports_that_stand_there_now(office: Office, seed: int) -> None:
    _here, campaign = filled(office, seed)
    changed(office, seed)
    places = agrees(office, campaign)
    assert len(places) > 3
    assert office.unit("xa_1") not in places


def test_events_entered_late_or_taken_back_are_seen_as_of_today(office: Office) -> None:
    by, line, before = system(), Line.PROFESSIONAL, OPENED - dt.timedelta(days=30)
    first, second, third = (office.unit(f"xa_{n}") for n in (1, 2, 3))
    (moved, *_), (late, *_) = (list(children(unit, on=before.date())) for unit in (first, second))
    wrong = move_unit(unit=moved, line=line, parent=third, on=before.date(), by=by, at=before)
    _here, campaign = filled(office, 8)
    frozen = {place.unit: place.standing.expected for place in agrees_whole(office, campaign)}
    undo_event(event=wrong, by=by, at=OPENED + dt.timedelta(days=3))
    move_unit(unit=late, line=line, parent=third, on=before.date(), by=by, at=OPENED + dt.timedelta(days=4))
    now = {place.unit: place.standing.expected for place in agrees_whole(office, campaign)}
    changes = {unit: now.get(unit, 0) - frozen.get(unit, 0) for unit in {*now, *frozen}}
    assert {unit: change for unit, change in changes.items() if change} == {first: 1, second: -1}


def test_who_followed_the_unit_above_is_not_compared_again(office: Office) -> None:
    by, at, line, day = system(), OPENED + dt.timedelta(days=20), Line.PROFESSIONAL, LATER - dt.timedelta(days=5)
    _here, campaign = filled(office, 9)
    one, other, third = (office.unit(f"xa_{n}") for n in (1, 2, 3))
    (first, *rest), (away, *_) = list(children(one, on=day)), list(children(other, on=day))
    merge_units(units=[one], into=other, on=day, by=by, at=at)
    assert rest
    named = may_have_moved(line=line, since=campaign.opened_at, on=LATER)
    assert not named & {unit.pk for unit in (first, *rest, away)}
    agrees(office, campaign)
    for school in (first, away):
        move_unit(unit=school, line=line, parent=third, on=day + dt.timedelta(days=1), by=by, at=at)
    merge_units(units=[other], into=office.unit("xa_4"), on=day + dt.timedelta(days=2), by=by, at=at)
    named = may_have_moved(line=line, since=campaign.opened_at, on=LATER)
    assert {first.pk, away.pk} <= named
    assert not named & {unit.pk for unit in rest}
    agrees(office, campaign)


def agrees_whole(office: Office, campaign: Campaign) -> list[PlaceToday]:
    """The places below the office today, after each was compared with its reports."""
    agrees(office, campaign)
    return places_below_today(campaign, office.unit("so"), on=LATER)


def agrees(office: Office, campaign: Campaign) -> list[Unit]:
    """Compare every place below the office with the reports that stand there now, one by one; return the places."""
    reporters = ExpectedReporter.objects.filter(campaign=campaign).annotate(now=heir_of("unit_id", on=LATER))
    carried = dict(reporters.values_list("pk", "now"))
    below = places_below_today(campaign, office.unit("so"), on=LATER)
    places = [office.unit("so"), *(each.unit for each in below)]
    above = {pk: [*ancestors(Unit.objects.get(pk=now), on=LATER)] for pk, now in carried.items()}
    for place in places:
        rows = [
            row
            for row in ExpectedReporter.objects.filter(campaign=campaign)
            if place == office.unit("so") or place in above[row.pk]
        ]
        made = totals_today(campaign, place, on=LATER)
        stands = [each.standing for each in below if each.unit == place]
        assert all((each.expected, each.sent) == (made.expected, made.sent) for each in stands)
        assert set(reporters_today(campaign, place, on=LATER)) == set(rows)
        assert made.expected == len(rows)
        for key in _keys(campaign):
            assert total_of(made.cells, key, made.expected) == brute(rows, key), (place.name, key)
    return places


def test_the_whole_is_the_same_as_reported_and_as_of_today(office: Office) -> None:
    _here, campaign = filled(office, 6)
    then = TotalsNode.objects.get(campaign=campaign, axis=TotalsNode.LINE, depth=0)
    changed(office, 6)
    now = totals_today(campaign, office.unit("so"), on=LATER)
    assert (now.cells, now.expected, now.sent, now.joined, now.left) == (then.cells, then.expected, then.sent, 0, 0)


def test_a_branch_sees_only_its_own_as_of_today(office: Office) -> None:
    here, campaign = filled(office, 7)
    by = here.by("commune_officer")
    assert place_today(campaign, office.unit("xa_1"), by, on=OPENED.date()) == office.unit("xa_1")
    for key in ("so", "xa_2"):
        with pytest.raises(ReportingNotFound):
            place_today(campaign, office.unit(key), by, on=OPENED.date())


def test_the_pages_of_today_open_to_their_units(office: Office, client_of: Callable[[str], Client]) -> None:
    here = scene(office)
    campaign = here.open()
    here.send(campaign, "thpt_1", 1, 2, 3, 4, 5, 6)
    client = client_of("director")
    page = client.get(reverse("reporting:totals_today", args=[campaign.public_id]))
    assert "Theo đơn vị hiện nay" in page.content.decode()
    shown = page.context["tables"][0].rows[0][1][0]
    assert shown.total.amount == 1
    behind = client.get(shown.url)
    assert [each.reporter.name for each in behind.context["given"]] == [office.unit("thpt_1").name]
    assert client_of("clerk").get(reverse("reporting:totals_today", args=[campaign.public_id])).status_code == 403
