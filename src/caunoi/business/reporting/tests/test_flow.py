"""From the opening of a campaign to the acceptance of a report, on the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from caunoi.business.reporting.access import ReportingForbidden
from caunoi.business.reporting.models import Campaign, ExpectedReporter, Submission, TotalsNode
from caunoi.business.reporting.public import (
    CampaignRefused,
    SubmissionRefused,
    accept,
    chase,
    close_campaign,
    exempt,
    extend,
    open_campaign,
    open_due_campaigns,
    present,
    reopen,
    return_submission,
    save_draft,
    submit,
    take_back,
    whole,
)
from caunoi.business.reporting.rules.totals import total_of
from caunoi.business.reporting.tests.scenes import FIRST, MISSING, OPENED, TABLE, ZERO, figures, scene
from caunoi.foundation.notifications.public import Notice
from caunoi.kernel.actor import system
from caunoi.kernel.measure import Total
from caunoi.surfaces.demonstration.office import Office

KEY = f"{TABLE}.r1.c1"
DAY = dt.timedelta(days=1)


def total(campaign: Campaign, key: str = KEY) -> Total:
    node = whole(campaign)
    return total_of(node.cells, key, node.expected)


def test_a_campaign_has_its_four_dates_and_a_frozen_list(office: Office) -> None:
    campaign = scene(office).open()
    assert campaign.name == "Báo cáo công tác đối ngoại – năm 2026"
    assert (campaign.period_from_on, campaign.period_until_on) == (dt.date(2025, 12, 15), dt.date(2026, 12, 15))
    assert (campaign.cut_off_on, campaign.cut_off_origin) == (dt.date(2026, 10, 20), "own")
    assert (campaign.due_on, campaign.last_day_on) == (dt.date(2026, 11, 1), dt.date(2026, 10, 31))
    assert campaign.lock_on == dt.date(2026, 11, 14)
    assert campaign.state == "open"
    listed = ExpectedReporter.objects.filter(campaign=campaign)
    assert listed.count() == campaign.expected
    assert set(listed.values_list("kind_code", flat=True)) == {
        "upper_secondary",
        "lower_secondary",
        "study_abroad_consultancy",
    }
    one = listed.get(unit=office.unit("thpt_1"))
    assert (one.name, one.state, one.last_day_on) == (office.unit("thpt_1").name, "not_started", dt.date(2026, 10, 31))


def test_a_campaign_tells_the_units(office: Office) -> None:
    campaign = scene(office).open()
    told = Notice.objects.filter(kind="reporting.opened")
    assert told.filter(post=office.posts["thpt_1.officer"]).count() == 1
    assert campaign.name in told.filter(post=office.posts["reporter"]).get().title


def test_the_same_period_is_not_opened_twice(office: Office) -> None:
    here = scene(office)
    here.open()
    with pytest.raises(CampaignRefused) as refused:
        here.open()
    assert refused.value.code == "reporting.campaign_exists"
    assert Campaign.objects.count() == 1


def test_campaigns_open_by_themselves_once(office: Office) -> None:
    scene(office)
    assert open_due_campaigns(by=system(), at=OPENED) == 1
    assert open_due_campaigns(by=system(), at=OPENED + DAY) == 0
    assert Campaign.objects.get().due_on == dt.date(2026, 11, 1)


def test_a_report_is_sent_returned_resubmitted_and_accepted(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    specialist = here.by("specialist")
    first = here.send(campaign, "thpt_1", 1, 2, 3, 4, 5, 6)
    assert (first.state, first.version, first.days_late, first.counts) == ("submitted", 1, 0, True)
    assert first.cells[f"{TABLE}.rt.ct"] == "21"
    assert total(campaign) == Total(Decimal(1), 1, campaign.expected)

    notes = {f"cell:{KEY}": "Thiếu đoàn tháng 9"}
    back = return_submission(submission=first, reason="Thiếu số liệu quý III", notes=notes, by=specialist, at=OPENED)
    assert back.notes == notes
    assert here.reporter(campaign).state == "returned"
    assert total(campaign) == Total(None, 0, campaign.expected)

    officer = here.by("thpt_1.officer")
    draft = save_draft(reporter=here.reporter(campaign), cells=figures(9), by=officer, at=OPENED)
    assert (draft.version, draft.cells[KEY]) == (2, "9")
    assert draft.narrative == first.narrative
    second = submit(reporter=here.reporter(campaign), key="again", by=officer, at=OPENED)
    accept(submission=second, by=specialist, at=OPENED)
    node = whole(campaign)
    assert (node.sent, node.accepted, node.late) == (1, 1, 0)
    assert total(campaign) == Total(Decimal(9), 1, campaign.expected)
    assert here.reporter(campaign).returns == 1
    assert [s.state for s in Submission.objects.order_by("version")] == ["returned", "accepted"]


def test_sending_twice_with_the_same_key_is_sending_once(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    first = here.send(campaign)
    again = submit(reporter=here.reporter(campaign), key="thpt_1-0", by=here.by("thpt_1.officer"), at=OPENED + DAY)
    assert again.pk == first.pk
    assert (Submission.objects.count(), whole(campaign).sent) == (1, 1)
    with pytest.raises(SubmissionRefused) as refused:
        submit(reporter=here.reporter(campaign), key="other", by=here.by("thpt_1.officer"), at=OPENED + DAY)
    assert refused.value.code == "reporting.already_sent"


def test_errors_and_unexplained_queries_block(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    officer = here.by("thpt_1.officer")
    save_draft(
        reporter=here.reporter(campaign), cells=figures(-1, MISSING), narrative={FIRST: " "}, by=officer, at=OPENED
    )
    with pytest.raises(SubmissionRefused) as refused:
        submit(reporter=here.reporter(campaign), key="k", by=officer, at=OPENED)
    findings = refused.value.facts["findings"]
    assert isinstance(findings, tuple)
    assert [(f.code, f.target) for f in findings] == [
        ("section_empty", "section:s1"),
        ("section_empty", "section:s2"),
        ("negative", f"cell:{KEY}"),
        ("cells_missing", f"table:{TABLE}"),
    ]
    assert (whole(campaign).sent, Submission.objects.get().state) == (0, "draft")


def test_late_is_counted_from_the_last_day_in_time(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    late = here.send(campaign, "thpt_1", at=dt.datetime(2026, 11, 3, 8, 0, tzinfo=OPENED.tzinfo))
    assert late.days_late == 3
    assert whole(campaign).late == 1


def test_a_locked_campaign_takes_nothing_but_from_an_extended_unit(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    day = dt.datetime(2026, 11, 14, 8, 0, tzinfo=OPENED.tzinfo)
    with pytest.raises(SubmissionRefused) as refused:
        here.send(campaign, "thpt_1", at=day)
    assert refused.value.code == "reporting.locked"
    assert Submission.objects.count() == 0
    reporter = here.reporter(campaign)
    extend(reporter=reporter, until=dt.date(2026, 11, 20), ground="Bão lũ", by=here.by("specialist"), at=day)
    assert here.send(campaign, "thpt_1", at=day).days_late == 0


def test_more_time_is_for_a_report_that_is_not_there_and_for_days_to_come(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    here.send(campaign, "thpt_1")
    by, sent, unsent = here.by("specialist"), here.reporter(campaign), here.reporter(campaign, "thpt_2")
    for reporter, until, at, code in (
        (sent, dt.date(2026, 12, 20), OPENED, "reporting.cannot_extend"),
        (unsent, dt.date(2026, 11, 20), OPENED + dt.timedelta(days=60), "reporting.extension_without_ground"),
    ):
        with pytest.raises(CampaignRefused) as refused:
            extend(reporter=reporter, until=until, ground="Bão lũ", by=by, at=at)
        assert refused.value.code == code
        before = reporter.last_day_on
        reporter.refresh_from_db()
        assert (reporter.last_day_on, reporter.extension_ground) == (before, "")


def test_units_that_may_no_longer_send_are_not_urged(office: Office) -> None:
    here = scene(office)
    campaign, by = here.open(), here.by("specialist")
    reporter = here.reporter(campaign)
    assert chase(campaign=campaign, reporters=[reporter], by=by, at=OPENED) == 1
    close_campaign(campaign=campaign, by=by, at=OPENED)
    assert chase(campaign=campaign, reporters=[reporter], by=by, at=OPENED) == 0
    reporter.refresh_from_db()
    assert reporter.chased == 1


def test_closing_by_hand_locks_every_unit(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    close_campaign(campaign=campaign, by=here.by("specialist"), at=OPENED)
    with pytest.raises(SubmissionRefused):
        here.send(campaign)


def test_an_exempt_unit_leaves_the_coverage(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    exempt(reporter=here.reporter(campaign), ground="Mới thành lập", by=here.by("specialist"), at=OPENED)
    assert whole(campaign).expected == campaign.expected - 1
    with pytest.raises(SubmissionRefused) as refused:
        here.send(campaign)
    assert refused.value.code == "reporting.unit_exempt"


def test_where_the_head_approves_the_officer_presents(office: Office) -> None:
    here = scene(office, needs_approval=True)
    campaign = here.open()
    with pytest.raises(SubmissionRefused) as refused:
        here.send(campaign)
    assert refused.value.code == "reporting.needs_approval"
    officer, head = here.by("thpt_1.officer"), here.by("principal")
    present(reporter=here.reporter(campaign), by=officer, at=OPENED)
    with pytest.raises(SubmissionRefused):
        save_draft(reporter=here.reporter(campaign), cells=figures(3), by=officer, at=OPENED)
    take_back(reporter=here.reporter(campaign), by=head, at=OPENED)
    assert here.reporter(campaign).state == "draft"
    present(reporter=here.reporter(campaign), by=officer, at=OPENED)
    sent = submit(reporter=here.reporter(campaign), key="head", by=head, at=OPENED)
    assert (sent.state, sent.sent_by_title) == ("submitted", "Hiệu trưởng")


def test_a_centre_without_a_head_sends_by_itself(office: Office) -> None:
    here = scene(office, needs_approval=True)
    campaign = here.open()
    with pytest.raises(SubmissionRefused) as refused:
        present(reporter=here.reporter(campaign, "tvdh_1"), by=here.by("reporter"), at=OPENED)
    assert refused.value.code == "reporting.no_head"
    assert here.send(campaign, "tvdh_1").state == "submitted"


def test_an_accepted_report_is_reopened_only_with_a_reason(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    sent = accept(submission=here.send(campaign), by=here.by("specialist"), at=OPENED)
    with pytest.raises(SubmissionRefused) as refused:
        reopen(submission=sent, reason=" ", by=here.by("specialist"), at=OPENED)
    assert refused.value.code == "reporting.reason_needed"
    assert whole(campaign).accepted == 1
    reopen(submission=sent, reason="Đơn vị đề nghị đính chính", by=here.by("specialist"), at=OPENED)
    node = whole(campaign)
    assert (node.sent, node.accepted, node.cells) == (0, 0, {})
    save_draft(reporter=here.reporter(campaign), cells=figures(7), by=here.by("thpt_1.officer"), at=OPENED)
    submit(reporter=here.reporter(campaign), key="v2", by=here.by("thpt_1.officer"), at=OPENED)
    assert [s.state for s in Submission.objects.order_by("version")] == ["superseded", "submitted"]


@pytest.mark.parametrize("column", ["cells", "narrative", "explanations"])
def test_the_database_refuses_to_change_a_sent_version(office: Office, column: str) -> None:
    here = scene(office)
    sent = here.send(here.open())
    with pytest.raises(DatabaseError, match="reporting_submission_sealed"), transaction.atomic():
        Submission.objects.filter(pk=sent.pk).update(**{column: {"x": "1"}})
    with pytest.raises(DatabaseError, match="reporting_submission_sealed"), transaction.atomic():
        Submission.objects.filter(pk=sent.pk)._raw_delete("default")
    sent.refresh_from_db()
    assert sent.cells[KEY] == "1"


def test_only_units_that_are_late_are_chased(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    here.send(campaign, "thpt_1")
    day = dt.datetime(2026, 11, 2, 8, 0, tzinfo=OPENED.tzinfo)
    assert chase(campaign=campaign, by=here.by("specialist"), at=OPENED) == 0
    assert chase(campaign=campaign, by=here.by("specialist"), at=day) == campaign.expected - 1
    assert not Notice.objects.filter(kind="reporting.chased", post=office.posts["thpt_1.officer"]).exists()
    assert here.reporter(campaign, "thpt_2").chased == 1


def test_a_commune_officer_chases_the_own_branch(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    day = dt.datetime(2026, 11, 2, 8, 0, tzinfo=OPENED.tzinfo)
    assert chase(campaign=campaign, by=here.by("commune_officer"), at=day) == 2
    assert here.reporter(campaign, "thcs_1").chased == 1
    assert here.reporter(campaign, "thcs_3").chased == 0


@pytest.mark.parametrize("who", ["school_officer", "principal", "commune_officer", "reporter", "receiver", "clerk"])
def test_nobody_else_opens_decides_or_closes(office: Office, who: str) -> None:
    here = scene(office)
    campaign = here.open()
    sent, by = here.send(campaign), here.by(who)
    attempts: list[Callable[[], object]] = [
        lambda: open_campaign(regime=here.regime, due_on=dt.date(2027, 5, 20), by=by, at=OPENED),
        lambda: accept(submission=sent, by=by, at=OPENED),
        lambda: return_submission(submission=sent, reason="x", by=by, at=OPENED),
        lambda: close_campaign(campaign=campaign, by=by, at=OPENED),
        lambda: exempt(reporter=here.reporter(campaign, "thpt_2"), ground="x", by=by, at=OPENED),
    ]
    for attempt in attempts:
        with pytest.raises(ReportingForbidden):
            attempt()
    sent.refresh_from_db()
    assert (sent.state, whole(campaign).sent, Campaign.objects.count()) == ("submitted", 1, 1)


@pytest.mark.parametrize("who", ["thpt_2.officer", "specialist", "director", "commune_officer", "reporter"])
def test_nobody_fills_in_the_report_of_another_unit(office: Office, who: str) -> None:
    here = scene(office)
    campaign = here.open()
    with pytest.raises(ReportingForbidden):
        save_draft(reporter=here.reporter(campaign), cells=figures(ZERO), by=here.by(who), at=OPENED)
    assert (Submission.objects.count(), here.reporter(campaign).state) == (0, "not_started")


def test_the_places_above_a_unit_hold_its_figures(office: Office) -> None:
    here = scene(office)
    campaign = here.open()
    here.send(campaign, "thcs_1", 5)
    here.send(campaign, "thcs_3", 2)
    nodes = {n.name: n for n in TotalsNode.objects.filter(campaign=campaign, axis="line")}
    commune = nodes[office.unit("xa_1").name]
    assert total_of(commune.cells, KEY, commune.expected) == Total(Decimal(5), 1, 2)
    kind = TotalsNode.objects.get(campaign=campaign, axis="kind", path="lower_secondary")
    assert total_of(kind.cells, KEY, kind.expected).amount == Decimal(7)
    assert total(campaign) == Total(Decimal(7), 2, campaign.expected)
