"""Roles, and which permissions each holds. Every module says for its own permissions which roles hold them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """The kinds of people of the house."""

    SPECIALIST = "specialist"
    """Chuyên viên phụ trách ở Sở."""
    SCHOOL_OFFICER = "school_officer"
    """Cán bộ phụ trách ở đơn vị."""
    LEADER = "leader"
    """Lãnh đạo đơn vị: signs, approves."""
    CLERK = "clerk"
    """Văn thư."""
    BRANCH_OFFICER = "branch_officer"
    """Head of an office of the Sở, officer of a commune's Phòng Văn hóa – Xã hội: sees and chases a branch."""
    REPORTER = "reporter"
    """Consultancy, centre: own reports and nothing else."""
    RECEIVER = "receiver"
    """Reader at UBND or Sở Ngoại vụ: what was sent to them."""
    ADMINISTRATOR = "administrator"
    """Quản trị hệ thống."""


NOT_FOR_SUBSTITUTES = (Role.LEADER.value, Role.ADMINISTRATOR.value)
"""Roles that a substitute does not take over: signing needs authority in writing, administration an appointment."""

_permissions: dict[Role, set[str]] = {role: set() for role in Role}


def allow(permission: str, roles: Iterable[Role]) -> None:
    """Let ``roles`` hold ``permission``; called once for each permission by the module that owns it."""
    for role in roles:
        _permissions[role].add(permission)


def permissions_of(role: Role) -> frozenset[str]:
    """Return the permissions that ``role`` holds."""
    return frozenset(_permissions[role])
