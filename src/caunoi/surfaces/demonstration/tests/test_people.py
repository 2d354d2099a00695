from __future__ import annotations

import datetime as dt

from caunoi.foundation.people.public import Capacity, Grant, Holding, SigningAuthority, actor_of, holdings_of
from caunoi.surfaces.demonstration.office import Office
from caunoi.surfaces.demonstration.people import tell_people


def test_posts_are_handed_over_stood_in_for_and_authorised(office: Office, now: dt.datetime) -> None:
    tell_people(office, at=now)
    today = now.date()
    old = office.people["thpt_2.principal"]
    assert actor_of(account_id=1, person=old, on=today).granted == {}
    held = Holding.objects.get(post=office.posts["thpt_2.principal"], until_on__isnull=True)
    assert (held.person.name, held.capacity) == ("Trịnh Thị Khánh Vân", Capacity.IN_CHARGE)
    stands_in = holdings_of(office.people["thpt_1.officer"], on=today)
    assert [one.capacity for one in stands_in] == [Capacity.HOLDER, Capacity.SUBSTITUTE]
    assert SigningAuthority.objects.get(form="TUQ.").scope == "Giấy mời, giấy giới thiệu"
    assert Grant.objects.filter(until_on=today + dt.timedelta(days=12)).count() == 1
