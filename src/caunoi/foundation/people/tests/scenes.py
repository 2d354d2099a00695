"""The office with its administrator, and somebody new at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db.models import Model

from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.people.models import Person, Post, SigningAuthority, SigningForm
from caunoi.foundation.people.operations.people import register_person
from caunoi.foundation.people.operations.posts import create_post
from caunoi.foundation.people.operations.signing import authorise_signing
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.surfaces.demonstration.office import Office


@dataclass
class Scene:
    """The demonstration office at a moment."""

    office: Office
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """The day."""
        return self.now.date()

    @property
    def admin(self) -> Actor:
        """The administrator of the Sở."""
        return self.actor("administrator")

    def actor(self, key: str) -> Actor:
        """Who acts in a post of the office."""
        return self.office.actor(key, on=self.today)

    def unit(self, key: str) -> Unit:
        """A unit."""
        return self.office.unit(key)

    def post(self, key: str) -> Post:
        """A post, fresh from the database."""
        return Post.objects.select_related("unit").get(pk=self.office.posts[key].pk)

    def person(self, key: str) -> Person:
        """A person."""
        return self.office.people[key]

    def somebody(self, name: str, email: str = "") -> Person:
        """Somebody new."""
        return register_person(name=name, email=email, by=self.admin, at=self.now)

    def free_post(self, unit: str = "thpt_1") -> Post:
        """A new post that nobody holds."""
        return create_post(unit=self.unit(unit), title="Thư ký", by=self.admin, at=self.now)

    def authorise(
        self, post: Post, form: SigningForm, *, given_by: Post | None = None, scope: str = "", ground: str = "",
        until: dt.date | None = None,
    ) -> SigningAuthority:  # fmt: skip
        """Give authority to sign for the unit of the post."""
        return authorise_signing(
            post=post, unit=post.unit, form=form, head_title="HIỆU TRƯỞNG", title="PHÓ HIỆU TRƯỞNG", ground=ground,
            scope=scope, given_by=given_by, on=self.today - dt.timedelta(days=1), until=until, by=self.admin,
            at=self.now,
        )  # fmt: skip


def refused(operation: Callable[..., object], **arguments: object) -> str:
    """Run an operation that must be refused; return the code."""
    with pytest.raises(Refused) as caught:
        operation(**arguments)
    return caught.value.code


@contextmanager
def counted(*models: type[Model]) -> Iterator[None]:
    """Assert that nothing was added to or taken from these tables."""
    before = [model._default_manager.count() for model in models]
    yield
    assert [model._default_manager.count() for model in models] == before
