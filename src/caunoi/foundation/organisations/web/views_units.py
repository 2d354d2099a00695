"""The list of units with its tree, the record of a unit, and the answers of the unit picker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from caunoi.foundation.organisations.access import Permission, ancestors, manages, unit_by_public_id
from caunoi.foundation.organisations.models import Unit, UnitKind, UnitName
from caunoi.foundation.organisations.queries import (
    Asked,
    called_on,
    counts_beneath,
    events_of,
    listed,
    names_of,
    parents_of,
    picked,
    placements_of,
    roots,
    successions_of,
)
from caunoi.foundation.organisations.web.asking import day_asked, is_uuid, permitted
from caunoi.foundation.organisations.web.shown import (
    KINDS,
    LEVELS,
    LINES,
    event_lines,
    kind_note,
    lineage_of,
    unit_state,
)
from caunoi.foundation.pages.public import Column, Crumb, Option, chips, paginate
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, Line

PICKED = 20
BENEATH = 30
COLUMNS = [
    Column("name", _("Đơn vị"), width="wide"),
    Column("kind", _("Loại hình")),
    Column("parent", _("Trực thuộc")),
    Column("code", _("Mã, ký hiệu")),
    Column("beneath", _("Bên dưới"), numeric=True),
]

_SINCE = [Column("from", _("Từ ngày")), Column("until", _("Đến hết ngày"))]
NAME_COLUMNS = [
    Column("name", _("Tên"), width="wide"),
    Column("symbol", _("Ký hiệu, mã")),
    Column("seat", _("Địa danh")),
    Column("kind", _("Loại hình")),
    *_SINCE,
]
PLACE_COLUMNS = [Column("line", _("Tuyến")), Column("parent", _("Thuộc"), width="wide"), *_SINCE]


@login_required
@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """List the units of a day: browse the tree, filter, search with or without accents."""
    by = permitted(request)
    on = day_asked(request)
    under = _under(request)
    level = chips(request.GET, "level", _("Cấp"), [Option(key, label) for key, label in LEVELS.items()])
    whose = chips(request.GET, "whose", _("Phạm vi"), [Option("mine", _("Tôi phụ trách"))])
    state = chips(request.GET, "state", _("Tình trạng"), [Option("ended", _("Đã kết thúc"))])
    kinds = [Option(kind.code, kind.name) for kind in UnitKind.objects.order_by("position", "code")]
    kind = chips(request.GET, "kind", _("Loại hình"), kinds)
    asked = Asked(
        on=on,
        words=request.GET.get("q", ""),
        under=under,
        kind=kind.value,
        level=level.value,
        ended=state.value == "ended",
        scopes=by.scopes(Permission.READ) if whose.value == "mine" else None,
    )
    is_filtered = bool(asked.words or asked.kind or asked.level or asked.ended or asked.scopes is not None)
    rows = roots(on) if under is None and not is_filtered else listed(asked)
    page = paginate(rows, request)
    context = {
        "page": page,
        "shown": _shown(page, on),
        "columns": COLUMNS,
        "rows": [level, kind, state, whose],
        "on": on,
        "is_today": on == clock.today(),
        "under": under,
        "way": _called([*ancestors(under, on=on), under], on) if under else [],
        "is_filtered": is_filtered,
        "may_manage": by.may(Permission.MANAGE),
        "crumbs": [Crumb(pgettext_lazy("nhiều", "Đơn vị"))],
    }
    return render(request, "organisations/units.html", context)


def _under(request: HttpRequest) -> Unit | None:
    asked = request.GET.get("under", "")
    return unit_by_public_id(asked) if is_uuid(asked) else None


def _shown(page: Iterable[UnitName], on: dt.date) -> list[Mapping[str, object]]:
    rows = list(page)
    ids = [row.unit_id for row in rows]
    parents, counts = parents_of(ids, on=on), counts_beneath(ids, on=on)
    above = {place.parent.pk: place.parent for places in parents.values() for place in places if place.parent}
    called = dict(zip(above, _called(above.values(), on), strict=True))
    return [
        {
            "row": row,
            "unit": row.unit,
            "parents": [called[pk] for pk in dict.fromkeys(p.parent_id for p in parents.get(row.unit_id, [])) if pk],
            "beneath": counts.get(row.unit_id, 0),
            "state": unit_state(row.unit, on),
        }
        for row in rows
    ]


def _called(units: Iterable[Unit], on: dt.date) -> list[Unit]:
    """Return units with the names of a day; one that did not exist then keeps the name it has."""
    held = list(units)
    names = called_on([one.pk for one in held], on=on)
    for one in held:
        if one.pk in names:
            one.name = names[one.pk].name
    return held


@login_required
@require_GET
def unit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a unit as on a day: what it was called and was, where it stood, what was below; its whole history."""
    by = permitted(request)
    on, today = day_asked(request), clock.today()
    held = unit_by_public_id(public_id)
    held.as_on = on
    called = called_on([held.pk], on=on).get(held.pk) or held
    below = listed(Asked(on, under=held))
    may_manage = by.may(Permission.MANAGE) and manages(held, by=by, today=today)
    day = "" if on == today else f"?on={on:%d/%m/%Y}"
    context = {
        "unit": held,
        "called": called,
        "state": unit_state(held, on),
        "kind_note": kind_note(called.kind),
        "crumbs": [
            Crumb(pgettext_lazy("nhiều", "Đơn vị"), f"{reverse('organisations:units')}{day}"),
            *(
                Crumb(one.name, f"{reverse('organisations:unit', args=[one.public_id])}{day}")
                for one in _called(ancestors(held, on=on), on)
            ),
            Crumb(called.name),
        ],
        "on": on,
        "today": today,
        "day": day,
        "names": list(names_of(held)),
        "name_columns": NAME_COLUMNS,
        "place_columns": PLACE_COLUMNS,
        "places": [(LINES[Line(place.line)], place) for place in placements_of(held)],
        "lineage": lineage_of(held, *successions_of(held)),
        "events": event_lines(list(events_of(held)[:100]), may_undo=may_manage),
        "below": list(below[:BENEATH]),
        "below_count": below.count(),
        "may_manage": may_manage,
        "steps": _steps(held, by) if may_manage and held.dissolved_on is None and on == today else [],
    }
    return render(request, "organisations/unit.html", context)


def _steps(held: Unit, by: Actor) -> list[tuple[str, object, str]]:
    """Return (address, label, icon) of every event one can enter about a unit."""
    return [
        (f"{reverse('organisations:event_new', args=[key])}?unit={held.public_id}", shown.action, shown.icon)
        for key, shown in KINDS.items()
    ]


@login_required
@require_GET
def pick(request: HttpRequest) -> HttpResponse:
    """Answer the picker: units whose name, symbol or code holds every word; twenty at a time.

    ``may`` leaves those over which one has that permission, ``under`` those below a unit by profession, with itself.
    """
    by = permitted(request)
    on = clock.today()
    scopes = by.scopes(request.GET["may"]) if request.GET.get("may") else None
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and 0 < int(asked) < 1000 else 1
    words, start = request.GET.get("q", "")[:200], (number - 1) * PICKED
    found = picked(words, on=on, scopes=scopes, under=_under(request), start=start, count=PICKED + 1)
    parents = parents_of([one.pk for one in found[:PICKED]], on=on)
    answers = [
        {"id": str(one.public_id), "name": one.name, "note": _note(one, [p.parent for p in parents.get(one.pk, [])])}
        for one in found[:PICKED]
    ]
    return JsonResponse({"units": answers, "next": number + 1 if len(found) > PICKED else None})


def _note(unit: Unit, parents: list[Unit | None]) -> str:
    above = next((parent.name for parent in parents if parent is not None), "")
    return " · ".join(part for part in (unit.symbol or unit.code, above) if part)
