"""Taking back what puts something into somebody else's branch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.foundation.audit.public import Entry
from caunoi.foundation.organisations.models import UnitEvent
from caunoi.foundation.organisations.public import move_unit, parent_of
from caunoi.foundation.people.public import Role, grant_role
from caunoi.kernel.actor import Line, system
from caunoi.surfaces.demonstration.office import Office

LINES = [Line.PROFESSIONAL, Line.ADMINISTRATIVE]


@pytest.mark.parametrize("line", LINES)
def test_the_branch_that_received_a_unit_does_not_send_it_back_alone(
    office: Office, client_of: Callable[[str], Client], now: dt.datetime, line: Line
) -> None:
    school = office.unit("thcs_3")
    into = office.unit("xa_1" if line == Line.PROFESSIONAL else "ubnd_xa_1")
    move_unit(unit=school, line=line, parent=into, on=now.date(), by=system(), at=now)
    event = UnitEvent.objects.latest("id")
    grant_role(
        post=office.posts["commune_officer"], role=Role.ADMINISTRATOR, unit=office.unit("xa_1"), subtree=True,
        on=now.date(), by=system(), at=now,
    )  # fmt: skip
    entries = Entry.objects.count()
    answer = client_of("commune_officer").post(reverse("organisations:event_undo", args=[event.public_id]))
    assert answer.status_code == 403
    assert (parent_of(school, line=line, on=now.date()), Entry.objects.count()) == (into, entries)
    assert UnitEvent.objects.get(pk=event.pk).undone_at is None
    assert (
        client_of("administrator").post(reverse("organisations:event_undo", args=[event.public_id])).status_code == 302
    )
    assert parent_of(school, line=line, on=now.date()) != into
