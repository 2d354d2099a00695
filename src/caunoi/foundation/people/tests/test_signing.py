from __future__ import annotations

import datetime as dt

import pytest

from caunoi.foundation.audit.public import Entry
from caunoi.foundation.people.models import Grant, SigningAuthority, SigningForm
from caunoi.foundation.people.operations.rights import end_grant, grant_role
from caunoi.foundation.people.operations.signing import authorise_signing, end_signing
from caunoi.foundation.people.public import Role, actor_of
from caunoi.foundation.people.rules.signing import may_give, missing
from caunoi.foundation.people.tests.scenes import Scene, counted, refused

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("form", "ground", "scope", "has_end", "expected"),
    [
        ("", "", "", False, None),
        ("KT.", "", "", False, None),
        ("TL.", "", "", False, "ground"),
        ("TL.", "Quy chế", "", False, None),
        ("TUQ.", "", "Giấy mời", True, "ground"),
        ("TUQ.", "Văn bản 1", "Giấy mời", False, "until"),
        ("TUQ.", "Văn bản 1", " ", True, "scope"),
        ("TUQ.", "Văn bản 1", "Giấy mời", True, None),
        ("Q.", "", "", False, "ground"),
    ],
)
def test_what_each_form_must_have(form: str, ground: str, scope: str, has_end: bool, expected: str | None) -> None:
    assert missing(form, ground=ground, scope=scope, has_end=has_end) == expected


@pytest.mark.parametrize(
    ("held", "wanted", "expected"),
    [
        ({""}, "TUQ.", True),
        ({"TM."}, "KT.", True),
        ({"Q."}, "TL.", True),
        ({"KT."}, "TUQ.", False),
        ({"TL."}, "TUQ.", False),
        ({"TUQ."}, "TUQ.", False),
        (set(), "TUQ.", False),
        ({""}, "", False),
    ],
)
def test_who_may_hand_signing_on(held: set[str], wanted: str, expected: bool) -> None:
    assert may_give(frozenset(held), wanted) is expected


def test_whoever_signs_by_anothers_authority_may_not_hand_it_on(scene: Scene) -> None:
    head, deputy = scene.post("thpt_1.principal"), scene.post("thpt_1.officer")
    written = {"ground": "Văn bản số 5 ngày 01/10/2026", "scope": "Giấy mời", "until": scene.today + 30 * DAY}
    scene.authorise(deputy, SigningForm.TUQ, given_by=head, **written)  # type: ignore[arg-type]  # of mixed kinds
    third = scene.free_post()
    with counted(SigningAuthority, Entry):
        code = refused(
            authorise_signing, post=third, unit=third.unit, form=SigningForm.TUQ, head_title="HIỆU TRƯỞNG",
            title="THƯ KÝ", given_by=deputy, on=scene.today, by=scene.admin, at=scene.now, **written,
        )  # fmt: skip
        assert code == "people.redelegation"
        code = refused(
            authorise_signing, post=deputy, unit=deputy.unit, form=SigningForm.TUQ, head_title="X", title="Y",
            on=scene.today, by=scene.admin, at=scene.now, **written,
        )  # fmt: skip
        assert code == "people.signing_twice"


def test_authority_ends_on_its_day_and_once(scene: Scene) -> None:
    authority = SigningAuthority.objects.get(post=scene.post("thpt_1.principal"))
    end_signing(authority=authority, on=scene.today, by=scene.admin, at=scene.now)
    assert SigningAuthority.objects.get(pk=authority.pk).until_on == scene.today
    assert refused(end_signing, authority=authority, on=scene.today, by=scene.admin, at=scene.now) == (
        "people.ended_already"
    )


def test_a_role_holds_for_its_period_and_not_twice(scene: Scene) -> None:
    post, unit = scene.post("thpt_1.principal"), scene.unit("thpt_1")
    person = scene.person("thpt_1.principal")
    grant = grant_role(post=post, role=Role.CLERK, unit=unit, on=scene.today + DAY, until=scene.today + 3 * DAY,
                       ground="QĐ 9", by=scene.admin, at=scene.now)  # fmt: skip
    days = [scene.today + n * DAY for n in range(4)]
    assert [Role.CLERK in actor_of(account_id=1, person=person, on=day).roles for day in days] == [
        False,
        True,
        True,
        False,
    ]
    with counted(Grant, Entry):
        assert refused(grant_role, post=post, role=Role.CLERK, unit=unit, on=scene.today, by=scene.admin,
                       at=scene.now) == "people.grant_twice"  # fmt: skip
    end_grant(grant=grant, on=scene.today, by=scene.admin, at=scene.now)
    assert not Grant.objects.filter(pk=grant.pk).exists()
