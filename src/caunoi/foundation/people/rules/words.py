"""The office's words for roles and capacities; filled by ``plugs`` with translated texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from caunoi.foundation.people.rules.roles import Role


class Words(Protocol):
    """A text, or one that is translated when it is shown."""

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class RoleWords:
    """What a role is called and what its holder may do."""

    name: Words
    may: Words


ROLES: Final[dict[Role, RoleWords]] = {}
CAPACITIES: Final[dict[str, Words]] = {}


def name_roles(words: Mapping[Role, tuple[Words, Words]]) -> None:
    """Give each role its name and what its holder may do."""
    ROLES.update({role: RoleWords(name, may) for role, (name, may) in words.items()})


def name_capacities(words: Mapping[str, Words]) -> None:
    """Give each capacity its name."""
    CAPACITIES.update(words)
