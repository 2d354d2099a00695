"""The door of people."""

from caunoi.foundation.people.access import (
    PostNotHeld,
    actor_of,
    holders_of,
    holdings_of,
    posts_with_role,
    signing_authorities,
)
from caunoi.foundation.people.models import Grant, Holding, Person, Post, SigningAuthority, SigningForm
from caunoi.foundation.people.operations import (
    authorise_signing,
    create_post,
    grant_role,
    leave,
    register_person,
    take_up,
)
from caunoi.foundation.people.rules.roles import Role, allow, permissions_of

__all__ = [
    "Grant",
    "Holding",
    "Person",
    "Post",
    "PostNotHeld",
    "Role",
    "SigningAuthority",
    "SigningForm",
    "actor_of",
    "allow",
    "authorise_signing",
    "create_post",
    "grant_role",
    "holders_of",
    "holdings_of",
    "leave",
    "permissions_of",
    "posts_with_role",
    "register_person",
    "signing_authorities",
    "take_up",
]
