"""Units that begin, end, merge or move while a campaign runs, and questions on reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caunoi.business.reporting.access import ReportingForbidden, own_reports
from caunoi.business.reporting.models import Campaign, CampaignChange, ExpectedReporter, Question, TotalsNode
from caunoi.business.reporting.operations.campaigns import exempt
from caunoi.business.reporting.operations.changes import decide_change
from caunoi.business.reporting.operations.questions import answer, ask, share_answer
from caunoi.business.reporting.operations.refused import CampaignRefused
from caunoi.business.reporting.public import SubmissionRefused, present, return_submission, save_draft, submit
from caunoi.business.reporting.rules.changes import after_end, decided, options
from caunoi.business.reporting.rules.states import ChangeState, ReporterState
from caunoi.business.reporting.tests.scenes import FIRST, OPENED, SECOND, Scene, figures, scene
from caunoi.foundation.notifications.public import Notice
from caunoi.foundation.organisations.public import (
    Naming,
    TreeRefused,
    UnitEvent,
    UnitKind,
    dissolve_unit,
    establish_unit,
    merge_units,
    move_unit,
    undo_event,
)
from caunoi.kernel.actor import Line, system
from caunoi.surfaces.demonstration.office import Office

MERGED = dt.date(2026, 10, 12)
LATER = OPENED + dt.timedelta(days=2)
ONE_DAY = dt.timedelta(days=1)
AFTER = OPENED + dt.timedelta(days=10)


@pytest.fixture
def here(office: Office) -> Scene:
    return scene(office)


def whole(campaign: Campaign) -> int:
    return TotalsNode.objects.get(campaign=campaign, axis=TotalsNode.LINE, depth=0).expected


def line(campaign: Campaign, office: Office, unit: str) -> CampaignChange:
    return CampaignChange.objects.select_related("campaign").get(campaign=campaign, unit=office.unit(unit))


def merge(office: Office, *, on: dt.date = MERGED) -> None:
    merge_units(units=[office.unit("thpt_2")], into=office.unit("thpt_1"), on=on, by=system(), at=LATER)


@pytest.mark.parametrize(
    ("state", "kind", "has_heir", "before_due", "expected"),
    [
        ("not_started", "dissolve", True, True, ChangeState.RELEASED),
        ("draft", "dissolve", False, True, ChangeState.RELEASED),
        ("returned", "merge", True, True, ChangeState.HEIR_BOTH),
        ("not_started", "split", True, True, ChangeState.HEIR_BOTH),
        ("submitted", "merge", True, True, ChangeState.KEPT),
        ("accepted", "dissolve", False, True, ChangeState.KEPT),
        ("exempt", "dissolve", False, True, ChangeState.KEPT),
        ("not_started", "merge", True, False, ChangeState.KEPT),
    ],
)
def test_the_rule_of_a_unit_that_ends(
    state: str, kind: str, has_heir: bool, before_due: bool, expected: ChangeState
) -> None:
    assert after_end(state, kind=kind, has_heir=has_heir, ends_before_due=before_due) is expected


def test_what_may_be_decided() -> None:
    assert options(ChangeState.OFFERED, has_heir=False) == ["add", "decline"]
    assert options(ChangeState.HEIR_BOTH, has_heir=True) == ["one", "release"]
    assert options(ChangeState.HEIR_BOTH, has_heir=True, is_sent=True) == []
    assert options(ChangeState.OFFERED, has_heir=False, is_sent=True) == ["add", "decline"]
    assert options(ChangeState.RELEASED, has_heir=False) == []
    assert decided(ChangeState.KEPT, "release", has_heir=True) is None
    assert decided(ChangeState.OFFERED, "nothing", has_heir=True) is None


def test_a_merged_school_hands_its_report_to_its_heir(here: Scene, office: Office) -> None:
    campaign = here.open()
    before = whole(campaign)
    merge(office)
    shown = line(campaign, office, "thpt_2")
    assert (shown.state, shown.heir) == (ChangeState.HEIR_BOTH, office.unit("thpt_1"))
    assert whole(campaign) == before
    heir = here.by("thpt_1.officer")
    mine = {row.name for row in own_reports(heir).filter(campaign=campaign)}
    assert mine == {office.unit("thpt_1").name, office.unit("thpt_2").name}
    told = Notice.objects.filter(post=office.posts["thpt_1.officer"], kind="reporting.heir")
    assert [notice.text for notice in told] == [f"Thay cho {office.unit('thpt_2').name}."]


def test_one_common_report_releases_the_old_school_and_can_be_changed_back(here: Scene, office: Office) -> None:
    campaign = here.open()
    before = whole(campaign)
    merge(office)
    by = here.by("specialist")
    decide_change(change=line(campaign, office, "thpt_2"), act="one", by=by, at=LATER)
    reporter = here.reporter(campaign, "thpt_2")
    assert (reporter.state, whole(campaign)) == (ReporterState.EXEMPT, before - 1)
    assert reporter.extension_ground == f"Không còn từ ngày 12/10/2026; {office.unit('thpt_1').name} báo cáo chung"
    decide_change(change=line(campaign, office, "thpt_2"), act="both", by=by, at=LATER)
    reporter.refresh_from_db()
    assert (reporter.state, reporter.heir, whole(campaign)) == ("not_started", office.unit("thpt_1"), before)
    with pytest.raises(CampaignRefused):
        decide_change(change=line(campaign, office, "thpt_2"), act="add", by=by, at=LATER)


def test_who_has_sent_is_not_freed_of_the_report(
    here: Scene, office: Office, client_of: Callable[[str], Client]
) -> None:
    campaign = here.open()
    merge(office)
    page = reverse("reporting:changes", args=[campaign.public_id])
    assert 'value="release"' in client_of("specialist").get(page).content.decode()
    here.send(campaign, "thpt_2")
    assert 'value="release"' not in client_of("specialist").get(page).content.decode()
    node = TotalsNode.objects.get(campaign=campaign, axis="line", depth=0)
    for act in ("release", "one"):
        with pytest.raises(CampaignRefused):
            decide_change(change=line(campaign, office, "thpt_2"), act=act, by=here.by("specialist"), at=LATER)
    assert here.reporter(campaign, "thpt_2").state == ReporterState.SUBMITTED
    assert TotalsNode.objects.filter(pk=node.pk, expected=node.expected, sent=1, cells=node.cells).exists()


def test_a_dissolved_school_is_released_with_its_ground(here: Scene, office: Office) -> None:
    campaign = here.open()
    before = whole(campaign)
    dissolve_unit(unit=office.unit("thpt_2"), on=MERGED, successor=office.unit("thpt_3"), by=system(), at=LATER)
    reporter = here.reporter(campaign, "thpt_2")
    assert reporter.state == ReporterState.EXEMPT
    assert reporter.extension_ground.endswith(f"đơn vị kế thừa: {office.unit('thpt_3').name}")
    assert whole(campaign) == before - 1


def test_what_was_sent_and_what_is_due_before_the_end_stays(here: Scene, office: Office) -> None:
    campaign = here.open()
    here.send(campaign, "thpt_2")
    merge(office)
    assert line(campaign, office, "thpt_2").state == ChangeState.KEPT
    assert here.reporter(campaign, "thpt_2").state == ReporterState.SUBMITTED
    dissolve_unit(unit=office.unit("thpt_3"), on=dt.date(2027, 1, 1), by=system(), at=LATER)
    assert here.reporter(campaign, "thpt_3").state == ReporterState.NOT_STARTED


def new_school(office: Office) -> None:
    so = office.unit("so")
    kind = UnitKind.objects.get(code="upper_secondary")
    establish_unit(
        kind=kind, code="TG.MOI", naming=Naming("Trường THPT Mới Lập"), by=system(), at=LATER, on=MERGED,
        parents={Line.PROFESSIONAL: so, Line.ADMINISTRATIVE: so},
    )  # fmt: skip


def test_a_new_school_is_offered_and_added_by_decision(here: Scene, office: Office) -> None:
    campaign = here.open()
    before, expected = whole(campaign), campaign.expected
    new_school(office)
    offered = CampaignChange.objects.select_related("campaign").get(campaign=campaign)
    assert (offered.unit.name, offered.state) == ("Trường THPT Mới Lập", ChangeState.OFFERED)
    assert whole(campaign) == before
    added = decide_change(change=offered, act="add", by=here.by("specialist"), at=LATER)
    campaign.refresh_from_db()
    assert added.reporter is not None
    assert (added.reporter.last_day_on, whole(campaign), campaign.expected) == (
        campaign.last_day_on, before + 1, expected + 1,
    )  # fmt: skip


def test_an_event_taken_back_leaves_the_list_as_it_was(here: Scene, office: Office) -> None:
    campaign = here.open()
    before = whole(campaign)
    merge(office)
    decide_change(change=line(campaign, office, "thpt_2"), act="one", by=here.by("specialist"), at=LATER)
    undo_event(event=UnitEvent.objects.order_by("-pk")[0], by=system(), at=LATER)
    reporter = here.reporter(campaign, "thpt_2")
    assert (reporter.state, reporter.heir, whole(campaign)) == ("not_started", None, before)
    assert line(campaign, office, "thpt_2").state == ChangeState.UNDONE


def test_a_new_school_on_the_list_keeps_its_event_until_it_is_declined(here: Scene, office: Office) -> None:
    campaign = here.open()
    before = whole(campaign)
    new_school(office)
    event = UnitEvent.objects.order_by("-pk")[0]
    offered = CampaignChange.objects.select_related("campaign").get(campaign=campaign)
    added = decide_change(change=offered, act="add", by=here.by("specialist"), at=LATER)
    assert added.reporter_id is not None
    with pytest.raises(TreeRefused):
        undo_event(event=event, by=system(), at=LATER)
    ExpectedReporter.objects.filter(pk=added.reporter_id).update(versions=1)
    with pytest.raises(CampaignRefused):
        decide_change(change=added, act="decline", by=here.by("specialist"), at=LATER)
    ExpectedReporter.objects.filter(pk=added.reporter_id).update(versions=0)
    decide_change(change=added, act="decline", by=here.by("specialist"), at=LATER)
    assert whole(campaign) == before
    undo_event(event=event, by=system(), at=LATER)
    assert not CampaignChange.objects.filter(campaign=campaign).exists()
    assert not ExpectedReporter.objects.filter(campaign=campaign, name="Trường THPT Mới Lập").exists()


def test_a_question_is_asked_answered_and_shared(here: Scene, office: Office) -> None:
    campaign = here.open()
    reporter, other = here.reporter(campaign), here.reporter(campaign, "thpt_3")
    asked = ask(reporter=reporter, text=" Ghi đoàn trực tuyến ở đâu? ", by=here.by("thpt_1.officer"), at=OPENED)
    assert (asked.text, asked.is_from_unit) == ("Ghi đoàn trực tuyến ở đâu?", True)
    assert Notice.objects.filter(post=office.posts["specialist"], kind="reporting.asked").count() == 1
    by = here.by("specialist")
    answered = answer(question=asked, text="Ở dòng giao lưu.", by=by, at=LATER)
    assert Notice.objects.filter(post=office.posts["thpt_1.officer"], kind="reporting.answered").count() == 1
    share_answer(question=answered, for_all=True, by=by, at=LATER)
    assert Question.objects.get(campaign=campaign, is_for_all=True).answer == "Ở dòng giao lưu."
    with pytest.raises(ReportingForbidden):
        ask(reporter=other, text="Xem được không?", by=here.by("thpt_1.officer"), at=OPENED)
    with pytest.raises(CampaignRefused):
        ask(reporter=reporter, text="  ", by=here.by("thpt_1.officer"), at=OPENED)
    assert Question.objects.filter(campaign=campaign).count() == 1


def test_the_department_asks_and_the_school_answers(here: Scene, office: Office) -> None:
    campaign = here.open()
    asked = ask(reporter=here.reporter(campaign), text="Đoàn nào?", by=here.by("specialist"), at=OPENED)
    assert not asked.is_from_unit
    with pytest.raises(ReportingForbidden):
        answer(question=asked, text="Tự trả lời", by=here.by("thpt_3.officer"), at=LATER)
    asked.refresh_from_db()
    assert asked.answer == ""
    answer(question=asked, text="Đoàn Lào.", for_all=True, by=here.by("thpt_1.officer"), at=LATER)
    asked.refresh_from_db()
    assert (asked.answer, asked.is_for_all) == ("Đoàn Lào.", False)


def test_the_pages_show_and_take_questions_and_decisions(
    here: Scene, office: Office, client_of: Callable[[str], Client]
) -> None:
    campaign = here.open()
    reporter = here.reporter(campaign)
    school, so = client_of("school_officer"), client_of("specialist")
    own = reverse("reporting:entry", args=[reporter.public_id])
    assert "Hỏi nơi nhận báo cáo" in school.get(own).content.decode()
    school.post(reverse("reporting:ask_question", args=[reporter.public_id]), {"text": "Hỏi thử?"})
    merge(office)
    page = so.get(reverse("reporting:changes", args=[campaign.public_id])).content.decode()
    assert "Hỏi thử?" in page
    assert "Đơn vị kế thừa báo cáo thay" in page
    question = Question.objects.get()
    so.post(reverse("reporting:answer_question", args=[question.public_id]), {"text": "Trả lời.", "for_all": "1"})
    assert "Trả lời." in school.get(own).content.decode()
    decide = reverse("reporting:decide_change", args=[campaign.public_id, line(campaign, office, "thpt_2").public_id])
    so.post(decide, {"act": "one"})
    assert line(campaign, office, "thpt_2").state == ChangeState.HEIR_ONE


def test_who_does_not_gather_reads_nothing_of_changes_nor_their_number(
    here: Scene, office: Office, client_of: Callable[[str], Client]
) -> None:
    campaign = here.open()
    merge(office)
    address = reverse("reporting:changes", args=[campaign.public_id])
    theirs = client_of("principal").get(address)
    assert "Đơn vị thay đổi sau khi chốt danh sách" not in theirs.content.decode()
    assert theirs.context["tabs"][-1].count is None
    own = client_of("specialist").get(address)
    assert "Đơn vị thay đổi sau khi chốt danh sách" in own.content.decode()
    assert own.context["tabs"][-1].count == own.context["page"].paginator.count > 0


def test_the_page_of_changes_asks_no_more_of_the_database_for_more_lines(
    here: Scene, office: Office, client_of: Callable[[str], Client]
) -> None:
    campaign, client = here.open(), client_of("specialist")
    page = reverse("reporting:changes", args=[campaign.public_id])
    dissolve_unit(unit=office.unit("thpt_2"), on=MERGED, by=system(), at=LATER)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for key in ("thpt_3", "thpt_4", "thpt_5", "thpt_6"):
        dissolve_unit(unit=office.unit(key), on=MERGED, by=system(), at=LATER)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(page).context["lines"]) == 5
    assert len(many) == len(few) <= 35


def test_what_an_officer_exempted_stays_so_when_an_event_is_taken_back(here: Scene, office: Office) -> None:
    campaign, by = here.open(), here.by("specialist")
    before = whole(campaign)
    for unit in ("thcs_1", "thpt_2"):
        exempt(reporter=here.reporter(campaign, unit), ground="Lũ lụt", by=by, at=OPENED)
    moved = move_unit(
        unit=office.unit("thcs_1"), line=Line.PROFESSIONAL, parent=office.unit("so"), on=MERGED, by=system(), at=LATER
    )
    merge(office)
    undo_event(event=UnitEvent.objects.get(kind="merge"), by=system(), at=LATER)
    undo_event(event=moved, by=system(), at=LATER)
    found = [here.reporter(campaign, unit) for unit in ("thcs_1", "thpt_2")]
    assert [(one.state, one.extension_ground) for one in found] == [("exempt", "Lũ lụt")] * 2
    assert whole(campaign) == before - 2


def test_the_heir_of_an_heir_gives_the_reports_of_both_until_that_is_taken_back(here: Scene, office: Office) -> None:
    campaign = here.open()
    merge(office)
    merge_units(units=[office.unit("thpt_1")], into=office.unit("thpt_3"), on=MERGED + ONE_DAY, by=system(), at=LATER)
    reports = own_reports(here.by("thpt_3.officer", AFTER.date())).filter(campaign=campaign)
    assert {row.unit for row in reports} == {office.unit(unit) for unit in ("thpt_1", "thpt_2", "thpt_3")}
    told = Notice.objects.filter(post=office.posts["thpt_3.officer"], kind="reporting.heir")
    assert {notice.text for notice in told} == {f"Thay cho {office.unit(u).name}." for u in ("thpt_1", "thpt_2")}
    undo_event(event=UnitEvent.objects.filter(kind="merge").latest("pk"), by=system(), at=LATER)
    assert here.reporter(campaign, "thpt_1").heir is None
    assert here.reporter(campaign, "thpt_2").heir == office.unit("thpt_1")


def test_an_heir_needs_its_own_head_and_hears_what_becomes_of_the_report(office: Office) -> None:
    here = scene(office, needs_approval=True)
    campaign = here.open()
    merge(office)
    report, by = here.reporter(campaign, "thpt_2"), here.by("thpt_1.officer", AFTER.date())
    words = {FIRST: "Đã làm.", SECOND: "Tiếp tục."}
    save_draft(reporter=report, cells=figures(1, 2, 3, 4, 5, 6), narrative=words, by=by, at=AFTER)
    with pytest.raises(SubmissionRefused) as refused:
        submit(reporter=report, key="k", by=by, at=AFTER)
    assert refused.value.code == "reporting.needs_approval"
    present(reporter=report, by=by, at=AFTER)
    sent = submit(reporter=report, key="k", by=here.by("thpt_1.principal", AFTER.date()), at=AFTER)
    return_submission(submission=sent, reason="Thiếu số liệu.", by=here.by("specialist", AFTER.date()), at=AFTER)
    kinds = ["reporting.presented", "reporting.returned"]
    told = Notice.objects.filter(post=office.posts["thpt_1.principal"], kind__in=kinds)
    assert sorted(told.values_list("kind", flat=True)) == kinds
