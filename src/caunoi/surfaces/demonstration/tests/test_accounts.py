import datetime as dt

from caunoi.foundation.accounts.models import Invitation
from caunoi.surfaces.demonstration.accounts import INVITED, tell_accounts
from caunoi.surfaces.demonstration.office import Office


def test_the_demonstration_has_invitations_to_look_at(office: Office, now: dt.datetime) -> None:
    tell_accounts(office, at=now)
    waiting = Invitation.objects.filter(withdrawn_at__isnull=True, expires_at__gt=now)
    assert (waiting.count(), Invitation.objects.count()) == (len(INVITED), len(INVITED) + 1)
