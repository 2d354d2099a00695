"""Sign-in names made from the names of people."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from caunoi.kernel.text import fold

_OTHER: Final = re.compile(r"[^a-z0-9]+")


def sign_in_name(person_name: str, taken: Container[str]) -> str:
    """Return a free sign-in name: given name, then initials of the rest (Lê Thị Hoa → ``hoalt``, ``hoalt2``)."""
    words = [word for word in _OTHER.sub(" ", fold(person_name)).split() if word]
    base = (words[-1] + "".join(word[0] for word in words[:-1])) if words else "nguoidung"
    if base not in taken:
        return base
    return next(f"{base}{number}" for number in range(2, 1_000_000) if f"{base}{number}" not in taken)
