"""Two people in one draft: what differs is merged, what clashes is shown, and nothing is saved over another's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.models import Campaign, Submission
from caunoi.business.reporting.public import (
    Base,
    DraftClash,
    Entered,
    ReportingForbidden,
    SubmissionRefused,
    enter_on_behalf,
    return_submission,
    save_draft,
    submit,
)
from caunoi.business.reporting.rules.drafts import Clash, by_others, clashes
from caunoi.business.reporting.tests.scenes import FIRST, OPENED, SECOND, TABLE, Scene, figures, scene
from caunoi.foundation.notifications.public import Notice
from caunoi.kernel.measure import Measure
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]
C1, C2 = f"cell:{TABLE}.r1.c1", f"cell:{TABLE}.r1.c2"


@pytest.fixture
def here(office: Office) -> Scene:
    return scene(office)


@pytest.fixture
def campaign(here: Scene) -> Campaign:
    return here.open()


def save(
    here: Scene, campaign: Campaign, revision: int, window: str = "a", *, cells: Mapping[str, Measure] | None = None,
    narrative: Mapping[str, str] | None = None, explanations: Mapping[str, str] | None = None,
) -> Submission:  # fmt: skip
    return save_draft(
        reporter=here.reporter(campaign), cells=cells, narrative=narrative, explanations=explanations,
        base=Base(1, revision, window), by=here.by("thpt_1.officer"), at=OPENED,
    )  # fmt: skip


def test_different_places_are_merged_silently(here: Scene, campaign: Campaign) -> None:
    save(here, campaign, 0, "a", cells=figures(1), narrative={FIRST: "Của tôi"})
    save(here, campaign, 0, "b", cells=figures(None, 2), narrative={SECOND: "Của chị"})
    draft = Submission.objects.get()
    assert draft.cells == {f"{TABLE}.r1.c1": "1", f"{TABLE}.r1.c2": "2"}
    assert draft.narrative == {FIRST: "Của tôi", SECOND: "Của chị"}
    assert draft.revision == 2


def test_the_same_place_is_not_saved_over(here: Scene, campaign: Campaign) -> None:
    save(here, campaign, 0, "a", cells=figures(1))
    with pytest.raises(DraftClash) as refused:
        save(here, campaign, 0, "b", cells=figures(9, 2))
    assert refused.value.clashes == (Clash(C1, "1", "9", here.by("thpt_1.officer").person_name),)
    draft = Submission.objects.get()
    assert (draft.cells, draft.revision) == ({f"{TABLE}.r1.c1": "1"}, 1)
    save(here, campaign, 1, "b", cells=figures(9, 2))
    assert Submission.objects.get().cells == {f"{TABLE}.r1.c1": "9", f"{TABLE}.r1.c2": "2"}


def test_a_save_whose_answer_was_lost_is_no_clash(here: Scene, campaign: Campaign) -> None:
    save(here, campaign, 0, "a", narrative={FIRST: "Đã"})
    save(here, campaign, 0, "a", narrative={FIRST: "Đã xong"})
    save(here, campaign, 0, "b", narrative={FIRST: "Đã xong"})
    assert Submission.objects.get().narrative == {FIRST: "Đã xong"}


def test_saving_what_stands_there_changes_nothing(here: Scene, campaign: Campaign) -> None:
    save(here, campaign, 0, cells=figures(1))
    later = OPENED + dt.timedelta(hours=1)
    save_draft(reporter=here.reporter(campaign), cells=figures(1), by=here.by("thpt_1.officer"), at=later)
    draft = Submission.objects.get()
    assert (draft.revision, draft.saved_at) == (1, OPENED)


def test_a_window_of_an_earlier_version_saves_nothing(here: Scene, campaign: Campaign) -> None:
    here.send(campaign)
    with pytest.raises(SubmissionRefused) as refused:
        save(here, campaign, 1, cells=figures(9))
    assert refused.value.code == "reporting.version_moved"
    assert Submission.objects.get().cells[f"{TABLE}.r1.c1"] == "1"


def test_what_others_changed_is_told() -> None:
    touched: dict[str, list[object]] = {C1: [3, "Chị Hoa", "b"], C2: [4, "Tôi", "a"]}
    assert by_others(touched, Base(1, 2, "a")) == [C1]
    assert by_others(touched, Base(1, 3, "a")) == []
    assert clashes({C1: "5", C2: "6"}, {C1: "1"}, touched, Base(1, 2, "a")) == [Clash(C1, "1", "5", "Chị Hoa")]


@pytest.mark.parametrize(
    "key", ["x", "jump|cell:b9.r1.c1", "negative|cell:b1.r1.c1", "cells_missing|table:b2", "jump|"]
)
def test_only_a_query_of_the_form_is_explained(here: Scene, campaign: Campaign, key: str) -> None:
    with pytest.raises(SubmissionRefused) as refused:
        save(here, campaign, 0, explanations={key: "Vì thế"})
    assert refused.value.code == "reporting.explanation_unknown"
    assert not Submission.objects.exists()


def test_signs_that_nobody_sees_are_left_out(here: Scene, campaign: Campaign) -> None:
    save(here, campaign, 0, narrative={FIRST: "Một\x00\x07 hai\r\nba\u00a0bốn"})
    assert Submission.objects.get().narrative == {FIRST: "Một hai\nba\u00a0bốn"}


def post(
    client: Client, here: Scene, campaign: Campaign, revision: int, **fields: str
) -> tuple[int, dict[str, object]]:
    address = reverse("reporting:autosave", args=[here.reporter(campaign).public_id])
    typed = {name.replace("__", ":").replace("_", "."): value for name, value in fields.items()}
    base = {"base-version": "1", "base-revision": str(revision), "base-writer": "w" + str(id(client))}
    answer = client.post(address, {**base, **typed})
    return answer.status_code, answer.json()


def test_the_page_is_told_what_others_changed_and_where_both_did(
    here: Scene, campaign: Campaign, client_of: ClientOf
) -> None:
    officer, head = client_of("school_officer"), client_of("principal")
    assert post(officer, here, campaign, 0, cell__b1_r1_c1="1.234", section__s1="Một")[1]["revision"] == 1
    status, said = post(head, here, campaign, 0, cell__b1_r1_c2="2", cell__b1_r2_c1="ba")
    who = here.by("thpt_1.officer").person_name
    assert (status, said["revision"], said["unreadable"]) == (200, 2, ["cell:b1.r2.c1"])
    assert said["theirs"] == {C1: {"value": "1.234", "who": who}, "section:s1": {"value": "Một", "who": who}}
    status, said = post(head, here, campaign, 0, cell__b1_r1_c1="7", cell__b1_r1_c2="8")
    assert (status, said["revision"]) == (409, 2)
    assert C1 in said["theirs"]  # type: ignore[operator]
    assert Submission.objects.get().cells == {f"{TABLE}.r1.c1": "1234", f"{TABLE}.r1.c2": "2"}


def test_a_page_without_scripts_shows_both(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    address = reverse("reporting:entry", args=[here.reporter(campaign).public_id])
    client_of("school_officer").post(address, {"section:s1": "Lời của chị", "act": "save"})
    base = {"base-version": "1", "base-revision": "0", "act": "save"}
    answer = client_of("principal").post(address, {**base, "section:s1": "Lời của tôi"})
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "đã lưu “Lời của chị”" in words
    assert "bạn nhập “Lời của tôi”" in words
    assert Submission.objects.get().narrative == {"s1": "Lời của chị"}


def everything(first: int = 1) -> Entered:
    return Entered(figures(first, 2, 3, 4, 5, 6), {FIRST: "Có.", SECOND: "Có."}, {})


def test_content_and_sending_in_one_step_and_its_key(here: Scene, campaign: Campaign) -> None:
    officer = here.by("thpt_1.officer")
    sent = submit(reporter=here.reporter(campaign), key="k1", entered=everything(), by=officer, at=OPENED)
    again = submit(reporter=here.reporter(campaign), key="k1", entered=everything(), by=officer, at=OPENED)
    assert (again.pk, sent.state, Submission.objects.count()) == (sent.pk, "submitted", 1)
    for key, code in (("k1", "reporting.key_reused"), (" ", "reporting.key_needed")):
        with pytest.raises(SubmissionRefused) as refused:
            submit(reporter=here.reporter(campaign), key=key, entered=everything(9), by=officer, at=OPENED)
        assert refused.value.code == code
    assert Submission.objects.get().cells[f"{TABLE}.r1.c1"] == "1"


def test_a_clock_that_went_back_is_refused(here: Scene, campaign: Campaign) -> None:
    save(here, campaign, 0, cells=figures(1, 2, 3, 4, 5, 6), narrative={FIRST: "Có.", SECOND: "Có."})
    early = OPENED - dt.timedelta(days=1)
    with pytest.raises(SubmissionRefused) as refused:
        submit(reporter=here.reporter(campaign), key="k", by=here.by("thpt_1.officer"), at=early)
    assert refused.value.code == "reporting.clock_wrong"
    assert Submission.objects.get().state == "draft"


def test_a_clock_set_back_before_saving_again_does_not_make_a_late_report_early(
    here: Scene, campaign: Campaign
) -> None:
    """The last save is what a clock is compared with: saving once more must not move it back."""
    officer, late = here.by("thpt_1.officer"), OPENED + dt.timedelta(days=30)
    save_draft(reporter=here.reporter(campaign), cells=figures(1), by=officer, at=late)
    early = late - dt.timedelta(days=20)
    again = save_draft(reporter=here.reporter(campaign), cells=figures(2), by=officer, at=early)
    assert again.saved_at == late
    for entered in (None, everything()):
        with pytest.raises(SubmissionRefused) as refused:
            submit(reporter=here.reporter(campaign), key="k", entered=entered, by=officer, at=early)
        assert refused.value.code == "reporting.clock_wrong"
    sent = submit(reporter=here.reporter(campaign), key="k", entered=everything(), by=officer, at=late)
    assert (sent.days_late, sent.sent_at) == (4, late)


def test_a_clock_set_back_after_a_return_is_noticed_too(here: Scene, campaign: Campaign) -> None:
    late = OPENED + dt.timedelta(days=8)
    sent = here.send(campaign)
    return_submission(submission=sent, reason="Sai", by=here.by("specialist"), at=late)
    with pytest.raises(SubmissionRefused) as refused:
        submit(
            reporter=here.reporter(campaign), key="k2", entered=everything(), by=here.by("thpt_1.officer"), at=OPENED
        )
    assert refused.value.code == "reporting.clock_wrong"
    assert Submission.objects.count() == 1


def test_the_clock_of_the_client_decides_nothing(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    save(here, campaign, 0, cells=figures(1, 2, 3, 4, 5, 6), narrative={FIRST: "Có.", SECOND: "Có."})
    claims = {"at": "2026-10-06T08:00", "sent_at": "2026-10-06", "saved_at": "2026-10-06", "days_late": "0"}
    address = reverse("reporting:entry", args=[here.reporter(campaign).public_id])
    late = OPENED + dt.timedelta(days=30)
    with time_machine.travel(late, tick=False):
        client = client_of("school_officer")
        answer = client.post(address, {**claims, "act": "submit", "key": "k"}, headers={"Date": "Tue, 06 Oct 2026"})
    sent = Submission.objects.get()
    assert (answer.status_code, sent.days_late, sent.sent_at) == (302, 4, late)


def test_figures_are_written_as_they_are_read_in_either_language(
    here: Scene, campaign: Campaign, client_of: ClientOf
) -> None:
    save(here, campaign, 0, cells=figures(1234, 5))
    address = reverse("reporting:entry", args=[here.reporter(campaign).public_id])
    client = client_of("school_officer")
    for language in ("vi", "en"):
        client.cookies["django_language"] = language
        words = client.get(address, headers={"accept-language": language}).content.decode()
        assert 'name="cell:b1.r1.c1" value="1.234"' in words
    client.post(address, {"cell:b1.r1.c1": "1.234", "act": "save"})
    assert Submission.objects.get().cells == {f"{TABLE}.r1.c1": "1234", f"{TABLE}.r1.c2": "5"}


def test_a_unit_that_has_begun_to_mend_is_not_entered_for(here: Scene, campaign: Campaign) -> None:
    specialist = here.by("specialist")
    return_submission(submission=here.send(campaign), reason="Sai", by=specialist, at=OPENED)
    save_draft(reporter=here.reporter(campaign), cells=figures(7), by=here.by("thpt_1.officer"), at=OPENED)
    with pytest.raises(SubmissionRefused) as refused:
        enter_on_behalf(reporter=here.reporter(campaign), ground="Giúp", by=specialist, at=OPENED)
    assert refused.value.code == "reporting.unit_writes_itself"
    assert here.reporter(campaign).behalf_ground == ""


def test_a_report_entered_on_behalf_needs_a_ground_and_shows_it(here: Scene, campaign: Campaign) -> None:
    specialist, reporter = here.by("specialist"), here.reporter(campaign, "thcs_1")
    with pytest.raises(ReportingForbidden):
        submit(reporter=reporter, key="k", entered=everything(), by=specialist, at=OPENED)
    with pytest.raises(SubmissionRefused) as refused:
        enter_on_behalf(reporter=reporter, ground=" ", by=specialist, at=OPENED)
    assert refused.value.code == "reporting.ground_needed"
    enter_on_behalf(reporter=reporter, ground="Trường gửi bản giấy, chưa có mạng", by=specialist, at=OPENED)
    sent = submit(reporter=here.reporter(campaign, "thcs_1"), key="k", entered=everything(), by=specialist, at=OPENED)
    assert (sent.behalf_ground, sent.sent_by_name) == ("Trường gửi bản giấy, chưa có mạng", specialist.person_name)
    told = Notice.objects.filter(kind="reporting.on_behalf", post=here.office.posts["thcs_1.officer"]).get()
    assert "chưa có mạng" in told.text


def test_nobody_enters_on_behalf_of_a_unit_that_writes_itself(here: Scene, campaign: Campaign) -> None:
    save(here, campaign, 0, cells=figures(1))
    with pytest.raises(SubmissionRefused) as refused:
        enter_on_behalf(reporter=here.reporter(campaign), ground="Giúp", by=here.by("specialist"), at=OPENED)
    assert refused.value.code == "reporting.unit_writes_itself"
    with pytest.raises(ReportingForbidden):
        enter_on_behalf(reporter=here.reporter(campaign, "thpt_2"), ground="x", by=here.by("thpt_1.officer"), at=OPENED)
    assert here.reporter(campaign, "thpt_2").behalf_ground == ""


def test_a_confirmed_zero_is_no_empty_cell(here: Scene, campaign: Campaign) -> None:
    save(here, campaign, 0, cells=figures(Measure.zero(), Measure.not_applicable(), Measure.missing(), 0))
    assert Submission.objects.get().cells == {f"{TABLE}.r1.c1": "Z", f"{TABLE}.r1.c2": "N", f"{TABLE}.r2.c2": "0"}
