"""The people of a branch: the list, one person with posts and rights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.foundation.organisations.public import ids_within, on_day
from caunoi.foundation.pages.public import ChipRow, Column, Crumb, Option, chips, paginate, parse_sort, words_of
from caunoi.foundation.people.access import Permission, answers_for, person_by_public_id, visible_people
from caunoi.foundation.people.models import Grant, Holding, Person, SigningAuthority
from caunoi.foundation.people.operations.people import correct_person
from caunoi.foundation.people.rules.roles import Role
from caunoi.foundation.people.rules.words import ROLES
from caunoi.foundation.people.web.asking import permitted
from caunoi.foundation.people.web.forms import CorrectionForm
from caunoi.foundation.people.web.shown import Dated, grant_row, holding_row, signing_row
from caunoi.foundation.personal_data.public import How, mask
from caunoi.foundation.spreadsheets.public import XLSX, ListSheet, write_list
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import fold

EXPORTED = 20_000
COLUMNS = [
    Column("name", _("Họ và tên"), ("sort_key",)),
    Column("posts", _("Vị trí đang giữ"), width="wide"),
    Column("email", _("Thư điện tử")),
    Column("roles", _("Vai trò")),
]


def _selected(request: HttpRequest, by: Actor, on: dt.date) -> tuple[QuerySet[Person], tuple[ChipRow, ...]]:
    holds = chips(
        request.GET, "holds", _("Vị trí"), [Option("now", _("Đang giữ")), Option("past", _("Đã thôi giữ"))],
        default="now",
    )  # fmt: skip
    role = chips(request.GET, "role", _("Vai trò"), [Option(one.value, ROLES[one].name) for one in Role])
    now = Holding.objects.filter(on_day(on))
    if not by.is_system:
        now = now.filter(post__unit_id__in=ids_within(by.scopes(Permission.READ), on=on))
    if role.value:
        granted = Grant.objects.filter(on_day(on), role=role.value, post_id=OuterRef("post_id"))
        now = now.filter(Exists(granted))
    held = Q(pk__in=now.values("person_id"))
    people = Person.objects.filter(held) if holds.value == "now" else visible_people(by, on=on).filter(~held)
    for word in fold(request.GET.get("q", "")).split():
        people = people.filter(folded__contains=word)
    return people, (holds, role)


@login_required
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List the people of the branch with the posts they hold."""
    by, on = permitted(request), clock.today()
    found, rows = _selected(request, by, on)
    sort = parse_sort(request.GET, COLUMNS, "name")
    page = paginate(found.order_by(*sort.order_by), request)
    context = {
        "page": page,
        "shown": _with_posts(list(page.object_list), on),
        "rows": rows,
        "columns": COLUMNS,
        "sort": sort,
        "is_filtered": bool(request.GET.get("q") or request.GET.get("role") or request.GET.get("holds")),
        "may_administer": by.may(Permission.ADMINISTER),
        "export": reverse("people:people_export") + (f"?{request.GET.urlencode()}" if request.GET else ""),
    }
    return render(request, "people/people.html", context)


def _with_posts(found: list[Person], on: dt.date) -> list[tuple[Person, list[Dated], list[str]]]:
    """Return each person with the posts held and the roles that come with them, in two queries for all."""
    held = Holding.objects.filter(on_day(on), person__in=found).select_related("post__unit").order_by("from_on", "id")
    holdings = list(held)
    granted = Grant.objects.filter(on_day(on), post__in=[one.post_id for one in holdings]).values_list(
        "post_id", "role"
    )
    roles: dict[int, list[str]] = {}
    for post_id, role in granted.values_list("post_id", "role"):
        roles.setdefault(post_id, []).append(str(ROLES[Role(role)].name))
    return [
        (
            person,
            [holding_row(one, on) for one in holdings if one.person_id == person.pk],
            sorted({r for one in holdings if one.person_id == person.pk for r in roles.get(one.post_id, [])}),
        )
        for person in found
    ]


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the list as a workbook, with the filters of the page; ways to reach people are masked."""
    by, on = permitted(request), clock.today()
    found, _rows = _selected(request, by, on)
    people = list(found.order_by("sort_key", "pk")[:EXPORTED])

    def rows() -> Iterator[list[str]]:
        for start in range(0, len(people), 500):
            for person, posts, roles in _with_posts(people[start : start + 500], on):
                held = [one.row for one in posts if isinstance(one.row, Holding)]
                yield [
                    person.name,
                    "; ".join(one.post.title for one in held),
                    "; ".join(one.post.unit.name for one in held),
                    "; ".join(roles),
                    mask(person.email, How.EMAIL),
                    mask(person.phone, How.PHONE),
                ]

    heads = [_("Họ và tên"), _("Vị trí"), _("Đơn vị"), _("Vai trò"), _("Thư điện tử"), _("Điện thoại")]
    content = write_list([ListSheet(gettext("Người và vị trí"), heads, rows(), (28, 30, 44, 30, 28, 16))])
    response = HttpResponse(content, content_type=XLSX)
    name = content_disposition_header(as_attachment=True, filename="nguoi-va-vi-tri.xlsx")
    response.headers["Content-Disposition"] = name or "attachment"
    return response


@login_required
@require_GET
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a person: the posts held now and before, and what they may do where and until when."""
    by = permitted(request)
    return _record(request, person_by_public_id(public_id, by, on=clock.today()), by)


def _record(request: HttpRequest, found: Person, by: Actor, form: CorrectionForm | None = None) -> HttpResponse:
    on = clock.today()
    held = Holding.objects.filter(person=found).select_related("post__unit").order_by("-from_on", "-id")
    holdings = list(held)
    now = [one for one in holdings if one.from_on <= on and (one.until_on is None or one.until_on > on)]
    context = {
        "person": found,
        "crumbs": [Crumb(_("Người và vị trí"), reverse("people:people")), Crumb(found.name)],
        "now": [(holding_row(one, on), *_rights(one, on)) for one in now],
        "history": [holding_row(one, on) for one in holdings],
        "may_administer": answers_for(by, found, on=on),
        "form": form or CorrectionForm(person=found),
        "failed": form is not None,
    }
    return render(request, "people/person.html", context, status=422 if form is not None else 200)


def _rights(holding: Holding, on: dt.date) -> tuple[list[Dated], list[Dated]]:
    grants = Grant.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), post=holding.post)
    signing = SigningAuthority.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), post=holding.post)
    return (
        [grant_row(one, on, capacity=holding.capacity) for one in grants.select_related("unit").order_by("role", "id")],
        [signing_row(one, on) for one in signing.select_related("unit").order_by("from_on", "id")],
    )


@login_required
@require_POST
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct a name or a way to reach somebody."""
    by, on = permitted(request, Permission.ADMINISTER), clock.today()
    found = person_by_public_id(public_id, by, on=on)
    form = CorrectionForm(request.POST, person=found)
    if form.is_valid():
        try:
            correct_person(person=found, **form.corrected(found), by=by, at=clock.now())
        except Refused as refused:
            form.add_error(None, words_of(refused))
        else:
            messages.success(request, gettext("Đã sửa."))
            return redirect("people:person", public_id)
    return _record(request, Person.objects.get(pk=found.pk), by, form)
