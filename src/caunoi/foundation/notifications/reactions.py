"""What accounts announce becomes letters."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from caunoi.foundation.accounts.public import (
    Account,
    Invitation,
    InvitationAccepted,
    PasswordLinkAsked,
    PersonInvited,
    ReviewDue,
)
from caunoi.foundation.notifications.models import Delivery, DeliveryKind
from caunoi.foundation.notifications.operations.letters import want
from caunoi.foundation.notifications.operations.notices import Message, notify, posts_in_charge, take_rung
from caunoi.foundation.people.public import Person, Post, holdings_of
from caunoi.foundation.personal_data.public import Permission, WordSent
from caunoi.kernel import clock
from caunoi.kernel.actor import system
from caunoi.kernel.events import react_to


@react_to(PersonInvited)
def invite_by_letter(event: PersonInvited) -> None:
    """Send the link of an invitation."""
    invitation = Invitation.objects.select_related("account").get(pk=event.invitation_id)
    want(
        key=f"invitation:{invitation.public_id}", kind=DeliveryKind.INVITATION, account=invitation.account,
        invitation=invitation, at=event.at,
    )  # fmt: skip


@react_to(InvitationAccepted)
def note_acceptance(event: InvitationAccepted) -> None:
    """Note that the letter did its work."""
    Delivery.objects.filter(invitation_id=event.invitation_id, read_at__isnull=True).update(read_at=event.at)


@react_to(PasswordLinkAsked)
def send_password_link(event: PasswordLinkAsked) -> None:
    """Send the link to set a new password; asked for again within a minute, once."""
    account = Account.objects.get(pk=event.account_id)
    minute = int(event.at.timestamp()) // 60
    want(key=f"password:{account.pk}:{minute}", kind=DeliveryKind.PASSWORD, account=account, at=event.at)


@react_to(WordSent)
def tell_about_personal_data(event: WordSent) -> None:
    """Tell who is in charge of data protection over the unit, or the person whom it is about."""
    if event.once and not take_rung(key=event.once, unit_ids=[event.unit_id or 0], rung=event.kind[-40:], at=event.at):
        return
    on = clock.day_of(event.at)
    if event.person_id is None:
        posts = posts_in_charge(Permission.MANAGE, unit_id=event.unit_id, on=on)
    else:
        posts = [one.post for one in holdings_of(Person.objects.get(pk=event.person_id), on=on)]
    message = Message(event.kind, event.title, event.address, event.text)
    notify(message, posts=posts, by=system("Bảo vệ dữ liệu cá nhân"), at=event.at)


@react_to(ReviewDue)
def tell_of_review(event: ReviewDue) -> None:
    """Tell who manages accounts that rights wait to be looked through: once a month for as long as some do."""
    on = clock.day_of(event.at)
    if not take_rung(key=f"review:{event.post_id}", unit_ids=[event.unit_id], rung=f"{on:%Y-%m}", at=event.at):
        return
    title = ngettext("%(count)s quyền truy cập đến kỳ rà soát", "%(count)s quyền truy cập đến kỳ rà soát", event.count)
    text = gettext("Xem ai đang giữ quyền gì, giữ lại hoặc thu hồi từng quyền.")
    message = Message("accounts.review", title % {"count": event.count}, reverse("account_review"), text)
    notify(message, posts=[Post.objects.get(pk=event.post_id)], by=system("Rà soát quyền truy cập"), at=event.at)
