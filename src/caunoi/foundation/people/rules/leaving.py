"""From which day somebody may be said to have left a post."""

from __future__ import annotations

import datetime as dt

DAY = dt.timedelta(days=1)


def earliest_leaving(last_act_on: dt.date | None, today: dt.date) -> dt.date | None:
    """Return the first day without the post that may be given; None for any.

    A decision often takes effect before it is entered, so a day that is past may be given. But the rights of a post
    end with it, and what was done by them stands: nobody has left before their last act in the post. Today is always
    free, whatever was done in its morning.
    """
    return None if last_act_on is None else min(last_act_on + DAY, today)
