"""Invitations of the demonstration: some that wait for their person, one that was withdrawn."""

from __future__ import annotations

import datetime as dt
from typing import Final

from caunoi.foundation.accounts.public import invite, withdraw_invitation
from caunoi.surfaces.demonstration.office import Office

INVITED: Final = ("thpt_2.officer", "thpt_3.officer", "thpt_4.officer", "xa_2.officer")
WITHDRAWN: Final = "thpt_6.officer"


def tell_accounts(office: Office, *, at: dt.datetime) -> None:
    """Have the administrator invite officers of schools and of a commune; one invitation is taken back."""
    before = at - dt.timedelta(days=3)
    by = office.actor("administrator", on=before.date())
    gone = invite(person=office.people[WITHDRAWN], email=office.people[WITHDRAWN].email, by=by, at=before)
    withdraw_invitation(invitation=gone, by=by, at=at - dt.timedelta(days=1))
    for key in INVITED:
        invite(person=office.people[key], email=office.people[key].email, by=by, at=before)
