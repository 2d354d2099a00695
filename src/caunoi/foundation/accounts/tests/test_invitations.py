import datetime as dt

import pytest

from caunoi.foundation.accounts.models import Account, Invitation
from caunoi.foundation.accounts.operations.invitations import accept_invitation, invitation_of, token_of
from caunoi.foundation.accounts.public import (
    AccountsForbidden,
    InvitationBatch,
    InvitationRefused,
    close_account,
    invite,
    invite_many,
    withdraw_invitation,
)
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.jobs.models import Job
from caunoi.foundation.jobs.operations import Run, handler_named
from caunoi.foundation.people.public import Person
from caunoi.kernel.actor import Actor, system
from caunoi.surfaces.demonstration.office import Office

HOUR = dt.timedelta(hours=1)


def made(
    office: Office, at: dt.datetime, key: str = "thpt_2.principal", email: str = "moi@truong.example"
) -> Invitation:
    return invite(person=office.people[key], email=email, by=office.actor("administrator", on=at.date()), at=at)


def test_an_invitation_opens_an_account_without_a_password_and_keeps_no_secret(
    office: Office, now: dt.datetime
) -> None:
    invitation = made(office, now)
    account = invitation.account
    assert (account.email, account.has_usable_password(), account.is_active) == ("moi@truong.example", False, True)
    assert invitation.expires_at == now + 168 * HOUR
    token = token_of(invitation)
    assert len(token) == 64
    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values())
    assert invitation_of(token, at=now) == invitation


def test_a_link_is_good_once(office: Office, now: dt.datetime) -> None:
    token = token_of(made(office, now))
    account = accept_invitation(token=token, password="mot-cau-rat-dai", by=system(), at=now + HOUR)
    assert account.check_password("mot-cau-rat-dai")
    with pytest.raises(InvitationRefused, match=r"invitation\.not_open"):
        accept_invitation(token=token, password="mot-cau-khac-han", by=system(), at=now + HOUR)
    assert Account.objects.get(pk=account.pk).check_password("mot-cau-rat-dai")


@pytest.mark.parametrize("spoil", ["late", "tampered", "withdrawn", "invited again", "closed"])
def test_a_link_that_is_not_open_sets_no_password(office: Office, now: dt.datetime, spoil: str) -> None:
    invitation = made(office, now)
    token, at = token_of(invitation), now + HOUR
    if spoil == "late":
        at = invitation.expires_at
    elif spoil == "tampered":
        token = token[:-1] + ("0" if token[-1] != "0" else "1")
    elif spoil == "withdrawn":
        withdraw_invitation(invitation=invitation, by=system(), at=at)
    elif spoil == "invited again":
        made(office, at)
    else:
        close_account(account=invitation.account, by=system(), at=at)
    with pytest.raises(InvitationRefused, match=r"invitation\.not_open"):
        accept_invitation(token=token, password="mot-cau-rat-dai", by=system(), at=at)
    assert not Account.objects.get(pk=invitation.account_id).has_usable_password()


@pytest.mark.parametrize(
    ("key", "email", "code"),
    [
        ("thpt_2.principal", "khong phai dia chi", "invitation.email_wrong"),
        ("specialist", "moi@truong.example", "invitation.account_exists"),
    ],
)
def test_what_cannot_be_invited_is_refused_and_leaves_nothing(
    office: Office, now: dt.datetime, key: str, email: str, code: str
) -> None:
    before = Account.objects.count()
    with pytest.raises(InvitationRefused) as refused:
        made(office, now, key, email)
    assert refused.value.code == code
    assert (Account.objects.count(), Invitation.objects.count()) == (before, 0)


def test_two_people_do_not_share_an_address(office: Office, now: dt.datetime) -> None:
    taken = office.accounts["specialist"].email.upper()
    with pytest.raises(InvitationRefused) as refused:
        made(office, now, email=taken)
    assert refused.value.code == "invitation.email_taken"


def test_only_who_manages_the_account_invites(office: Office, now: dt.datetime) -> None:
    before = Account.objects.count()
    for kind in ("specialist", "principal"):
        with pytest.raises(AccountsForbidden):
            invite(
                person=office.people["thpt_2.principal"], email="moi@truong.example",
                by=office.actor(kind, on=now.date()), at=now,
            )  # fmt: skip
    assert (Account.objects.count(), Invitation.objects.count()) == (before, 0)


def test_who_invites_whom_stands_in_the_audit(office: Office, now: dt.datetime) -> None:
    invitation = made(office, now)
    entry = Entry.objects.get(verb="accounts.invite")
    assert (entry.subject_label, entry.person_name) == (
        invitation.account.username, office.people["administrator"].name,
    )  # fmt: skip
    assert entry.changes["email"] == [None, "m•••@truong.example"]


def _people(office: Office, count: int) -> list[tuple[Person, str]]:
    taken = set(Account.objects.values_list("person_id", flat=True))
    ids = sorted({person.pk for person in office.people.values()} - taken)[:count]
    return [(Person.objects.get(pk=pk), f"nguoi{pk}@truong.example") for pk in ids]


def _run(batch: InvitationBatch, at: dt.datetime) -> None:
    job = Job.objects.get(handler="accounts.invite_many", arguments={"batch": batch.pk})
    handle = handler_named("accounts.invite_many")
    assert handle is not None
    handle(Run(job.pk, at, 1), batch=batch.pk)


def test_many_are_invited_in_a_job_and_who_was_refused_is_kept(office: Office, now: dt.datetime) -> None:
    people = _people(office, 45)
    wrong = (people[7][0], "khong-phai")
    people[7] = wrong
    by = office.actor("administrator", on=now.date())
    batch = invite_many(people=people, by=by, at=now)
    assert Invitation.objects.count() == 0
    _run(batch, now)
    batch.refresh_from_db()
    assert (batch.total, batch.done, batch.finished_at) == (45, 45, now)
    assert [(person_id, code) for person_id, code, _facts in batch.refused] == [(wrong[0].pk, "invitation.email_wrong")]
    assert Invitation.objects.filter(batch=batch).count() == 44
    assert len(set(Account.objects.values_list("username", flat=True))) == Account.objects.count()


def test_a_batch_taken_up_again_after_a_crash_invites_nobody_twice(
    office: Office, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = invite_many(people=_people(office, 30), by=office.actor("administrator", on=now.date()), at=now)
    told: list[object] = []

    def breaks_at_the_25th(event: object) -> None:
        told.append(event)
        if len(told) == 25:
            raise ConnectionError("as if killed")

    with monkeypatch.context() as patch:
        patch.setattr("caunoi.foundation.accounts.operations.invitations.announce", breaks_at_the_25th)
        with pytest.raises(ConnectionError):
            _run(batch, now)
    batch.refresh_from_db()
    assert (batch.done, Invitation.objects.filter(batch=batch).count()) == (20, 20)
    _run(batch, now)
    assert Invitation.objects.filter(batch=batch).count() == 30
    assert not Invitation.objects.filter(batch=batch, withdrawn_at__isnull=False).exists()


def test_a_batch_of_somebody_who_may_not_is_refused_at_once(office: Office, now: dt.datetime) -> None:
    by: Actor = office.actor("specialist", on=now.date())
    with pytest.raises(AccountsForbidden):
        invite_many(people=_people(office, 2), by=by, at=now)
    assert InvitationBatch.objects.count() == 0
    assert Job.objects.filter(handler="accounts.invite_many").count() == 0
