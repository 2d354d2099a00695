"""Why something about people, posts and rights is refused."""

from __future__ import annotations

import datetime as dt

from caunoi.kernel.errors import Refused


class PeopleRefused(Refused):
    """``people.name_missing``, ``.email_used``, ``.email_used_elsewhere``,

    ``.post_taken``, ``.holding_twice``, ``.not_holder``, ``.period``, ``.signing_giver_missing``,
    ``.end_missing``, ``.ground_missing``, ``.scope_missing``, ``.same_person``, ``.post_closed``, ``.post_held``,
    ``.circle``, ``.other_branch``, ``.grant_twice``, ``.own_rights``, ``.own_post``, ``.signing_twice``,
    ``.redelegation``, ``.no_head``.
    """


def printed(day: dt.date | None) -> str:
    """Return a day as a sentence names it; an open end as three dots."""
    return day.strftime("%d/%m/%Y") if day else "…"


def check_period(on: dt.date, until: dt.date | None) -> None:
    """Raise PeopleRefused unless the period has at least one day."""
    if until is not None and until <= on:
        raise PeopleRefused("people.period", on=printed(on), until=printed(until))
