"""Who is acting: one person, in one post, with the rights that follow from it on this day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Line(StrEnum):
    """The two lines in which a unit is placed."""

    ADMINISTRATIVE = "administrative"
    """Cơ quan trực tiếp quản lý."""
    PROFESSIONAL = "professional"
    """Cơ quan quản lý chuyên môn."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the tree: one unit, or a unit with everything below it, in one line."""

    unit_id: int
    path: str
    """Derived path of the unit in ``line`` on the day the actor was built."""
    line: Line = Line.PROFESSIONAL
    subtree: bool = True


@dataclass(frozen=True, slots=True)
class Actor:
    """Built once a request and passed as ``by=``. Names are kept as printed so that audit can store them."""

    account_id: int | None = None
    person_id: int | None = None
    post_id: int | None = None
    unit_id: int | None = None
    person_name: str = ""
    post_title: str = ""
    unit_name: str = ""
    roles: frozenset[str] = frozenset()
    granted: Mapping[str, tuple[Scope, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Permission → where it holds."""
    address: str = ""
    """Network address of the request, for the audit."""
    is_system: bool = False

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody is signed in and the program itself is not acting either."""
        return self.account_id is None and not self.is_system

    def may(self, permission: str) -> bool:
        """Whether the permission is held anywhere at all."""
        return self.is_system or bool(self.granted.get(permission))

    def scopes(self, permission: str) -> tuple[Scope, ...]:
        """Return the parts of the tree in which the permission holds; empty when it is not held."""
        return self.granted.get(permission, ())


def system(name: str = "Hệ thống") -> Actor:
    """Return the actor of work that the program does by itself (jobs, commands)."""
    return Actor(person_name=name, is_system=True)


ANONYMOUS = Actor()
