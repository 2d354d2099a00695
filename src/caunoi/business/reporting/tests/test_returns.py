"""Sending a report back: notes on any place, refused returns shown again as typed, what became of each note."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.models import Campaign, Submission, SubmissionReturn
from caunoi.business.reporting.public import SubmissionRefused, return_submission, save_draft, submit
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.rules.checks import Content
from caunoi.business.reporting.rules.differences import difference
from caunoi.business.reporting.rules.notes import answered, can_be_noted
from caunoi.business.reporting.tests.scenes import FIRST, OPENED, SECOND, Scene, figures, scene
from caunoi.foundation.notifications.public import Notice
from caunoi.surfaces.demonstration.office import Office

ClientOf = Callable[[str], Client]
CELLS = [f"cell:b1.r{row}.c{column}" for row in (1, 2, 3) for column in (1, 2)]


@pytest.fixture
def here(office: Office) -> Scene:
    return scene(office)


@pytest.fixture
def campaign(here: Scene) -> Campaign:
    return here.open()


def send_back(client: Client, sent: Submission, **fields: str) -> tuple[int, str]:
    address = reverse("reporting:return", args=[sent.reporter.public_id])
    posted = {name.replace("__", ":").replace("_", "."): text for name, text in fields.items()}
    answer = client.post(address, {"version": str(sent.public_id), **posted})
    return answer.status_code, answer.content.decode()


def test_every_place_can_be_noted_while_reading(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    here.send(campaign)
    page = client_of("specialist").get(reverse("reporting:report", args=[here.reporter(campaign).public_id]))
    words = page.content.decode()
    for place in (*CELLS, f"section:{FIRST}", f"section:{SECOND}", "table:b1"):
        assert f'form="return-form" name="{place}"' in words
    assert 'name="cell:b1.rt.c1"' not in words
    school = client_of("school_officer").get(reverse("reporting:report", args=[here.reporter(campaign).public_id]))
    assert "return-form" not in school.content.decode()


def test_notes_stand_at_their_places_and_are_struck_when_answered(
    here: Scene, campaign: Campaign, client_of: ClientOf
) -> None:
    sent, school = here.send(campaign), client_of("school_officer")
    notes = {place: f"Xem lại số {number}" for number, place in enumerate(CELLS)}
    notes |= {f"section:{FIRST}": "Nêu rõ số buổi", "table:b1": "Biểu chưa khớp"}
    return_submission(submission=sent, reason="Chưa khớp", notes=notes, by=here.by("specialist"), at=OPENED)
    entry = reverse("reporting:entry", args=[here.reporter(campaign).public_id])
    words = school.get(entry).content.decode()
    assert "Báo cáo bị trả lại, lần 1" in words
    for number in range(6):
        assert f'<span class="cell-source">Nơi nhận ghi: Xem lại số {number}</span>' in words
    assert words.count("(đã sửa)") == 0
    by = here.by("thpt_1.officer")
    save_draft(reporter=here.reporter(campaign), cells=figures(9), by=by, at=OPENED)
    words = school.get(entry).content.decode()
    assert '<span class="cell-source">Đã sửa. Nơi nhận ghi: Xem lại số 0</span>' in words
    assert words.count("(đã sửa)") == 2, "the cell and its table"
    submit(reporter=here.reporter(campaign), key="again", by=by, at=OPENED)
    read = client_of("specialist").get(reverse("reporting:report", args=[here.reporter(campaign).public_id]))
    words = read.content.decode()
    assert '<del class="note-done">Xem lại số 0</del>' in words
    assert '<span class="cell-question">Xem lại số 1</span>' in words
    assert words.count("Chưa sửa") == 6, "five cells and a section"
    assert "<del>1</del> → <ins>9</ins>" in words


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": " ", "cell__b1_r1_c1": "Thiếu tháng 9"}, "Hãy ghi lý do"),
        ({"reason": "Sai", "until": "32/13/2026", "cell__b1_r1_c1": "Thiếu tháng 9"}, "“32/13/2026” không phải ngày"),
        ({"reason": "Sai", "cell__b1_r1_c1": "Thiếu tháng 9", "cell__b1_rt_c1": "x"}, "không có chỗ “cell:b1.rt.c1”"),
        ({"reason": "Sai", "cell__b1_r1_c1": "Thiếu tháng 9", "section__s9": "x"}, "không có chỗ “section:s9”"),
    ],
)
def test_a_refused_return_is_shown_again_as_typed(
    here: Scene, campaign: Campaign, client_of: ClientOf, fields: dict[str, str], said: str
) -> None:
    sent = here.send(campaign)
    told = Notice.objects.count()
    status, words = send_back(client_of("specialist"), sent, **fields)
    assert status == 422
    assert said in words
    assert ">Thiếu tháng 9</textarea>" in words
    sent.refresh_from_db()
    assert (sent.state, SubmissionReturn.objects.count(), Notice.objects.count()) == ("submitted", 0, told)


def test_a_program_reads_the_notes(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    sent, notes = here.send(campaign), {CELLS[0]: "Thiếu tháng 9"}
    return_submission(submission=sent, reason="Sai", notes=notes, by=here.by("specialist"), at=OPENED)
    said = client_of("school_officer").get(f"/api/v1/reports/{sent.reporter.public_id}").json()
    assert (said["reason"], said["notes"], said["returns"]) == ("Sai", notes, 1)


def test_only_who_gathers_sends_back(here: Scene, campaign: Campaign, client_of: ClientOf) -> None:
    sent = here.send(campaign)
    for who, status in (("school_officer", 403), ("commune_officer", 403), ("reporter", 403)):
        assert send_back(client_of(who), sent, reason="x", cell__b1_r1_c1="x")[0] == status
    assert SubmissionReturn.objects.count() == 0
    with pytest.raises(SubmissionRefused) as refused:
        return_submission(submission=sent, reason="x", notes={"x": "y"}, by=here.by("specialist"), at=OPENED)
    assert refused.value.code == "reporting.note_misplaced"


def test_which_places_take_notes_and_which_are_answered(here: Scene) -> None:
    form = form_of(here.regime)
    places = ("cell:b1.r1.c1", "cell:b1.rt.c1", "section:s1", "section:s9", "table:b1", "table:b2", "cell", "")
    assert [can_be_noted(form, place) for place in places] == [True, False, True, False, True, False, False, False]
    before = Content({"b1.r1.c1": "1"}, {FIRST: "Một"})
    after = Content({"b1.r1.c1": "1", "b1.r1.c2": "Z"}, {FIRST: "Một"})
    noted = ("cell:b1.r1.c1", "cell:b1.r1.c2", "table:b1", f"section:{FIRST}")
    assert answered(noted, difference(form, before, after)) == {"cell:b1.r1.c2", "table:b1"}
