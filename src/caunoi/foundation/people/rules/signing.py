"""Forms of signing: what each must have in writing, and who may hand it on (NĐ 30/2020/NĐ-CP, Điều 13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "TL.": ("ground",),
    "TUQ.": ("ground", "until", "scope"),
    "Q.": ("ground",),
}
"""TL.: laid down in the rules of work (khoản 3). TUQ.: in writing, limited in time and content (khoản 4)."""
ORIGINAL: Final = frozenset({"", "TM.", "Q."})
"""Forms of the head, also of an acting one. Whoever signs by another's authority may not hand it on (khoản 4)."""
PERSONAL: Final = frozenset({"TUQ.", "Q."})
"""Given to a person by name: they end when that person leaves the post."""


def missing(form: str, *, ground: str, scope: str, has_end: bool) -> str | None:
    """Return the first thing that ``form`` must have and that is not given: ``ground``, ``until`` or ``scope``."""
    given = {"ground": bool(ground.strip()), "scope": bool(scope.strip()), "until": has_end}
    return next((need for need in NEEDS.get(form, ()) if not given[need]), None)


def may_give(held: frozenset[str], wanted: str) -> bool:
    """Whether somebody who signs in the forms ``held`` may let another sign as ``wanted``."""
    return wanted not in ORIGINAL and bool(held & ORIGINAL)
