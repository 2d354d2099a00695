import datetime as dt

import pytest

from caunoi.foundation.audit.models import ChainLink, Entry
from caunoi.foundation.organisations.public import ancestors, subtree
from caunoi.surfaces.demonstration.office import DEMO_ACCOUNTS, Office


def test_the_sector_below_the_department_counts_seventy_one_units(office: Office, today: dt.date) -> None:
    assert subtree(office.unit("so"), on=today).count() == 71


def test_a_lower_secondary_school_stands_under_its_commune_division(office: Office, today: dt.date) -> None:
    above = [unit.pk for unit in ancestors(office.unit("thcs_1"), on=today)]
    assert above == [office.unit(key).pk for key in ("bo", "so", "xa_1")]


@pytest.mark.parametrize("kind", DEMO_ACCOUNTS)
def test_each_kind_of_person_has_one_account_and_one_post(office: Office, kind: str, today: dt.date) -> None:
    actor = office.actor(kind, on=today)
    assert actor.account_id == office.accounts[kind].pk
    assert actor.post_id == office.posts[kind].pk


def test_the_whole_office_is_one_use_case_in_the_audit(office: Office) -> None:
    assert Entry.objects.filter(verb="organisations.establish").count() == len(office.units)
    assert ChainLink.objects.filter(position=1).count() == 1
