"""Who may see the catalogue and the figures."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.db.models import QuerySet

from caunoi.business.indicators.models import Indicator
from caunoi.foundation.organisations.public import Unit, within
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound


class Permission(StrEnum):
    """What one may do with indicators; ``plugs`` says which roles hold each."""

    READ = "indicators.read"
    """See the catalogue, and the figures of one's unit or branch with the records behind them."""


class IndicatorNotFound(NotFound):
    """No such indicator."""


class IndicatorsForbidden(NotAllowed):
    """It may be known of, but not seen."""


def require(by: Actor) -> None:
    """Raise IndicatorsForbidden unless the person may see figures anywhere."""
    if not by.may(Permission.READ):
        raise IndicatorsForbidden("indicators.not_permitted")


def indicator_by_code(code: str) -> Indicator:
    """Return an indicator. Raises IndicatorNotFound."""
    found = Indicator.objects.filter(code=code).first()
    if found is None:
        raise IndicatorNotFound("indicators.not_found")
    return found


def indicators() -> QuerySet[Indicator]:
    """Return the indicators in use, in their order."""
    return Indicator.objects.filter(is_active=True).order_by("position", "code")


def units_seen(by: Actor, *, on: dt.date) -> QuerySet[Unit]:
    """Return the units whose figures a person may see on a day, in name order; lazy."""
    return within(by.scopes(Permission.READ), on=on).order_by("sort_key", "id")
