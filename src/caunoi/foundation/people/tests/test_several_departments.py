"""Two Sở in one installation: who administers one gains nothing of the other's, and sets nothing for both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.business.reporting.models import ReminderRung, SharedList
from caunoi.business.reporting.operations.days import DayChange, change_day
from caunoi.business.reporting.operations.ladder import RungSpec, set_ladder
from caunoi.business.reporting.operations.lists import create_list
from caunoi.business.reporting.public import Audience, ReportingForbidden
from caunoi.foundation.accounts.models import SignInRule
from caunoi.foundation.accounts.operations.rules import change_rule
from caunoi.foundation.accounts.public import AccountsForbidden
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.calendar.models import Holiday
from caunoi.foundation.notifications.operations.notices import posts_in_charge
from caunoi.foundation.organisations.public import Naming, Unit, UnitKind, establish_unit
from caunoi.foundation.people.access import may_for_all
from caunoi.foundation.people.models import Person
from caunoi.foundation.people.operations.people import correct_person, register_person
from caunoi.foundation.people.operations.posts import create_post
from caunoi.foundation.people.operations.rights import grant_role
from caunoi.foundation.people.public import PeopleForbidden, Permission, Role
from caunoi.foundation.people.tests.scenes import Scene, counted
from caunoi.foundation.personal_data.access import visible_requests
from caunoi.foundation.personal_data.models import Reveal, SubjectRequest
from caunoi.foundation.personal_data.operations.requests import make_request
from caunoi.foundation.personal_data.public import load_law, reveal
from caunoi.foundation.personal_data.rules.states import RequestKind
from caunoi.kernel.actor import Line, system
from caunoi.kernel.errors import NotAllowed

DAY = dt.timedelta(days=1)
TELL = "Cục Quản lý, công văn 12/BGDĐT"


@pytest.fixture
def alone(scene: Scene) -> Scene:
    load_law()
    return scene


@pytest.fixture
def beside(alone: Scene) -> Unit:
    """Another Sở under the ministry, with somebody who works there."""
    unit = establish_unit(
        kind=UnitKind.objects.get(code="department"), code="BS.SO", naming=Naming("Sở GDĐT tỉnh Bên", ""),
        parents={Line.PROFESSIONAL: alone.unit("bo"), Line.ADMINISTRATIVE: None}, on=alone.today, by=system(),
        at=alone.now,
    )  # fmt: skip
    create_post(unit=unit, title="Giám đốc", is_head=True, by=system(), at=alone.now)
    return unit


def unplaced(scene: Scene) -> Person:
    """Somebody entered who has no post yet: of no unit."""
    return register_person(name="Lò Thị Chờ", email="cho@ben.example", phone="0912345678", by=system(), at=scene.now)


def test_one_department_alone_is_the_whole_although_the_ministry_stands_above(alone: Scene) -> None:
    assert may_for_all(alone.admin, Permission.ADMINISTER, on=alone.today)
    assert not may_for_all(alone.actor("principal"), Permission.ADMINISTER, on=alone.today)


def test_of_two_departments_neither_is_the_whole_but_the_ministry_is(alone: Scene, beside: Unit) -> None:
    assert not may_for_all(alone.admin, Permission.ADMINISTER, on=alone.today)
    grant_role(
        post=alone.post("receiver"), role=Role.ADMINISTRATOR, unit=alone.unit("bo"), subtree=True, on=alone.today,
        by=system(), at=alone.now,
    )  # fmt: skip
    assert may_for_all(alone.actor("receiver"), Permission.ADMINISTER, on=alone.today)


def test_everybody_who_answers_for_all_hears_of_what_is_of_no_unit(alone: Scene) -> None:
    higher = grant_role(
        post=alone.post("receiver"), role=Role.ADMINISTRATOR, unit=alone.unit("ubnd"), line=Line.ADMINISTRATIVE,
        subtree=True, on=alone.today, by=system(), at=alone.now,
    )  # fmt: skip
    grant_role(
        post=alone.post("principal"), role=Role.ADMINISTRATOR, unit=alone.unit("thpt_1"), subtree=True, on=alone.today,
        by=system(), at=alone.now,
    )  # fmt: skip
    told = posts_in_charge(Permission.ADMINISTER, unit_id=None, on=alone.today)
    assert {post.pk for post in told} == {alone.post("administrator").pk, higher.post_id}


def test_requests_of_no_unit_are_for_who_answers_for_all(alone: Scene, beside: Unit) -> None:
    make_request(
        kind=RequestKind.SEE, text="Xin xem.", person_id=None, person_name="Ai Đó", unit_id=None, by=system(),
        at=alone.now,
    )  # fmt: skip
    assert not visible_requests(alone.admin, on=alone.today).exists()
    assert SubjectRequest.objects.count() == 1


def test_somebody_without_a_post_is_shown_and_corrected_by_nobody_of_one_department(alone: Scene, beside: Unit) -> None:
    person = unplaced(alone)
    with counted(Reveal, Entry), pytest.raises(NotAllowed):
        reveal(kind="person-contact", record_id=person.public_id, field="phone", reason="Gọi điện", by=alone.admin,
               at=alone.now)  # fmt: skip
    with counted(Entry), pytest.raises(PeopleForbidden):
        correct_person(person=person, name=person.name, email="toi@so.example", phone="", by=alone.admin, at=alone.now)
    assert Person.objects.get(pk=person.pk).email == "cho@ben.example"


def test_somebody_without_a_post_is_answered_for_by_the_only_department(alone: Scene) -> None:
    person = unplaced(alone)
    shown = reveal(kind="person-contact", record_id=person.public_id, field="phone", reason="Gọi điện",
                   by=alone.admin, at=alone.now)  # fmt: skip
    assert shown == "0912345678"
    correct_person(person=person, name=person.name, email="dung@so.example", phone="", by=alone.admin, at=alone.now)
    assert Person.objects.get(pk=person.pk).email == "dung@so.example"


def test_one_department_changes_no_rule_of_signing_in(
    alone: Scene, beside: Unit, client_of: Callable[[str], Client]
) -> None:
    with counted(SignInRule, Entry), pytest.raises(AccountsForbidden):
        change_rule(code=RuleCode.ATTEMPTS, value=3, source=TELL, confidence="C", by=alone.admin, at=alone.now)
    address = reverse("account_rule", args=["sign_in_attempts"])
    assert address not in client_of("administrator").get(reverse("account_rules")).content.decode()
    assert client_of("administrator").get(address).status_code == 403


@pytest.mark.parametrize("who", ["administrator", "specialist"])
def test_one_department_sets_no_day_no_ladder_and_no_list_for_all(alone: Scene, beside: Unit, who: str) -> None:
    by = alone.actor(who)
    rung = RungSpec(-3, Audience.OFFICER)
    with counted(Holiday, ReminderRung, SharedList, Entry):
        with pytest.raises(ReportingForbidden, match="rules_for_all"):
            change_day(change=DayChange(alone.today + DAY, False, "Nghỉ bù", TELL), by=by, at=alone.now)
        with pytest.raises(ReportingForbidden, match="rules_for_all"):
            set_ladder(rungs=[rung], source=TELL, from_on=alone.today + DAY, by=by, at=alone.now)
        with pytest.raises(ReportingForbidden, match="rules_for_all"):
            create_list(name="Danh mục mới", source=TELL, by=by, at=alone.now)


def test_the_forms_of_common_rules_are_shown_to_who_answers_for_all(
    alone: Scene, client_of: Callable[[str], Client]
) -> None:
    client = client_of("specialist")
    assert 'name="source"' in client.get(reverse("reporting:lists")).content.decode()
    assert 'id="change"' in client.get(reverse("reporting:days")).content.decode()
    address = reverse("account_rule", args=["sign_in_attempts"])
    assert address in client_of("administrator").get(reverse("account_rules")).content.decode()


def test_the_forms_of_common_rules_are_not_shown_to_one_department(
    alone: Scene, beside: Unit, client_of: Callable[[str], Client]
) -> None:
    client = client_of("specialist")
    assert 'name="source"' not in client.get(reverse("reporting:lists")).content.decode()
    assert 'id="change"' not in client.get(reverse("reporting:days")).content.decode()
