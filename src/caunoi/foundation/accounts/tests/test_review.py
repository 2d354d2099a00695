"""Looking through rights: who holds what, kept or withdrawn with the day, told when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caunoi.foundation.accounts.access import AccountsForbidden
from caunoi.foundation.accounts.models import AccessReview, SignInRule
from caunoi.foundation.accounts.operations.reviewing import ReviewRefused, review_rights, tell_reviews_due
from caunoi.foundation.accounts.queries import rights_due, rights_within
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.notifications.public import Notice
from caunoi.foundation.people.public import Grant, Holding, Role, grant_role, take_up
from caunoi.foundation.people.tests.scenes import Scene, counted
from caunoi.foundation.spreadsheets.public import read
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import Office

SignIn = Callable[[str], Client]
DAY = dt.timedelta(days=1)
PAGE, DECIDE, EXPORT = (reverse(f"account_review{name}") for name in ("", "_decide", "_export"))


@pytest.fixture
def scene(office: Office, now: dt.datetime) -> Scene:
    return Scene(office, now)


def right(scene: Scene, key: str) -> Grant:
    return Grant.objects.select_related("post__unit", "unit").get(post=scene.post(key))


def keeper(scene: Scene) -> None:
    """Let the principal administer the own school."""
    grant_role(
        post=scene.post("principal"), role=Role.ADMINISTRATOR, unit=scene.unit("thpt_1"), on=scene.today, by=system(),
        at=scene.now,
    )  # fmt: skip


def test_a_right_is_due_when_it_was_not_looked_at_for_as_long_as_the_rule_says(scene: Scene) -> None:
    held, by = right(scene, "clerk"), scene.admin
    assert SignInRule.objects.get(code="access_review_days").value == 90
    Grant.objects.filter(pk=held.pk).update(from_on=scene.today - 89 * DAY)
    assert held not in rights_due(by, at=scene.now)
    assert held in rights_due(by, at=scene.now + DAY)
    review_rights(grants=[held], keep=True, by=by, at=scene.now + DAY)
    assert held not in rights_due(by, at=scene.now + 90 * DAY)
    assert held in rights_due(by, at=scene.now + 91 * DAY)


def test_what_is_kept_stays_and_is_recorded_with_its_day(scene: Scene) -> None:
    held = right(scene, "clerk")
    assert review_rights(grants=[held], keep=True, by=scene.admin, at=scene.now) == 1
    row = AccessReview.objects.get()
    assert (row.grant, row.role, row.is_kept, row.decided_at, row.decided_by) == (
        held, "clerk", True, scene.now, scene.admin.person_name,
    )  # fmt: skip
    assert (row.holder, row.post_title, row.unit_id) == (scene.person("clerk").name, "Văn thư", scene.unit("so").pk)
    assert Grant.objects.get(pk=held.pk).until_on is None
    assert Entry.objects.get(verb="accounts.review_kept").changes == {"role": [row.role + " @ " + held.unit.name] * 2}


def test_what_is_withdrawn_ends_in_the_same_second(scene: Scene) -> None:
    held = right(scene, "clerk")
    assert "clerk" in scene.actor("clerk").roles
    review_rights(grants=[held], keep=False, by=scene.admin, at=scene.now)
    assert "clerk" not in scene.actor("clerk").roles
    assert AccessReview.objects.get().is_kept is False
    assert set(Entry.objects.order_by("-pk").values_list("verb", flat=True)[:2]) == {
        "people.end_grant", "accounts.review_withdrawn",
    }  # fmt: skip


def test_nobody_looks_through_rights_of_another_branch_or_of_their_own(scene: Scene) -> None:
    keeper(scene)
    by = scene.actor("principal")
    for keep in (True, False):
        with counted(AccessReview, Entry, Grant), pytest.raises(AccountsForbidden):
            review_rights(grants=[right(scene, "clerk")], keep=keep, by=by, at=scene.now)
        with counted(AccessReview, Entry), pytest.raises(ReviewRefused, match="own_post"):
            review_rights(grants=[right(scene, "administrator")], keep=keep, by=scene.admin, at=scene.now)
    assert right(scene, "clerk").until_on is None


def test_the_page_names_holder_right_day_and_last_sign_in(scene: Scene, client_of: SignIn) -> None:
    client = client_of("administrator")
    page = client.get(PAGE).content.decode()
    for words in (scene.person("clerk").name, "01/01/2023", "chưa vào lần nào", "chưa rà soát"):
        assert words in page
    held = right(scene, "clerk")
    assert client.post(DECIDE, {"chosen": str(held.public_id), "act": "keep"}).headers["Location"] == PAGE
    assert str(held.public_id) not in client.get(PAGE, {"q": scene.person("clerk").name}).content.decode()
    assert str(held.public_id) in client.get(PAGE, {"which": "all", "q": scene.person("clerk").name}).content.decode()
    assert "Không có quyền nào đến kỳ" in client.get(PAGE, {"q": "không ai"}).content.decode()
    assert "Chưa chọn quyền nào" in client.post(DECIDE, {"act": "withdraw"}, follow=True).content.decode()
    assert AccessReview.objects.count() == 1


def test_a_keeper_of_one_school_sees_and_changes_only_its_own(scene: Scene, client_of: SignIn) -> None:
    keeper(scene)
    client, foreign = client_of("principal"), right(scene, "clerk")
    page = client.get(PAGE, {"which": "all"}).content.decode()
    assert scene.person("thpt_1.officer").name in page
    assert str(foreign.public_id) not in page
    with counted(AccessReview, Entry):
        client.post(DECIDE, {"chosen": str(foreign.public_id), "act": "withdraw"})
    assert right(scene, "clerk").until_on is None


def test_who_manages_no_accounts_gets_nothing(scene: Scene, client_of: SignIn) -> None:
    client = client_of("director")
    with counted(AccessReview, Entry):
        assert (client.get(PAGE).status_code, client.get(EXPORT).status_code) == (403, 403)
        assert client.post(DECIDE, {"chosen": str(right(scene, "clerk").public_id)}).status_code == 403


def test_the_workbook_holds_every_right_and_is_noted(scene: Scene, client_of: SignIn) -> None:
    review_rights(grants=[right(scene, "clerk")], keep=True, by=scene.admin, at=scene.now)
    (sheet,) = read(content=client_of("administrator").get(EXPORT).content, name="x.xlsx").sheets
    count = rights_within(scene.admin, on=scene.today).count()
    assert scene.person("clerk").name in str(sheet)
    assert "05/10/2026 09:30" in str(sheet)
    assert Entry.objects.get(verb="accounts.review_export").changes == {"count": [None, count]}


def test_a_workbook_holds_all_or_says_that_it_cannot(
    scene: Scene, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caunoi.foundation.accounts.web.views_review.EXPORTED", 3)
    client = client_of("administrator")
    with counted(Entry):
        answer = client.get(EXPORT, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Một tệp ghi được 3 quyền." in answer.content.decode()


def test_the_download_takes_what_was_sought(scene: Scene, client_of: SignIn) -> None:
    client = client_of("administrator")
    name = scene.person("clerk").name
    assert f"{EXPORT}?which=all&amp;q=" in client.get(PAGE, {"which": "all", "q": name}).content.decode()
    (sheet,) = read(content=client.get(EXPORT, {"q": name}).content, name="x.xlsx").sheets
    assert name in {row[0].printed for row in sheet.rows[1:]}
    assert 1 < len(sheet.rows) < rights_within(scene.admin, on=scene.today).count()


def test_rights_of_every_post_of_one_s_own_are_left_to_others(scene: Scene, client_of: SignIn) -> None:
    person = Holding.objects.get(post=scene.post("administrator")).person
    second = scene.free_post("so")
    take_up(person=person, post=second, on=scene.today, by=system(), at=scene.now)
    more = grant_role(post=second, role=Role.CLERK, unit=scene.unit("so"), on=scene.today, by=system(), at=scene.now)
    page = client_of("administrator").get(PAGE, {"which": "all", "q": person.name}).content.decode()
    assert page.count("Vị trí của bạn: người quản trị khác rà soát.") == 2
    assert str(more.public_id) not in page  # there is no tick for it


def test_the_list_costs_the_same_whatever_its_length(scene: Scene, client_of: SignIn) -> None:
    client = client_of("administrator")
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as short:
        client.get(PAGE, {"which": "all", "q": scene.person("clerk").name})
    with CaptureQueriesContext(connection) as long:
        client.get(PAGE, {"which": "all"})
    assert len(long) <= len(short) + 1


def test_the_administrator_is_told_once_a_month_for_as_long_as_rights_wait(scene: Scene) -> None:
    for moment in (scene.now, scene.now + DAY, scene.now + 30 * DAY):
        assert tell_reviews_due(at=moment) == 1
    told = Notice.objects.filter(post=scene.post("administrator"), kind="accounts.review")
    due = rights_due(scene.admin, at=scene.now)
    assert due.filter(post=scene.post("administrator")).exists()
    count = due.exclude(post=scene.post("administrator")).count()
    assert told.count() == 2
    assert told.order_by("pk")[0].title == f"{count} quyền truy cập đến kỳ rà soát"
    assert told.order_by("pk")[0].address == PAGE


def test_nobody_is_told_of_rights_that_only_others_may_decide_about(scene: Scene) -> None:
    Grant.objects.exclude(post=scene.post("administrator")).update(from_on=scene.today)
    assert tell_reviews_due(at=scene.now) == 0
    assert not Notice.objects.filter(kind="accounts.review").exists()


def test_nobody_is_told_while_nothing_is_due(scene: Scene) -> None:
    Grant.objects.update(from_on=scene.today)
    assert tell_reviews_due(at=scene.now) == 0
    assert not Notice.objects.filter(kind="accounts.review").exists()
