"""The words for what was done: every module describes its own verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_labels: dict[str, StrOrPromise] = {}


def describe_verbs(labels: Mapping[str, StrOrPromise]) -> None:
    """Give verbs ("documents.accept") the words that the audit list shows."""
    _labels.update(labels)


def verb_label(verb: str) -> StrOrPromise:
    """Return the words for a verb; the verb itself when its module is no longer there."""
    return _labels.get(verb, verb)


def described_verbs() -> Mapping[str, StrOrPromise]:
    """Return every verb that has words."""
    return dict(_labels)
