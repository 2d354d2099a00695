"""Addresses of accounts: each is one person's, whoever writes it and at whatever moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from caunoi.foundation.accounts.models import Account
from caunoi.foundation.people.public import Person
from caunoi.kernel.errors import Refused


class InvitationRefused(Refused):
    """``invitation.email_wrong``, ``.email_taken`` (``email``), ``.account_exists``, ``.account_closed`` (``name``);

    ``invitation.not_open`` for a link that is unknown, used, withdrawn or out of date.
    """


def checked_address(email: str, person: Person) -> str:
    """Return an address that is well formed and nobody else's. Raises InvitationRefused."""
    cleaned = email.strip()
    try:
        validate_email(cleaned)
    except ValidationError:
        raise InvitationRefused("invitation.email_wrong", email=cleaned, name=person.name) from None
    if _is_taken(cleaned, person):
        raise InvitationRefused("invitation.email_taken", email=cleaned, name=person.name)
    return cleaned


@contextmanager
def address_kept(email: str, person: Person) -> Iterator[None]:
    """Write an account within this: an address that somebody else got in the same moment is refused in words.

    The look before it cannot see what another transaction has not committed yet; the constraint of the table can.
    Raises InvitationRefused.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        if not _is_taken(email, person):
            raise
        raise InvitationRefused("invitation.email_taken", email=email, name=person.name) from None


def _is_taken(email: str, person: Person) -> bool:
    return email != "" and Account.objects.filter(email__iexact=email).exclude(person=person).exists()
