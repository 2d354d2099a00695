"""One post: who holds it, what it may do, and the acts of an administrator upon it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.foundation.organisations.public import on_day
from caunoi.foundation.pages.public import Column, Crumb, words_of
from caunoi.foundation.people.access import Permission, may, post_by_public_id
from caunoi.foundation.people.models import Capacity, Grant, Holding, Person, Post, SigningAuthority, SigningForm
from caunoi.foundation.people.operations.posts import change_post, close_post, leave, take_up
from caunoi.foundation.people.operations.rights import grant_role
from caunoi.foundation.people.operations.signing import authorise_signing
from caunoi.foundation.people.queries import with_givers
from caunoi.foundation.people.rules.roles import Role
from caunoi.foundation.people.web import forms
from caunoi.foundation.people.web.asking import givers_round, people_round, permitted, posts_round, units_round
from caunoi.foundation.people.web.shown import grant_row, holding_row, signing_row
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HOLDER_COLUMNS = [
    Column("person", _("Người giữ")), Column("capacity", _("Giữ vị trí")), Column("period", _("Thời gian")),
    Column("ground", _("Căn cứ")), Column("state", _("Trạng thái")),
]  # fmt: skip
GRANT_COLUMNS = [
    Column("role", _("Vai trò"), width="wide"), Column("unit", _("Tại đơn vị")), Column("until", _("Thời hạn")),
    Column("state", _("Trạng thái")), Column("end", _("Thu hồi"), hidden_label=True),
]  # fmt: skip
SIGNING_COLUMNS = [
    Column("form", _("Hình thức ký")), Column("unit", _("Ký văn bản của")), Column("ground", _("Căn cứ, nội dung")),
    Column("until", _("Thời hạn")), Column("state", _("Trạng thái")), Column("end", _("Kết thúc"), hidden_label=True),
]  # fmt: skip


COMMON = ("lam-thay", "giao-quyen", "ky")


@dataclass(frozen=True, slots=True)
class Act:
    """Something an administrator may do with a post: its button, its form, what it does."""

    key: str
    label: StrOrPromise
    icon: str
    make: Callable[[object, Post, Actor, dt.date], django_forms.Form]
    do: Callable[[Post, dict[str, object], Actor, dt.datetime], object]
    done: StrOrPromise

    @property
    def is_common(self) -> bool:
        """Whether its button stands in the title line."""
        return self.key in COMMON


def _substitute_form(data: object, post: Post, by: Actor, on: dt.date) -> django_forms.Form:
    return forms.SubstituteForm(data, initial={"first": on}, prefix="thay", people=people_round(post.unit, on=on))


def _substitute(post: Post, given: dict[str, object], by: Actor, at: dt.datetime) -> object:
    return take_up(
        person=given["person"], post=post, on=given["first"], until=forms.after(given["last"]),  # type: ignore[arg-type]  # cleaned
        capacity=Capacity.SUBSTITUTE, ground=str(given["ground"]), by=by, at=at,
    )  # fmt: skip


def _grant_form(data: object, post: Post, by: Actor, on: dt.date) -> django_forms.Form:
    initial = {"first": on, "unit": str(post.unit.public_id)}
    return forms.GrantForm(data, initial=initial, prefix="quyen", units=units_round(post.unit, by, on=on))


def _grant(post: Post, given: dict[str, object], by: Actor, at: dt.datetime) -> object:
    return grant_role(
        post=post, role=Role(str(given["role"])), unit=given["unit"], subtree=bool(given["subtree"]),  # type: ignore[arg-type]  # cleaned
        on=given["first"], until=forms.after(given["last"]), ground=str(given["ground"]), by=by, at=at,  # type: ignore[arg-type]  # cleaned
    )  # fmt: skip


def _signing_form(data: object, post: Post, by: Actor, on: dt.date) -> django_forms.Form:
    units = units_round(post.unit, by, on=on)
    initial = {"first": on, "unit": str(post.unit.public_id), "form": "TUQ."}
    return forms.SigningAuthorityForm(
        data, initial=initial, prefix="ky", units=units, givers=givers_round(units, on=on)
    )


def _authorise(post: Post, given: dict[str, object], by: Actor, at: dt.datetime) -> object:
    return authorise_signing(
        post=post, unit=given["unit"], form=SigningForm(str(given["form"])), head_title=str(given["head_title"]),  # type: ignore[arg-type]  # cleaned
        title=str(given["title"]), ground=str(given["ground"]), scope=str(given["scope"]),
        given_by=given["given_by"], on=given["first"], until=forms.after(given["last"]), by=by, at=at,  # type: ignore[arg-type]  # cleaned
    )  # fmt: skip


def _change_form(data: object, post: Post, by: Actor, on: dt.date) -> django_forms.Form:
    above = str(post.reports_to.public_id) if post.reports_to else None
    initial = {"title": post.title, "reports_to": above, "is_head": post.is_head}
    return forms.PostForm(data, initial=initial, prefix="sua", above=posts_round(post.unit, on=on))


def _change(post: Post, given: dict[str, object], by: Actor, at: dt.datetime) -> object:
    change_post(post=post, **given, by=by, at=at)  # type: ignore[arg-type]  # the names are those of the form
    return post


def _end_form(prefix: str) -> Callable[[object, Post, Actor, dt.date], django_forms.Form]:
    return lambda data, post, by, on: forms.EndForm(data, initial={"on": on}, prefix=prefix)  # type: ignore[arg-type]


def _leave_form(data: object, post: Post, by: Actor, on: dt.date) -> django_forms.Form:
    lasting = Holding.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), post=post)
    people = Person.objects.filter(pk__in=lasting.values("person_id")).order_by("sort_key", "id")
    return forms.LeaveForm(data, initial={"on": on}, prefix="thoi", people=people)


def _leave(post: Post, given: dict[str, object], by: Actor, at: dt.datetime) -> object:
    leave(person=given["person"], post=post, on=given["on"], by=by, at=at)  # type: ignore[arg-type]  # cleaned
    return post


def _close(post: Post, given: dict[str, object], by: Actor, at: dt.datetime) -> object:
    close_post(post=post, on=given["on"], by=by, at=at)  # type: ignore[arg-type]  # cleaned
    return post


ACTS = {
    act.key: act
    for act in (
        Act("lam-thay", _("Cử người làm thay"), "user-share", _substitute_form, _substitute, _("Đã cử người thay.")),
        Act("giao-quyen", _("Giao vai trò"), "key", _grant_form, _grant, _("Đã giao vai trò.")),
        Act("ky", _("Giao thẩm quyền ký"), "writing-sign", _signing_form, _authorise, _("Đã giao thẩm quyền ký.")),
        Act("sua", _("Sửa vị trí"), "pencil", _change_form, _change, _("Đã sửa vị trí.")),
        Act("thoi-giu", _("Cho thôi giữ"), "logout", _leave_form, _leave, _("Đã cho thôi giữ vị trí.")),
        Act("dong", _("Kết thúc vị trí"), "archive", _end_form("dong"), _close, _("Đã kết thúc vị trí.")),
    )
}


@login_required
@require_GET
def post(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a post with its holders, rights and authority to sign."""
    by = permitted(request)
    return _record(request, post_by_public_id(public_id, by, on=clock.today()), by)


def _record(
    request: HttpRequest, found: Post, by: Actor, failed: tuple[Act, django_forms.Form] | None = None
) -> HttpResponse:
    on = clock.today()
    holdings = Holding.objects.filter(post=found).select_related("person").order_by("-from_on", "-id")
    rows = [holding_row(one, on) for one in holdings]
    grants = Grant.objects.filter(post=found).select_related("unit").order_by("-from_on", "-id")
    signing = with_givers(SigningAuthority.objects.filter(Q(post=found) | Q(given_by=found)), on=on)
    administers = may(by, Permission.ADMINISTER, found.unit_id, on=on) and not _is_closed(found, on)
    context = {
        "post": found,
        "crumbs": [
            Crumb(_("Vị trí theo đơn vị"), reverse("people:units")),
            Crumb(found.unit.name, reverse("people:unit", args=[found.unit.public_id])),
            Crumb(found.title),
        ],
        "holders": rows,
        "holder_columns": HOLDER_COLUMNS,
        "is_held": Holding.objects.filter(on_day(on), post=found).exclude(capacity=Capacity.SUBSTITUTE).exists(),
        "is_left": any(one.is_open for one in rows),
        "grants": [grant_row(one, on) for one in grants],
        "grant_columns": GRANT_COLUMNS,
        "signing": [signing_row(one, on) for one in signing.order_by("-from_on", "-id")],
        "signing_columns": SIGNING_COLUMNS,
        "below": Post.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), reports_to=found)
        .select_related("unit")
        .order_by("unit__sort_key", "position", "pk")[:50],
        "may_administer": administers,
        "acts": [(act, act.make(None, found, by, on)) for act in ACTS.values()] if administers else [],
        "failed": failed,
        "closed": _is_closed(found, on),
    }
    return render(request, "people/post.html", context, status=422 if failed else 200)


def _is_closed(found: Post, on: dt.date) -> bool:
    return found.closed_on is not None and found.closed_on <= on


@login_required
@require_POST
def act(request: HttpRequest, public_id: UUID, act: str) -> HttpResponse:
    """Do one thing with a post; what was typed stays on the page when it is refused."""
    by, on = permitted(request, Permission.ADMINISTER), clock.today()
    found = post_by_public_id(public_id, by, on=on)
    chosen = ACTS.get(act)
    if chosen is None:
        raise Http404
    form = chosen.make(request.POST, found, by, on)
    if form.is_valid():
        try:
            chosen.do(found, form.cleaned_data, by, clock.now())
        except Refused as refused:
            form.add_error(None, words_of(refused))
        else:
            messages.success(request, str(chosen.done))
            return redirect("people:post", public_id)
    return _record(request, post_by_public_id(public_id, by, on=on), by, (chosen, form))
