"""Days in the templates of units."""

from __future__ import annotations

import datetime as dt

from django import template

register = template.Library()


@register.filter
def day_before(day: dt.date) -> dt.date:
    """Return the last day of a half-open period that ends on ``day``."""
    return day - dt.timedelta(days=1)
