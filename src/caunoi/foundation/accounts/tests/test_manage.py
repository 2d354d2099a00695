import datetime as dt
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caunoi.foundation.accounts.models import AccessKey, Account, Invitation, InvitationBatch, SignInRule, Tally
from caunoi.foundation.accounts.operations.letters import password_path
from caunoi.foundation.accounts.operations.locking import WayClosed, begin_attempt
from caunoi.foundation.accounts.public import actor_of_key, invite, policy_on
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.accounts.tests.steps import is_in, sign_in
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.jobs.models import Job
from caunoi.foundation.people.public import Role, grant_role
from caunoi.kernel.actor import system
from caunoi.surfaces.demonstration.office import PASSWORD, Office

Maker = Callable[[str], Client]
GOOD = "gió mát trên đồi 26"


def test_a_locked_account_is_found_and_unlocked(office: Office, client_of: Maker, now: dt.datetime) -> None:
    for _ in range(5):
        begin_attempt(name="chuyenvien", address="10.0.0.1", at=now)
    with pytest.raises(WayClosed):
        begin_attempt(name="chuyenvien", address="10.0.0.2", at=now)
    client, account = client_of("administrator"), office.accounts["specialist"]
    page = client.get("/tai-khoan/quan-ly/?state=locked")
    assert [shown.username for shown, _state in page.context["rows"]] == ["chuyenvien"]
    assert client.get(f"/tai-khoan/quan-ly/{account.public_id}/").context["locked"] is not None
    client.post(f"/tai-khoan/quan-ly/{account.public_id}/mo-khoa/")
    assert not Tally.objects.filter(account=account).exists()


def test_an_account_is_closed_and_opened_again(office: Office, client_of: Maker) -> None:
    client, account = client_of("administrator"), office.accounts["clerk"]
    client.post(f"/tai-khoan/quan-ly/{account.public_id}/dong/")
    assert not Account.objects.get(pk=account.pk).is_active
    client.post(f"/tai-khoan/quan-ly/{account.public_id}/mo-lai/")
    assert Account.objects.get(pk=account.pk).is_active
    assert list(Entry.objects.filter(subject_id=str(account.public_id)).order_by("pk").values_list("verb", flat=True))[
        -2:
    ] == ["accounts.close", "accounts.reopen"]


def test_who_manages_a_branch_knows_nothing_of_accounts_elsewhere(
    office: Office, client_of: Maker, now: dt.datetime
) -> None:
    grant_role(
        post=office.posts["principal"], role=Role.ADMINISTRATOR, unit=office.unit("thpt_1"), on=now.date(),
        by=system(), at=now,
    )  # fmt: skip
    client, far = client_of("principal"), office.accounts["specialist"]
    names = {shown.username for shown, _state in client.get("/tai-khoan/quan-ly/").context["rows"]}
    assert names == {"hieutruong", "canbotruong"}
    assert client.get(f"/tai-khoan/quan-ly/{far.public_id}/").status_code == 404
    before = Entry.objects.count()
    assert client.post(f"/tai-khoan/quan-ly/{far.public_id}/dong/").status_code == 404
    assert Account.objects.get(pk=far.pk).is_active
    assert Entry.objects.count() == before


def test_people_are_chosen_and_invited_in_a_job(office: Office, client_of: Maker) -> None:
    client = client_of("administrator")
    page = client.get("/tai-khoan/quan-ly/moi/")
    chosen = [str(person.public_id) for person, _posts in page.context["rows"][:3]]
    answer = client.post("/tai-khoan/quan-ly/moi/", {"chosen": chosen, "act": "chosen"})
    batch = InvitationBatch.objects.get()
    assert answer["Location"] == f"/tai-khoan/quan-ly/moi/{batch.public_id}/"
    assert batch.total == 3
    assert Job.objects.filter(handler="accounts.invite_many").count() == 1
    assert client.get(answer["Location"]).status_code == 200
    assert client.post("/tai-khoan/quan-ly/moi/", {"act": "chosen"})["Location"] == "/tai-khoan/quan-ly/moi/"
    assert client.post("/tai-khoan/quan-ly/moi/", {"chosen": ["x"]}).status_code == 404


def test_an_invitation_is_sent_again_or_withdrawn(office: Office, client_of: Maker, now: dt.datetime) -> None:
    client = client_of("administrator")
    first = invite(person=office.people["thpt_2.principal"], email="moi@truong.example", by=system(), at=now)
    client.post(f"/tai-khoan/quan-ly/loi-moi/{first.public_id}/gui-lai/")
    second = Invitation.objects.get(withdrawn_at__isnull=True)
    assert second.pk != first.pk
    client.post(f"/tai-khoan/quan-ly/loi-moi/{second.public_id}/thu-hoi/")
    assert not Invitation.objects.filter(withdrawn_at__isnull=True).exists()
    assert client.post(f"/tai-khoan/quan-ly/loi-moi/{second.public_id}/thu-hoi/").status_code == 409


def test_the_list_of_accounts_asks_the_database_as_often_for_many_as_for_few(
    office: Office, client_of: Maker, now: dt.datetime
) -> None:
    client, counts = client_of("administrator"), []
    for number in (2, 3, 4):
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/tai-khoan/quan-ly/").status_code == 200
        counts.append(len(asked))
        invite(person=office.people[f"thpt_{number}.principal"], email=f"m{number}@truong.example", by=system(), at=now)
    assert counts[0] == counts[1] == counts[2]


def test_a_rule_changes_from_today_and_the_old_value_stays_on_record(
    office: Office, client_of: Maker, today: dt.date
) -> None:
    fields = {"value": "5", "source": "Quy chế an toàn thông tin của Sở", "confidence": "I", "note": ""}
    client = client_of("administrator")
    assert client.post("/tai-khoan/quan-ly/quy-tac/idle_lock_minutes/", fields).status_code == 302
    assert policy_on(today)[RuleCode.IDLE_MINUTES] == 5
    assert policy_on(today - dt.timedelta(days=1))[RuleCode.IDLE_MINUTES] == 15
    client.post("/tai-khoan/quan-ly/quy-tac/idle_lock_minutes/", {**fields, "value": "10"})
    values = list(
        SignInRule.objects.filter(code="idle_lock_minutes").order_by("from_on").values_list("value", "until_on")
    )
    assert values == [(15, today), (10, None)]


@pytest.mark.parametrize(("name", "value"), [("value", "0"), ("value", "721"), ("source", "  "), ("value", "x")])
def test_a_rule_without_sense_or_source_is_refused(client_of: Maker, name: str, value: str) -> None:
    fields = {"value": "5", "source": "Quy chế", "confidence": "I", name: value}
    assert client_of("administrator").post("/tai-khoan/quan-ly/quy-tac/idle_lock_minutes/", fields).status_code == 422
    assert SignInRule.objects.get(code="idle_lock_minutes").value == 15


def test_what_nobody_has_verified_says_so(client_of: Maker) -> None:
    page = client_of("administrator").get("/tai-khoan/quan-ly/quy-tac/")
    assert page.context["to_verify"] == 1
    assert "Cần đối chiếu" in page.content.decode()


def test_a_key_is_shown_once_and_revoked(office: Office, client_of: Maker, now: dt.datetime) -> None:
    client, post = client_of("specialist"), office.posts["specialist"]
    assert client.get("/tai-khoan/khoa-truy-cap/")["Location"].startswith("/tai-khoan/xac-nhan-lai/")
    client.post("/tai-khoan/xac-nhan-lai/", {"password": PASSWORD, "next": "/tai-khoan/khoa-truy-cap/"})
    fields = {"name": "Kho", "post": str(post.pk), "expires_on": "31/12/2026"}
    page = client.post("/tai-khoan/khoa-truy-cap/", fields)
    secret = page.context["secret"]
    assert actor_of_key(secret, demonstration=True, at=now).post_id == post.pk
    assert secret not in client.get("/tai-khoan/khoa-truy-cap/").content.decode()
    other = {**fields, "post": str(office.posts["director"].pk)}
    assert client.post("/tai-khoan/khoa-truy-cap/", other).status_code == 422
    key = AccessKey.objects.get()
    assert client_of("director").post(f"/tai-khoan/khoa-truy-cap/{key.public_id}/thu-hoi/").status_code == 404
    client.post(f"/tai-khoan/khoa-truy-cap/{key.public_id}/thu-hoi/")
    key.refresh_from_db()
    assert key.revoked_at == now


def test_asking_for_a_new_password_says_nothing_of_who_has_an_account(office: Office, now: dt.datetime) -> None:
    answers = []
    for email in (office.accounts["specialist"].email, "khongco@elsewhere.example"):
        cache.clear()
        answers.append(Client().post("/tai-khoan/mat-khau/quen/", {"email": email}))
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, "/tai-khoan/mat-khau/quen/da-gui/")] * 2
    assert Entry.objects.filter(verb="accounts.ask_password").count() == 1


def test_a_link_to_set_a_password_is_good_once(office: Office) -> None:
    cache.clear()
    path = password_path(office.accounts["specialist"])
    client = Client()
    there = client.get(path)["Location"]
    assert client.post(there, {"password1": GOOD, "password2": GOOD}).status_code == 302
    assert is_in(sign_in(password=GOOD))
    assert Client().get(path).context["token_fail"]
    tampered = path[:-2] + ("0" if path[-2] != "0" else "1") + "/"
    assert Client().get(tampered).context["token_fail"]
