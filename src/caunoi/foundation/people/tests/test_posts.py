from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caunoi.foundation.audit.public import Entry
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.people.models import Capacity, Grant, Holding, Post, SigningAuthority, SigningForm
from caunoi.foundation.people.operations.people import correct_person, register_person
from caunoi.foundation.people.operations.posts import (
    Handover,
    change_post,
    close_post,
    create_post,
    hand_over,
    leave,
    take_up,
)
from caunoi.foundation.people.public import PostNotHeld, Role, actor_of, grant_role
from caunoi.foundation.people.tests.scenes import Scene, counted, refused
from caunoi.kernel.actor import Line

DAY = dt.timedelta(days=1)


def test_a_handover_moves_the_rights_in_the_same_second(scene: Scene) -> None:
    post, old = scene.post("thpt_1.principal"), scene.person("thpt_1.principal")
    new = scene.somebody("Trần Thị Mới")
    assert actor_of(account_id=1, person=old, on=scene.today).post_id == post.pk
    hand_over(handover=Handover(post, old, new, scene.today, ground="QĐ 12"), by=scene.admin, at=scene.now)
    assert actor_of(account_id=1, person=old, on=scene.today).granted == {}
    assert actor_of(account_id=1, person=old, on=scene.today - DAY).post_id == post.pk
    after = actor_of(account_id=1, person=new, on=scene.today)
    assert (after.post_id, set(after.roles)) == (post.pk, {"leader"})
    assert [entry.verb for entry in Entry.objects.filter(subject_id=str(post.public_id)).order_by("pk")][-2:] == [
        "people.leave",
        "people.take_up",
    ]


def test_a_refused_handover_changes_nothing(scene: Scene) -> None:
    post, old = scene.post("thpt_1.principal"), scene.person("thpt_1.principal")
    later = scene.somebody("Lê Văn Sau")
    take_up(person=later, post=post, on=scene.today + 40 * DAY, capacity=Capacity.SUBSTITUTE,
            until=scene.today + 50 * DAY, by=scene.admin, at=scene.now)  # fmt: skip
    with counted(Holding, Entry):
        code = refused(hand_over, handover=Handover(post, old, later, scene.today), by=scene.admin, at=scene.now)
    assert code == "people.holding_twice"
    assert Holding.objects.get(person=old, post=post).until_on is None


def test_a_post_has_one_holder_at_a_time(scene: Scene) -> None:
    post, other = scene.post("thpt_1.principal"), scene.somebody("Lê Văn Hai")
    for on, until in ((scene.today, None), (scene.today, scene.today + DAY), (dt.date(2020, 1, 1), None)):
        with counted(Holding, Entry):
            assert refused(take_up, person=other, post=post, on=on, until=until, by=scene.admin, at=scene.now) == (
                "people.post_taken"
            )
    same = scene.person("thpt_1.principal")
    assert refused(take_up, person=same, post=post, on=scene.today, by=scene.admin, at=scene.now) == (
        "people.holding_twice"
    )
    before = take_up(person=other, post=post, on=dt.date(2020, 1, 1), until=dt.date(2021, 1, 1), by=scene.admin,
                     at=scene.now)  # fmt: skip
    assert before.until_on == dt.date(2021, 1, 1)


def test_a_period_without_a_day_is_refused(scene: Scene) -> None:
    code = refused(take_up, person=scene.somebody("A B"), post=scene.free_post(), on=scene.today, until=scene.today,
                   by=scene.admin, at=scene.now)  # fmt: skip
    assert code == "people.period"


def test_who_stands_in_is_sent_back_early_and_what_has_not_begun_is_taken_back(scene: Scene) -> None:
    post, deputy = scene.post("thpt_1.principal"), scene.person("thpt_1.officer")
    for begins in (scene.today - 3 * DAY, scene.today + 20 * DAY):
        take_up(person=deputy, post=post, on=begins, until=begins + 10 * DAY, capacity=Capacity.SUBSTITUTE,
                by=scene.admin, at=scene.now)  # fmt: skip
    for expected in ([scene.today], [scene.today]):
        leave(person=deputy, post=post, on=scene.today, by=scene.admin, at=scene.now)
        held = Holding.objects.filter(post=post, person=deputy)
        assert list(held.filter(from_on__lte=scene.today).values_list("until_on", flat=True)) == expected
    assert Holding.objects.filter(post=post).exclude(person=deputy).get().until_on is None
    assert not held.filter(from_on__gt=scene.today).exists()
    code = refused(leave, person=deputy, post=post, on=scene.today, by=scene.admin, at=scene.now)
    assert code == "people.not_holder"


def test_a_substitute_stands_beside_the_holder_for_a_time_and_signs_nothing(scene: Scene) -> None:
    post, deputy = scene.post("thpt_1.principal"), scene.person("thpt_1.officer")
    assert refused(take_up, person=deputy, post=post, on=scene.today, capacity=Capacity.SUBSTITUTE, by=scene.admin,
                   at=scene.now) == "people.end_missing"  # fmt: skip
    grant_role(post=post, role=Role.CLERK, unit=post.unit, on=scene.today, by=scene.admin, at=scene.now)
    take_up(person=deputy, post=post, on=scene.today, until=scene.today + 5 * DAY, capacity=Capacity.SUBSTITUTE,
            ground="Nghỉ phép", by=scene.admin, at=scene.now)  # fmt: skip
    standing_in = actor_of(account_id=1, person=deputy, post=post, on=scene.today)
    assert standing_in.roles == {Role.CLERK}
    holder = actor_of(account_id=1, person=scene.person("thpt_1.principal"), on=scene.today)
    assert holder.roles == {Role.CLERK, Role.LEADER}
    with pytest.raises(PostNotHeld):
        actor_of(account_id=1, person=deputy, post=post, on=scene.today + 5 * DAY)


def test_what_was_given_by_name_ends_with_the_holder(scene: Scene) -> None:
    post, head = scene.post("thpt_1.officer"), scene.post("thpt_1.principal")
    for form, scope in ((SigningForm.TUQ, "Giấy mời"), (SigningForm.KT, "")):
        scene.authorise(post, form, given_by=head, scope=scope, ground="Văn bản 5", until=scene.today + 30 * DAY)
    hand_over(handover=Handover(post, scene.person("thpt_1.officer"), scene.somebody("Hồ Mới"), scene.today),
              by=scene.admin, at=scene.now)  # fmt: skip
    left = SigningAuthority.objects.filter(post=post, until_on__gt=scene.today).values_list("form", flat=True)
    assert list(left) == ["KT."]


def test_one_who_took_up_by_mistake_today_is_taken_back(scene: Scene) -> None:
    post, person = scene.free_post(), scene.somebody("Nhầm Người")
    take_up(person=person, post=post, on=scene.today, by=scene.admin, at=scene.now)
    leave(person=person, post=post, on=scene.today, by=scene.admin, at=scene.now)
    assert not Holding.objects.filter(post=post).exists()
    assert refused(leave, person=person, post=post, on=scene.today, by=scene.admin, at=scene.now) == "people.not_holder"


def test_a_post_is_closed_once_nobody_holds_it(scene: Scene) -> None:
    post, person = scene.free_post(), scene.somebody("Cuối Cùng")
    take_up(person=person, post=post, on=scene.today - 9 * DAY, by=scene.admin, at=scene.now)
    grant_role(post=post, role=Role.CLERK, unit=post.unit, on=scene.today - 9 * DAY, by=scene.admin, at=scene.now)
    assert refused(close_post, post=post, on=scene.today, by=scene.admin, at=scene.now) == "people.post_held"
    leave(person=person, post=post, on=scene.today, by=scene.admin, at=scene.now)
    close_post(post=post, on=scene.today, by=scene.admin, at=scene.now)
    assert Grant.objects.get(post=post).until_on == scene.today
    assert refused(take_up, person=person, post=post, on=scene.today, by=scene.admin, at=scene.now) == (
        "people.post_closed"
    )


def test_no_post_reports_to_itself_or_to_one_below(scene: Scene) -> None:
    head, deputy = scene.post("thpt_1.principal"), scene.post("thpt_1.officer")
    change_post(post=deputy, title=deputy.title, reports_to=head, is_head=False, by=scene.admin, at=scene.now)
    for post, above in ((head, deputy), (head, head)):
        code = refused(
            change_post, post=post, title=post.title, reports_to=above, is_head=True, by=scene.admin, at=scene.now
        )
        assert code == "people.circle"


@pytest.mark.parametrize("who", ["specialist", "thpt_1.principal", "thpt_1.officer"])
def test_only_the_administrator_of_the_branch_changes_posts(scene: Scene, who: str) -> None:
    by, unit, post = scene.actor(who), scene.unit("thpt_2"), scene.post("thpt_2.principal")
    person, other = scene.person("thpt_2.principal"), scene.somebody("Người Ngoài")
    empty = scene.free_post()
    with counted(Post, Holding, Grant, SigningAuthority, Entry):
        for operation, arguments in (
            (create_post, {"unit": unit, "title": "Thư ký"}),
            (take_up, {"person": other, "post": empty, "on": scene.today}),
            (leave, {"person": person, "post": post, "on": scene.today}),
            (hand_over, {"handover": Handover(post, person, other, scene.today)}),
            (close_post, {"post": post, "on": scene.today}),
            (grant_role, {"post": post, "role": Role.CLERK, "unit": unit, "on": scene.today}),
        ):
            assert refused(operation, by=by, at=scene.now, **arguments) == "people.not_permitted"


def test_an_administrator_stays_within_the_own_branch(scene: Scene) -> None:
    local = scene.free_post("thpt_2")
    grant_role(post=local, role=Role.ADMINISTRATOR, unit=scene.unit("thpt_2"), on=scene.today, by=scene.admin,
               at=scene.now)  # fmt: skip
    take_up(person=scene.somebody("Quản Trị Trường"), post=local, on=scene.today, by=scene.admin, at=scene.now)
    by = actor_of(account_id=7, person=Holding.objects.get(post=local).person, on=scene.today)
    clerk = create_post(unit=scene.unit("thpt_2"), title="Văn thư", by=by, at=scene.now)
    grant_role(post=clerk, role=Role.CLERK, unit=scene.unit("thpt_2"), on=scene.today, by=by, at=scene.now)

    def give(post: Post, unit: Unit, *, subtree: bool = False) -> str:
        return refused(grant_role, post=post, role=Role.LEADER, unit=unit, subtree=subtree, on=scene.today, by=by,
                       at=scene.now)  # fmt: skip

    with counted(Grant, Entry):
        assert give(clerk, scene.unit("so")) == "people.not_permitted"
        assert give(scene.post("thpt_1.officer"), scene.unit("thpt_2")) == "people.not_permitted"
        assert give(clerk, scene.unit("thpt_2"), subtree=True) == "people.not_permitted"
        assert give(local, scene.unit("thpt_2")) == "people.own_rights"


def test_people_are_entered_once_and_corrected(scene: Scene) -> None:
    person = register_person(name="  Đỗ  Thị Hoa ", email="hoa@x.example", by=scene.admin, at=scene.now)
    assert (person.name, person.folded) == ("Đỗ Thị Hoa", "do thi hoa")
    assert refused(register_person, name="  ", by=scene.admin, at=scene.now) == "people.name_missing"
    code = refused(register_person, name="Lý Khác", email="HOA@x.example", by=scene.admin, at=scene.now)
    assert code == "people.email_used"
    correct_person(person=person, name="Đỗ Thị Hoa", email="h@x.example", phone="0912", by=scene.admin, at=scene.now)
    entry = Entry.objects.filter(subject_id=str(person.public_id)).order_by("-pk")[0]
    assert (entry.verb, entry.changes) == ("people.correct", {"contact": [None, None]})


def test_an_actor_costs_three_queries_however_many_rights(scene: Scene) -> None:
    person, post = scene.person("thpt_1.officer"), scene.post("thpt_1.officer")

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            actor_of(account_id=1, person=person, on=scene.today)
        return len(queries)

    assert cost() == 3
    for number in range(2, 8):
        unit = scene.unit(f"thpt_{number}")
        grant_role(post=post, role=Role.CLERK, unit=unit, line=Line.PROFESSIONAL, on=scene.today, by=scene.admin,
                   at=scene.now)  # fmt: skip
    assert cost() == 3
