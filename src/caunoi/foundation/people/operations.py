"""People, posts, handovers and grants."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.organisations.public import Unit, on_day
from caunoi.foundation.people.models import Grant, Holding, Person, Post, SigningAuthority, SigningForm
from caunoi.foundation.people.rules.roles import Role
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.text import fold, sort_key, squeeze


@use_case
def register_person(*, name: str, email: str = "", phone: str = "", by: Actor, at: dt.datetime) -> Person:
    """Enter a person."""
    name = squeeze(name)
    family, _, given = name.rpartition(" ")
    person = Person.objects.create(
        name=name, email=email, phone=phone, folded=fold(f"{name} {email}"), sort_key=sort_key(f"{given} {family}")
    )
    record(by=by, at=at, verb="people.register", subject=Subject("person", str(person.public_id), person.name))
    return person


@use_case
def create_post(
    *, unit: Unit, title: str, title_en: str = "", reports_to: Post | None = None, is_head: bool = False,
    position: int = 0, by: Actor, at: dt.datetime,
) -> Post:  # fmt: skip
    """Create a post in a unit."""
    post = Post.objects.create(
        unit=unit, title=squeeze(title), title_en=title_en, reports_to=reports_to, is_head=is_head, position=position
    )
    subject = Subject("post", str(post.public_id), f"{post.title}, {unit.name}", unit.pk)
    record(by=by, at=at, verb="people.create_post", subject=subject)
    return post


@use_case
def take_up(*, person: Person, post: Post, on: dt.date, is_acting: bool = False, by: Actor, at: dt.datetime) -> Holding:
    """Have a person hold a post from ``on``."""
    holding = Holding.objects.create(person=person, post=post, from_on=on, is_acting=is_acting)
    subject = Subject("post", str(post.public_id), post.title, post.unit_id)
    record(by=by, at=at, verb="people.take_up", subject=subject, changes={"holder": (None, person.name)})
    return holding


@use_case
def leave(*, person: Person, post: Post, on: dt.date, by: Actor, at: dt.datetime) -> None:
    """End a holding on ``on``, the first day on which the post is no longer held; its rights end with it."""
    Holding.objects.filter(on_day(on), person=person, post=post).update(until_on=on)
    subject = Subject("post", str(post.public_id), post.title, post.unit_id)
    record(by=by, at=at, verb="people.leave", subject=subject, changes={"holder": (person.name, None)})


@use_case
def grant_role(
    *, post: Post, role: Role, unit: Unit, subtree: bool = False, line: Line = Line.PROFESSIONAL, on: dt.date,
    until: dt.date | None = None, by: Actor, at: dt.datetime,
) -> Grant:  # fmt: skip
    """Give a post a role over a unit, or over everything below it too, during a period."""
    grant = Grant.objects.create(
        post=post, role=role, unit=unit, line=line, subtree=subtree, from_on=on, until_on=until
    )
    subject = Subject("post", str(post.public_id), post.title, post.unit_id)
    record(by=by, at=at, verb="people.grant", subject=subject, changes={"role": (None, f"{role} @ {unit.name}")})
    return grant


@use_case
def authorise_signing(
    *, post: Post, unit: Unit, form: SigningForm, head_title: str, title: str, ground: str = "", on: dt.date,
    until: dt.date | None = None, by: Actor, at: dt.datetime,
) -> SigningAuthority:  # fmt: skip
    """Let the holder of a post sign for a unit in a form during a period (NĐ 30/2020/NĐ-CP, Điều 13)."""
    authority = SigningAuthority.objects.create(
        post=post, unit=unit, form=form, head_title=head_title, title=title, ground=ground, from_on=on, until_on=until
    )
    subject = Subject("post", str(post.public_id), post.title, unit.pk)
    record(by=by, at=at, verb="people.authorise_signing", subject=subject, changes={"form": (None, f"{form} {title}")})
    return authority
