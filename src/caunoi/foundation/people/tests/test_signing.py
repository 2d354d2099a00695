from __future__ import annotations

import datetime as dt

import pytest

from caunoi.foundation.audit.public import Entry
from caunoi.foundation.organisations.public import dissolve_unit, undo_event
from caunoi.foundation.people.models import Grant, SigningAuthority, SigningForm
from caunoi.foundation.people.operations.posts import leave
from caunoi.foundation.people.operations.rights import end_grant, grant_role
from caunoi.foundation.people.operations.signing import authorise_signing, end_signing
from caunoi.foundation.people.public import Role, actor_of, signing_authorities
from caunoi.foundation.people.queries import with_givers
from caunoi.foundation.people.rules.signing import lapse, may_give, missing
from caunoi.foundation.people.tests.scenes import Scene, counted, refused
from caunoi.foundation.people.web.shown import signing_row
from caunoi.kernel.actor import system

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
    assert missing(form, ground=ground, scope=scope, has_end=has_end, has_giver=True) == expected


def test_by_authorisation_somebody_must_have_given_it() -> None:
    given = {"ground": "Văn bản 1", "scope": "Giấy mời", "has_end": True}
    assert missing("TUQ.", **given, has_giver=False) == "giver"  # type: ignore[arg-type]  # of mixed kinds
    assert missing("KT.", **given, has_giver=False) is None  # type: ignore[arg-type]  # of mixed kinds


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
            given_by=head, on=scene.today, by=scene.admin, at=scene.now, **written,
        )  # fmt: skip
        assert code == "people.signing_twice"
        code = refused(
            authorise_signing, post=third, unit=third.unit, form=SigningForm.TUQ, head_title="X", title="Y",
            on=scene.today, by=scene.admin, at=scene.now, **written,
        )  # fmt: skip
        assert code == "people.signing_giver_missing"  # else a second hand would be hidden by naming nobody


def _written(scene: Scene) -> SigningAuthority:
    """The principal lets the officer sign invitations."""
    return scene.authorise(
        scene.post("thpt_1.officer"), SigningForm.TUQ, given_by=scene.post("thpt_1.principal"),
        ground="Văn bản số 5", scope="Giấy mời", until=scene.today + 30 * DAY,
    )  # fmt: skip


def _signs(scene: Scene, authority: SigningAuthority, on: dt.date) -> bool:
    return signing_authorities(unit_id=authority.unit_id, on=on).filter(pk=authority.pk).exists()


def test_it_ends_when_the_giver_leaves_the_post_and_what_was_signed_before_stands(scene: Scene) -> None:
    given, head = _written(scene), scene.post("thpt_1.principal")
    leave(person=scene.person("thpt_1.principal"), post=head, on=scene.today, by=scene.admin, at=scene.now)
    assert SigningAuthority.objects.get(pk=given.pk).until_on == scene.today
    assert [_signs(scene, given, on) for on in (scene.today - DAY, scene.today)] == [True, False]
    assert signing_authorities(unit_id=head.unit_id, on=scene.today).get(post=head).form == SigningForm.HEAD


def test_it_does_not_hold_while_the_giver_does_not_sign_by_a_right_of_their_own(scene: Scene) -> None:
    given = _written(scene)
    own = SigningAuthority.objects.get(post=scene.post("thpt_1.principal"), form=SigningForm.HEAD)
    end_signing(authority=own, on=scene.today, by=scene.admin, at=scene.now)
    assert [_signs(scene, given, on) for on in (scene.today - DAY, scene.today)] == [True, False]


def test_nobody_signs_for_a_unit_that_has_ended_and_the_record_says_why(scene: Scene) -> None:
    given = _written(scene)
    event = dissolve_unit(unit=scene.unit("thpt_1"), on=scene.today, by=system(), at=scene.now)
    assert [_signs(scene, given, on) for on in (scene.today - DAY, scene.today)] == [True, False]
    rows = with_givers(SigningAuthority.objects.filter(pk=given.pk), on=scene.today)
    assert str(signing_row(rows.get(), scene.today).state.word) == "Không còn dùng: đơn vị đã giải thể"
    undo_event(event=event, by=system(), at=scene.now)
    assert _signs(scene, given, scene.today)


@pytest.mark.parametrize(
    ("unit_ended", "post_ended", "giver_signs", "expected"),
    [
        (False, False, True, None),
        (True, True, False, "unit"),
        (False, True, True, "post"),
        (False, False, False, "giver"),
    ],
)
def test_why_an_authority_no_longer_holds(
    unit_ended: bool, post_ended: bool, giver_signs: bool, expected: str | None
) -> None:
    assert lapse(unit_ended=unit_ended, post_ended=post_ended, giver_signs=giver_signs) == expected


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
