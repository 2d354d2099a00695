"""How far back leaving a post may be dated: not before what was done in it."""

from __future__ import annotations

import datetime as dt

import pytest

from caunoi.foundation.audit.public import Entry, Subject, record, use_case
from caunoi.foundation.people.models import Holding
from caunoi.foundation.people.operations.posts import Handover, create_post, hand_over, leave, take_up
from caunoi.foundation.people.operations.refused import PeopleRefused
from caunoi.foundation.people.rules.leaving import earliest_leaving
from caunoi.foundation.people.tests.scenes import Scene, counted
from caunoi.kernel.actor import Actor, system

DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 10, 5)


@use_case
def act(*, by: Actor, at: dt.datetime) -> None:
    record(by=by, at=at, verb="test.act", subject=Subject("note", "1", "Việc"))


@pytest.mark.parametrize(
    ("last", "earliest"), [(None, None), (TODAY - 9 * DAY, TODAY - 8 * DAY), (TODAY - DAY, TODAY), (TODAY, TODAY)]
)
def test_the_first_day_free_to_be_given(last: dt.date | None, earliest: dt.date | None) -> None:
    assert earliest_leaving(last, TODAY) == earliest


def test_leaving_is_not_dated_before_the_last_act_in_the_post(scene: Scene) -> None:
    post, person = scene.post("thpt_1.principal"), scene.person("thpt_1.principal")
    act(by=scene.actor("thpt_1.principal"), at=scene.now - 3 * DAY)
    for back in (30, 3):
        with counted(Holding, Entry), pytest.raises(PeopleRefused) as caught:
            leave(person=person, post=post, on=scene.today - back * DAY, by=scene.admin, at=scene.now)
        assert caught.value.code == "people.left_after_acting"
        assert (caught.value.facts["last"], caught.value.facts["earliest"]) == ("02/10/2026", "03/10/2026")
    assert Holding.objects.get(post=post).until_on is None
    leave(person=person, post=post, on=scene.today - 2 * DAY, by=scene.admin, at=scene.now)
    assert Holding.objects.get(post=post).until_on == scene.today - 2 * DAY


def test_a_handover_follows_the_same_rule_and_changes_nothing_when_refused(scene: Scene) -> None:
    post, old, new = scene.post("thpt_1.principal"), scene.person("thpt_1.principal"), scene.somebody("Trần Thị Mới")
    act(by=scene.actor("thpt_1.principal"), at=scene.now - DAY)
    with counted(Holding, Entry), pytest.raises(PeopleRefused, match="left_after_acting"):
        hand_over(handover=Handover(post, old, new, scene.today - DAY), by=scene.admin, at=scene.now)
    act(by=scene.actor("thpt_1.principal"), at=scene.now - dt.timedelta(minutes=5))
    hand_over(handover=Handover(post, old, new, scene.today), by=scene.admin, at=scene.now)
    assert Holding.objects.get(post=post, until_on=None).person == new


def test_what_was_done_in_another_post_or_not_at_all_hinders_nothing(scene: Scene) -> None:
    post, person = scene.post("thpt_1.principal"), scene.person("thpt_1.principal")
    second = scene.free_post("thpt_2")
    take_up(person=person, post=second, on=scene.today - 40 * DAY, by=system(), at=scene.now)
    acting = Actor(person_id=person.pk, person_name=person.name, post_title=second.title, unit_name=second.unit.name)
    act(by=acting, at=scene.now - DAY)
    leave(person=person, post=post, on=scene.today - 20 * DAY, by=scene.admin, at=scene.now)
    assert Holding.objects.get(post=post).until_on == scene.today - 20 * DAY
    with pytest.raises(PeopleRefused, match="left_after_acting"):
        leave(person=person, post=second, on=scene.today - 20 * DAY, by=scene.admin, at=scene.now)


def test_acts_count_also_where_another_post_of_the_unit_has_the_same_title(scene: Scene) -> None:
    post, person = scene.post("thpt_1.principal"), scene.person("thpt_1.principal")
    twin = create_post(unit=post.unit, title=post.title, by=scene.admin, at=scene.now)
    take_up(person=person, post=twin, on=scene.today - 40 * DAY, by=system(), at=scene.now)
    act(by=scene.actor("thpt_1.principal"), at=scene.now - DAY)
    with counted(Holding, Entry), pytest.raises(PeopleRefused, match="left_after_acting"):
        leave(person=person, post=post, on=scene.today - 20 * DAY, by=scene.admin, at=scene.now)
