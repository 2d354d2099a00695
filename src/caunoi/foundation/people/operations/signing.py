"""Giving and ending authority to sign (NĐ 30/2020/NĐ-CP, Điều 13)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.people.access import Permission, is_own_post, require
from caunoi.foundation.people.models import Post, SigningAuthority, SigningForm
from caunoi.foundation.people.operations.posts import hold, subject_of
from caunoi.foundation.people.operations.refused import PeopleRefused, check_period, printed
from caunoi.foundation.people.queries import signing_authorities
from caunoi.foundation.people.rules.signing import may_give, missing
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import squeeze


@use_case
def authorise_signing(
    *, post: Post, unit: Unit, form: SigningForm, head_title: str, title: str, ground: str = "", scope: str = "",
    given_by: Post | None = None, on: dt.date, until: dt.date | None = None, by: Actor, at: dt.datetime,
) -> SigningAuthority:  # fmt: skip
    """Let the holder of a post sign for a unit in a form during a period.

    ``given_by`` is the post of the head; empty for the head's own authority, and where the rules of work give it.
    Raises PeopleRefused: ``ground``, end, ``scope`` or giver missing where the form needs it, given twice,
    handed on by one who signs by another's authority, or given to oneself.
    """
    require(by, Permission.ADMINISTER, post.unit_id, on=clock.day_of(at))
    require(by, Permission.ADMINISTER, unit, on=clock.day_of(at))
    if is_own_post(by, post, on=clock.day_of(at)):
        raise PeopleRefused("people.own_rights")
    hold(post)
    check_period(on, until)
    _check_form(form, ground, scope, until, given_by)
    _check_giver(given_by, post, unit, form, on)
    _check_not_given(post, unit, form, on, until)
    authority = SigningAuthority.objects.create(
        post=post, unit=unit, form=form, head_title=squeeze(head_title), title=squeeze(title),
        ground=squeeze(ground)[:300], scope=squeeze(scope)[:500], given_by=given_by, from_on=on, until_on=until,
    )  # fmt: skip
    changes = {"form": (None, f"{form} {title}"), "ground": (None, authority.ground), "until_on": (None, until)}
    record(by=by, at=at, verb="people.authorise_signing", subject=subject_of(post), changes=changes)
    return authority


def _check_form(form: SigningForm, ground: str, scope: str, until: dt.date | None, given_by: Post | None) -> None:
    lacking = missing(form, ground=ground, scope=scope, has_end=until is not None, has_giver=given_by is not None)
    if lacking is not None:
        raise PeopleRefused(f"people.signing_{lacking}_missing", form=str(form))


def _check_giver(given_by: Post | None, post: Post, unit: Unit, form: SigningForm, on: dt.date) -> None:
    """Khoản 4: whoever was authorised may not authorise in turn."""
    if given_by is None:
        return
    if given_by.pk == post.pk:
        raise PeopleRefused("people.signing_to_oneself", post=post.title)
    held = frozenset(signing_authorities(unit_id=unit.pk, on=on).filter(post=given_by).values_list("form", flat=True))
    if not may_give(held, form):
        raise PeopleRefused("people.redelegation", post=given_by.title, unit=unit.name)


def _check_not_given(post: Post, unit: Unit, form: SigningForm, on: dt.date, until: dt.date | None) -> None:
    same = SigningAuthority.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on), post=post, unit=unit, form=form
    )
    found = (same if until is None else same.filter(from_on__lt=until)).order_by("from_on").first()
    if found is not None:
        facts = {"on": printed(found.from_on), "until": printed(found.until_on)}
        raise PeopleRefused("people.signing_twice", post=post.title, **facts)


@use_case
def end_signing(*, authority: SigningAuthority, on: dt.date, by: Actor, at: dt.datetime) -> None:
    """End an authority to sign: ``on`` is the first day without it; what it was given for before stays valid."""
    require(by, Permission.ADMINISTER, authority.post.unit_id, on=clock.day_of(at))
    before = authority.until_on
    if before is not None and before <= on:
        raise PeopleRefused("people.ended_already", until=printed(before))
    if authority.from_on >= on:
        authority.delete()
    else:
        authority.until_on = on
        authority.save(update_fields=["until_on"])
    changes = {"form": (f"{authority.form} {authority.title}", None), "until_on": (before, on)}
    record(by=by, at=at, verb="people.end_signing", subject=subject_of(authority.post), changes=changes)
