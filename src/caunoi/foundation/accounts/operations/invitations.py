"""Invitations: a link by e-mail with which a person first signs in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from caunoi.foundation.accounts.access import Permission, policy_on, require, require_over
from caunoi.foundation.accounts.events import InvitationAccepted, PersonInvited
from caunoi.foundation.accounts.models import Account, Invitation, InvitationBatch, MailState
from caunoi.foundation.accounts.operations.accounts import set_password, subject_of
from caunoi.foundation.accounts.operations.addresses import InvitationRefused, address_kept, checked_address
from caunoi.foundation.accounts.operations.keys import hash_of
from caunoi.foundation.accounts.rules.names import sign_in_name
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.jobs.public import enqueue
from caunoi.foundation.people.public import Person
from caunoi.foundation.personal_data.public import How, mask
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.events import announce

INVITE_MANY = "accounts.invite_many"
"""Name of the job that works off an InvitationBatch."""


@use_case
def invite(
    *, person: Person, email: str, by: Actor, at: dt.datetime, batch: InvitationBatch | None = None
) -> Invitation:
    """Invite a person to sign in; a link that was open before stops. The letter goes out after the commit.

    Opens the account (without a password) when there is none. Raises InvitationRefused, AccountsForbidden.
    """
    require_over(person, by=by, on=clock.day_of(at))
    Person.objects.select_for_update().get(pk=person.pk)  # two invitations of one person: the second finds the first
    account = _account_for(person, checked_address(email, person), by, at)
    _open(account).update(withdrawn_at=at)
    sender = ", ".join(part for part in (by.person_name, by.unit_name) if part)[:300]
    invitation = Invitation(
        account=account, email=account.email, invited_by=sender, batch=batch, created_at=at,
        expires_at=at + policy_on(clock.day_of(at)).hours(RuleCode.INVITATION_HOURS),
    )  # fmt: skip
    invitation.token_hash = hash_of(token_of(invitation))
    invitation.save()
    changes = {"email": (None, mask(account.email, How.EMAIL)), "expires_at": (None, invitation.expires_at)}
    record(by=by, at=at, verb="accounts.invite", subject=subject_of(account), changes=changes)
    announce(PersonInvited(invitation.pk, at))
    return invitation


def _open(account: Account) -> QuerySet[Invitation]:
    return Invitation.objects.filter(account=account, accepted_at__isnull=True, withdrawn_at__isnull=True)


def token_of(invitation: Invitation) -> str:
    """Return the secret of a link. It is worked out when the letter is written, and kept nowhere."""
    return salted_hmac("caunoi.accounts.invitation", str(invitation.public_id), algorithm="sha256").hexdigest()


def _account_for(person: Person, email: str, by: Actor, at: dt.datetime) -> Account:
    account = Account.objects.filter(person=person).first()
    if account is None:
        return _new_account(person, email, by, at)
    if not account.is_active:
        raise InvitationRefused("invitation.account_closed", name=person.name)
    if account.last_login is not None or account.has_usable_password():
        raise InvitationRefused("invitation.account_exists", name=person.name)
    if account.email != email:
        account.email = email
        with address_kept(email, person):
            account.save(update_fields=["email"])
    return account


def _new_account(person: Person, email: str, by: Actor, at: dt.datetime) -> Account:
    account = _under_free_name(person, email, at)
    record(by=by, at=at, verb="accounts.open", subject=subject_of(account))
    return account


def _under_free_name(person: Person, email: str, at: dt.datetime) -> Account:
    """Open an account under a name made of the person's; one that a namesake got in the same moment is passed over."""
    stem, lost = sign_in_name(person.name, ()), set[str]()
    while True:
        taken = set(Account.objects.filter(username__startswith=stem).values_list("username", flat=True))
        username = sign_in_name(person.name, taken)
        if username in lost:  # not the name is in the way
            raise RuntimeError(f"no account can be opened for person {person.pk}")
        try:
            with address_kept(email, person):
                return Account.objects.create_user(username, None, email=email, person=person, created_at=at)
        except IntegrityError:
            lost.add(username)


@use_case
def invite_many(*, people: Sequence[tuple[Person, str]], by: Actor, at: dt.datetime) -> InvitationBatch:
    """Invite many people, each at an e-mail address, in a job; the batch shows how far it is and who was refused."""
    require(by, Permission.MANAGE)
    batch = InvitationBatch.objects.create(
        account_id=by.account_id, post_id=by.post_id, entries=[[person.pk, email] for person, email in people],
        created_at=at,
    )  # fmt: skip
    subject = Subject("invitation_batch", str(batch.public_id), str(batch.total))
    record(by=by, at=at, verb="accounts.invite_many", subject=subject)
    enqueue(INVITE_MANY, at=at, batch=batch.pk)
    return batch


@use_case
def invite_next(*, batch: InvitationBatch, size: int, by: Actor, at: dt.datetime) -> bool:
    """Work off the next ``size`` entries of a batch; return whether any is left. May be repeated after a crash."""
    entries = batch.entries[batch.done : batch.done + size]
    people = Person.objects.in_bulk([person_id for person_id, _email in entries])
    for person_id, email in entries:
        try:
            if person_id in people:
                invite(person=people[person_id], email=email, batch=batch, by=by, at=at)
        except Refused as refused:
            batch.refused.append([person_id, refused.code, {key: str(fact) for key, fact in refused.facts.items()}])
    batch.done += len(entries)
    if batch.done >= batch.total:
        batch.finished_at = at
    batch.save(update_fields=["done", "refused", "finished_at"])
    return batch.finished_at is None


@use_case
def withdraw_invitation(*, invitation: Invitation, by: Actor, at: dt.datetime) -> None:
    """Stop a link that was not used yet. Raises InvitationRefused when there is nothing to stop."""
    require_over(invitation.account.person, by=by, on=clock.day_of(at))
    still = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True)
    if not still.update(withdrawn_at=at):
        raise InvitationRefused("invitation.not_open")
    record(by=by, at=at, verb="accounts.withdraw_invitation", subject=subject_of(invitation.account))


def invitation_of(token: str, *, at: dt.datetime) -> Invitation:
    """Return the open invitation of a link. Raises InvitationRefused("invitation.not_open")."""
    found = Invitation.objects.filter(
        token_hash=hash_of(token), accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at,
        account__is_active=True,
    )  # fmt: skip
    invitation = found.select_related("account__person").first()
    if invitation is None:
        raise InvitationRefused("invitation.not_open")
    return invitation


@use_case
def accept_invitation(*, token: str, password: str, by: Actor, at: dt.datetime) -> Account:
    """Use the link, once: the person sets a password. Raises InvitationRefused("invitation.not_open")."""
    invitation = invitation_of(token, at=at)
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(accepted_at=at):
        raise InvitationRefused("invitation.not_open")
    account = invitation.account
    set_password(account=account, password=password, by=by, at=at)
    record(by=by, at=at, verb="accounts.accept_invitation", subject=subject_of(account))
    announce(InvitationAccepted(invitation.pk, at))
    return account


def note_mail(*, invitation_id: int, state: MailState, words: str = "") -> None:
    """Keep beside the invitation how far its letter is; called by whoever delivers it."""
    Invitation.objects.filter(pk=invitation_id).update(mail_state=state, mail_words=words[:500])
