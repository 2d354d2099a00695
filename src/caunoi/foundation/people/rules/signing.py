"""Forms of signing: what each must have in writing, and who may hand it on (NĐ 30/2020/NĐ-CP, Điều 13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "TL.": ("ground",),
    "TUQ.": ("ground", "until", "scope", "giver"),
    "Q.": ("ground",),
}
"""TL.: laid down in the rules of work (khoản 3). TUQ.: in writing, limited in time and content (khoản 4)."""
ORIGINAL: Final = frozenset({"", "TM.", "Q."})
"""Forms of the head, also of an acting one. Whoever signs by another's authority may not hand it on (khoản 4)."""
PERSONAL: Final = frozenset({"TUQ.", "Q."})
"""Given to a person by name: they end when that person leaves the post; TUQ. also when the giver leaves theirs."""


def missing(form: str, *, ground: str, scope: str, has_end: bool, has_giver: bool) -> str | None:
    """Return the first thing that ``form`` lacks: ``ground``, ``until``, ``scope`` or ``giver``.

    Without the giver it could not be said that whoever gives it signs by a right of their own.
    """
    given = {"ground": bool(ground.strip()), "scope": bool(scope.strip()), "until": has_end, "giver": has_giver}
    return next((need for need in NEEDS.get(form, ()) if not given[need]), None)


def lapse(*, unit_ended: bool, post_ended: bool, giver_signs: bool) -> str | None:
    """Return why an authority no longer holds within its dates: ``unit``, ``post`` or ``giver``.

    The body signed for or that of the post has ended, or whoever gave it no longer signs by a right of their own.
    """
    reasons = {"unit": unit_ended, "post": post_ended, "giver": not giver_signs}
    return next((reason for reason, holds in reasons.items() if holds), None)


def may_give(held: frozenset[str], wanted: str) -> bool:
    """Whether somebody who signs in the forms ``held`` may let another sign as ``wanted``."""
    return wanted not in ORIGINAL and bool(held & ORIGINAL)
