"""Sharing out what stands beneath a unit that is divided: one choice for each, between the form and the preview."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from caunoi.foundation.organisations.models import Placement, Unit
from caunoi.foundation.organisations.queries import parents_of
from caunoi.foundation.organisations.web.forms import EventForm, SplitForm

MARK = "sharing"
"""Field that says that the choices of the page are all there: a unit without one goes to the first receiver."""
PREFIX = "share:"


@dataclass(frozen=True, slots=True)
class Beneath:
    """A unit directly beneath, by what it can be picked out, and who receives it."""

    unit: Unit
    others: tuple[Unit, ...]
    """Units above it in the other line."""
    chosen: str


@dataclass(frozen=True, slots=True)
class Gathering:
    """Units that can be given away at once: ``key`` is what the page matches, ``count`` how many there are."""

    key: str
    label: str
    count: int


def folded_in(data: QueryDict) -> QueryDict:
    """Return what was posted with the choices of the page of sharing out put into the one field of the form."""
    if MARK not in data:
        return data
    chosen = {name[len(PREFIX) :]: value for name, value in data.items() if name.startswith(PREFIX) and value}
    folded = data.copy()
    for name in [name for name in data if name.startswith(PREFIX) or name == MARK]:
        del folded[name]
    folded["shares"] = json.dumps(chosen)
    return folded


def beneath(form: EventForm, on: dt.date) -> list[Beneath]:
    """Return what a division has to share out, in Vietnamese order; nothing for every other kind of event."""
    if not isinstance(form, SplitForm):
        return []
    unit, shares, keys = form.cleaned_data["unit"], form.cleaned_data["shares"], form.receivers()
    placed = Placement.objects.filter(parent=unit, until_on__isnull=True).values("unit_id")
    into = [one.pk for one in form.cleaned_data["into"]]
    units = list(
        Unit.objects.filter(pk__in=placed).exclude(pk__in=into).select_related("kind").order_by("sort_key", "id")
    )
    above = parents_of([one.pk for one in units], on=on)
    return [
        Beneath(
            one,
            tuple(dict.fromkeys(row.parent for row in above.get(one.pk, []) if row.parent and row.parent != unit)),
            shares.get(one.public_id, "") if shares.get(one.public_id, "") in keys else "",
        )
        for one in units
    ]


def gatherings(rows: Iterable[Beneath]) -> Mapping[str, list[Gathering]]:
    """Return by what units can be given away at once: kind, what is above in the other line, seat."""
    rows = list(rows)
    kinds = Counter((f"kind:{row.unit.kind.code}", row.unit.kind.name) for row in rows)
    above = Counter((f"above:{other.public_id}", other.name) for row in rows for other in row.others)
    seats = Counter((f"seat:{row.unit.seat}", row.unit.seat) for row in rows if row.unit.seat)
    named = ((gettext("Loại hình"), kinds), (gettext("Nơi trực thuộc khác"), above), (gettext("Địa danh"), seats))
    found = {
        label: [Gathering(key, name, count) for (key, name), count in sorted(held.items(), key=lambda one: one[0][1])]
        for label, held in named
    }
    return {label: held for label, held in found.items() if held}
