"""What accounts announce becomes letters."""

from __future__ import annotations

from caunoi.foundation.accounts.public import (
    Account,
    Invitation,
    InvitationAccepted,
    PasswordLinkAsked,
    PersonInvited,
)
from caunoi.foundation.notifications.models import Delivery, DeliveryKind
from caunoi.foundation.notifications.operations.letters import want
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
