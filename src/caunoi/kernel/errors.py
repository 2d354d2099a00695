"""Failures that are expected and answered in the user's own words."""

from __future__ import annotations


class Refused(Exception):
    """A request that the rules do not allow. Subclasses stand beside what raises them.

    ``code`` is stable and names the reason; ``facts`` fill the sentence that the page makes of it.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class NotAllowed(Refused):
    """The person may know that the thing exists but may not do this with it (answered with 403)."""


class NotFound(Refused):
    """The thing does not exist, or the person may not know that it does (answered with 404)."""
