"""The door of people."""

from caunoi.foundation.people.access import (
    PeopleForbidden,
    PeopleNotFound,
    Permission,
    PostNotHeld,
    actor_of,
    holders_of,
    holdings_of,
    posts_with_role,
    signing_authorities,
)
from caunoi.foundation.people.models import Capacity, Grant, Holding, Person, Post, SigningAuthority, SigningForm
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
from caunoi.foundation.people.operations.refused import PeopleRefused
from caunoi.foundation.people.operations.rights import end_grant, grant_role
from caunoi.foundation.people.operations.signing import authorise_signing, end_signing
from caunoi.foundation.people.rules.roles import Role, allow, permissions_of

__all__ = [
    "Capacity",
    "Grant",
    "Handover",
    "Holding",
    "PeopleForbidden",
    "PeopleNotFound",
    "PeopleRefused",
    "Permission",
    "Person",
    "Post",
    "PostNotHeld",
    "Role",
    "SigningAuthority",
    "SigningForm",
    "actor_of",
    "allow",
    "authorise_signing",
    "change_post",
    "close_post",
    "correct_person",
    "create_post",
    "end_grant",
    "end_signing",
    "grant_role",
    "hand_over",
    "holders_of",
    "holdings_of",
    "leave",
    "permissions_of",
    "posts_with_role",
    "register_person",
    "signing_authorities",
    "take_up",
]
