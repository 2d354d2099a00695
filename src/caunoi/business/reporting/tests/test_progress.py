"""How far a campaign is: read from the kept totals and the unsent rows, the same as counting every row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from caunoi.business.reporting.access import reporters_of
from caunoi.business.reporting.models import Campaign, ExpectedReporter, TotalsNode
from caunoi.business.reporting.operations.campaigns import exempt
from caunoi.business.reporting.operations.flow import accept, return_submission
from caunoi.business.reporting.queries import Progress, progress_of, progress_within
from caunoi.business.reporting.rules.states import UNSENT
from caunoi.business.reporting.tests.scenes import OPENED, Scene, scene
from caunoi.surfaces.demonstration.office import Office

AFTER = dt.date(2026, 11, 5)


def mixed(office: Office) -> tuple[Scene, Campaign]:
    """A campaign with a report of every kind: sent, accepted, returned, exempt, the others not begun."""
    here = scene(office)
    campaign, by = here.open(), here.by("specialist")
    here.send(campaign, "thpt_1")
    accept(submission=here.send(campaign, "thpt_2"), by=by, at=OPENED)
    return_submission(submission=here.send(campaign, "thcs_1"), reason="Thiếu số liệu", by=by, at=OPENED)
    exempt(reporter=here.reporter(campaign, "thcs_2"), ground="Mới thành lập", by=by, at=OPENED)
    return here, Campaign.objects.select_related("regime", "owner").get(pk=campaign.pk)


def counted(rows: list[ExpectedReporter], on: dt.date) -> Progress:
    """Count the rows themselves, one by one."""
    states = [row.state for row in rows]
    late = sum(row.state in UNSENT and row.last_day_on < on for row in rows)
    accepted = states.count("accepted")
    sent = states.count("submitted") + accepted
    return Progress(len(states) - states.count("exempt"), sent, accepted, states.count("returned"), late)


def test_the_kept_counts_say_what_the_rows_say(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    here, campaign = mixed(office)
    by, day_before = here.by("director"), OPENED.date() - dt.timedelta(days=1)
    ExpectedReporter.objects.filter(pk=here.reporter(campaign, "thpt_3").pk).update(last_day_on=day_before)
    ExpectedReporter.objects.filter(pk=here.reporter(campaign, "thcs_3").pk).update(last_day_on=dt.date(2027, 1, 1))
    rows = list(ExpectedReporter.objects.filter(campaign=campaign))
    for day in (OPENED.date(), AFTER):
        with django_assert_num_queries(3):
            found = progress_of([campaign], by, on=day)[campaign.pk]
        assert found == counted(rows, day)
    assert (found.sent, found.accepted, found.returned, found.waiting) == (2, 1, 1, 1)
    assert found.late == found.expected - 3


def test_a_branch_is_counted_by_its_own_rows(office: Office, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    here, campaign = mixed(office)
    by = here.by("commune_officer")
    node = TotalsNode.objects.get(campaign=campaign, axis=TotalsNode.LINE, name=office.unit("xa_1").name)
    rows = list(ExpectedReporter.objects.filter(campaign=campaign, path__startswith=node.path))
    with django_assert_num_queries(1):
        assert progress_of([campaign], by, on=AFTER) == {campaign.pk: counted(rows, AFTER)}
    assert progress_within(campaign, by, on=AFTER) == counted(rows, AFTER)
    assert 0 < len(rows) < campaign.expected


def test_the_list_of_campaigns_shows_a_branch_its_own_progress(
    office: Office, client_of: Callable[[str], Client]
) -> None:
    here, campaign = mixed(office)
    ((_campaign, _state, mine),) = client_of("commune_officer").get(reverse("reporting:campaigns")).context["shown"]
    ((_campaign, _state, whole),) = client_of("director").get(reverse("reporting:campaigns")).context["shown"]
    assert whole.expected == campaign.expected - 1
    assert mine.expected == reporters_of(campaign, here.by("commune_officer")).exclude(state="exempt").count()
    assert mine.expected < whole.expected


def test_a_sum_that_everyone_answered_opens_to_exactly_those_who_sent(
    office: Office, client_of: Callable[[str], Client]
) -> None:
    _here, campaign = mixed(office)
    node = TotalsNode.objects.get(campaign=campaign, axis=TotalsNode.LINE, depth=0)
    address = reverse("reporting:contributors", args=[campaign.public_id, node.public_id])
    answer = client_of("specialist").get(f"{address}?o=b1.r1.c1")
    sent = {office.unit("thpt_1").name, office.unit("thpt_2").name}
    assert {each.reporter.name for each in answer.context["given"]} == sent
    assert answer.context["page"].paginator.count == node.sent == 2
