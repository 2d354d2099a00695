"""Handing a post over in three steps; nothing is kept until the last, and every step can be gone back to."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from caunoi.foundation.audit.public import use_case
from caunoi.foundation.organisations.public import on_day
from caunoi.foundation.pages.public import Crumb, words_of
from caunoi.foundation.people.access import Permission, post_by_public_id, require, visible_people
from caunoi.foundation.people.models import Capacity, Grant, Holding, Person, Post, SigningAuthority
from caunoi.foundation.people.operations.people import register_person
from caunoi.foundation.people.operations.posts import Handover, hand_over, personal_authorities
from caunoi.foundation.people.queries import with_givers
from caunoi.foundation.people.rules.words import CAPACITIES
from caunoi.foundation.people.web.asking import permitted
from caunoi.foundation.people.web.forms import HandoverForm, PersonForm
from caunoi.foundation.people.web.shown import grant_row, signing_row
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import fold

OFFERED = 20
"""People offered on the first step."""


@login_required
@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask who takes up the post, from when and on what ground; show what follows; then do it in one act."""
    by, on = permitted(request, Permission.ADMINISTER), clock.today()
    found = post_by_public_id(public_id, by, on=on)
    require(by, Permission.ADMINISTER, found.unit_id, on=on)
    asked = request.POST if request.method == "POST" else request.GET
    context = _frame(found, on)
    person, new = _successor(asked, by, on)
    if person is None and new is None:
        return render(request, "people/handover_who.html", context | _who(request, found, by, on))
    kept = {key: asked.get(key, "") for key in ("person", "name", "email", "phone")}
    context |= {"successor": person.name if person else kept["name"], "is_new": person is None, "kept": kept}
    form = HandoverForm(asked if "on" in asked else None, initial={"on": on, "capacity": Capacity.HOLDER.value})
    if "on" not in asked or "back" in asked or not form.is_valid():
        return render(request, "people/handover_when.html", context | {"form": form})
    if request.method == "POST" and "confirm" in request.POST:
        try:
            _hand_over(found, context["leaving"], person, kept, form, by, clock.now())
        except Refused as refused:
            form.add_error(None, words_of(refused))
            return render(request, "people/handover_when.html", context | {"form": form}, status=422)
        messages.success(
            request, gettext("Đã bàn giao. Quyền của người cũ kết thúc, người mới có quyền từ ngày đã ghi.")
        )
        return redirect("people:post", public_id)
    return render(request, "people/handover_review.html", context | _review(found, form, on))


def _frame(found: Post, on: dt.date) -> dict[str, object]:
    held = Holding.objects.filter(on_day(on), post=found).exclude(capacity=Capacity.SUBSTITUTE)
    holding = held.select_related("person").first()
    return {
        "post": found,
        "leaving": holding.person if holding else None,
        "crumbs": [
            Crumb(found.unit.name, reverse("people:unit", args=[found.unit.public_id])),
            Crumb(found.title, reverse("people:post", args=[found.public_id])),
            Crumb(_("Bàn giao")),
        ],
    }


def _successor(asked: QueryDict, by: Actor, on: dt.date) -> tuple[Person | None, PersonForm | None]:
    """Return the person chosen, or the form of somebody new when it is filled in rightly."""
    chosen = asked.get("person", "")
    if chosen:
        try:
            return visible_people(by, on=on).filter(public_id=UUID(chosen)).first(), None
        except ValueError:
            return None, None
    form = PersonForm(asked) if asked.get("name") else None
    return None, form if form is not None and form.is_valid() else None


def _who(request: HttpRequest, found: Post, by: Actor, on: dt.date) -> dict[str, object]:
    words = fold(request.GET.get("q", "")).split()
    form = PersonForm(request.GET) if "name" in request.GET else PersonForm()
    return {"offered": _offered(found, by, on, words), "form": form, "q": request.GET.get("q", "")}


def _offered(found: Post, by: Actor, on: dt.date, words: list[str]) -> list[tuple[Person, str]]:
    people = visible_people(by, on=on).order_by("sort_key", "id")
    for word in words:
        people = people.filter(folded__contains=word)
    if not words:
        near = Holding.objects.filter(on_day(on), post__unit_id=found.unit_id).exclude(post=found)
        people = people.filter(pk__in=near.values("person_id"))
    chosen = list(people[:OFFERED])
    return [(person, titles.get(person.pk, "")) for titles in [_titles(chosen, on)] for person in chosen]


def _titles(people: list[Person], on: dt.date) -> dict[int, str]:
    titles: dict[int, list[str]] = {}
    for one in Holding.objects.filter(on_day(on), person__in=people).select_related("post__unit").order_by("from_on"):
        titles.setdefault(one.person_id, []).append(f"{one.post.title}, {one.post.unit.name}")
    return {key: "; ".join(words) for key, words in titles.items()}


def _review(found: Post, form: HandoverForm, on: dt.date) -> dict[str, object]:
    lasting = Q(until_on__isnull=True) | Q(until_on__gt=form.cleaned_data["on"])
    grants = Grant.objects.filter(lasting, post=found).select_related("unit").order_by("role", "id")
    signing = with_givers(SigningAuthority.objects.filter(lasting), on=on)
    ending = personal_authorities(found).filter(lasting).values("pk")
    return {
        "form": form,
        "given": form.cleaned_data,
        "capacity": CAPACITIES[form.cleaned_data["capacity"]],
        "moving": [grant_row(one, on) for one in grants],
        "staying": [signing_row(one, on) for one in signing.filter(post=found).exclude(pk__in=ending).order_by("id")],
        "ending": [signing_row(one, on) for one in signing.filter(pk__in=ending).order_by("id")],
    }


@use_case
def _hand_over(
    found: Post, leaving: object, person: Person | None, kept: dict[str, str], form: HandoverForm, by: Actor,
    at: dt.datetime,
) -> None:  # fmt: skip
    """Enter somebody new where needed and hand over, in one transaction."""
    successor = person or register_person(name=kept["name"], email=kept["email"], phone=kept["phone"], by=by, at=at)
    given = form.cleaned_data
    hand_over(
        handover=Handover(
            found, leaving if isinstance(leaving, Person) else None, successor, given["on"],
            Capacity(given["capacity"]), given["ground"],
        ),
        by=by,
        at=at,
    )  # fmt: skip
