"""What accounts announce: letters that have to go out. Who sends them stands above."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonInvited:
    """An invitation was made; its link has to reach the person (``accounts.public.letter_of_invitation``)."""

    invitation_id: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class PasswordLinkAsked:
    """Somebody with an account asked for a link to set a new password (``accounts.public.letter_of_password``)."""

    account_id: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class InvitationAccepted:
    """The person has come in by the link."""

    invitation_id: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A post that manages accounts has rights to look through."""

    post_id: int
    unit_id: int
    count: int
    at: dt.datetime
