"""Which kinds of notices do not wait for the digest. The modules that send them say so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_URGENT: Final[set[str]] = set()


def register_urgent(kinds: Iterable[str]) -> None:
    """Have notices of these kinds sent by e-mail at once (in ``AppConfig.ready``)."""
    _URGENT.update(kinds)


def is_urgent(kind: str) -> bool:
    """Whether a kind of notice is sent at once."""
    return kind in _URGENT
