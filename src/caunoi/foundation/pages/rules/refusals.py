"""The sentences that pages make of refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caunoi.foundation.pages.rules.navigation import Words
from caunoi.kernel.errors import Refused

_SENTENCES: Final[dict[str, Words]] = {}


def register_refusals(sentences: Mapping[str, Words]) -> None:
    """Register the sentence of each refusal code, with named placeholders for its facts (in ``AppConfig.ready``)."""
    _SENTENCES.update(sentences)


def sentence(refused: Refused) -> str | None:
    """Return the sentence of a refusal in the reader's language, or None when its code has none."""
    words = _SENTENCES.get(refused.code)
    return None if words is None else str(words) % refused.facts
