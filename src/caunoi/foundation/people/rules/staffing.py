"""Which roles the head and the clerk of a body get when it is set up, by its kind; the office changes them later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from caunoi.foundation.people.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Staffing:
    """Roles of the head and of the clerk: (role, with everything below)."""

    head: tuple[tuple[Role, bool], ...]
    clerk: tuple[tuple[Role, bool], ...]
    head_signs: bool = True


_SCHOOL: Final = Staffing(
    head=((Role.LEADER, False),), clerk=((Role.SCHOOL_OFFICER, False), (Role.CLERK, False))
)  # fmt: skip
_REPORTING: Final = Staffing(head=((Role.REPORTER, False),), clerk=((Role.REPORTER, False),), head_signs=False)
_COMMUNE: Final = Staffing(
    head=((Role.LEADER, True),),
    clerk=((Role.BRANCH_OFFICER, True), (Role.SCHOOL_OFFICER, False), (Role.CLERK, False)),
)
_DEPARTMENT: Final = Staffing(head=((Role.LEADER, True),), clerk=((Role.CLERK, False),))
_OFFICE: Final = Staffing(head=((Role.BRANCH_OFFICER, True),), clerk=((Role.SPECIALIST, False),), head_signs=False)
_BY_KIND: Final = {
    "study_abroad_consultancy": _REPORTING,
    "language_centre": _REPORTING,
    "commune_division": _COMMUNE,
    "department": _DEPARTMENT,
    "department_office": Staffing(
        head=((Role.BRANCH_OFFICER, True),), clerk=((Role.SPECIALIST, False),), head_signs=False
    ),
}
HEAD_TITLES: Final = {
    "department": "Giám đốc",
    "department_office": "Trưởng phòng",
    "commune_division": "Trưởng phòng",
    "continuing_centre": "Giám đốc",
    "language_centre": "Giám đốc",
    "study_abroad_consultancy": "Giám đốc",
}
SCHOOL_HEAD: Final = "Hiệu trưởng"
CLERK_TITLE: Final = "Văn thư"


def staffing_of(kind: str) -> Staffing:
    """Return the staffing of a kind of body; of one without its own, that of a school."""
    return _BY_KIND.get(kind, _SCHOOL)


def head_title_of(kind: str) -> str:
    """Return what the head of a kind of body is called when the sheet does not say."""
    return HEAD_TITLES.get(kind, SCHOOL_HEAD)
