"""The units of a branch and the posts of each."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caunoi.foundation.organisations.public import Unit, on_day
from caunoi.foundation.pages.public import Column, Crumb, paginate, words_of
from caunoi.foundation.people.access import Permission, branch, may, unit_of_branch
from caunoi.foundation.people.models import Grant, Holding, Post
from caunoi.foundation.people.operations.posts import create_post
from caunoi.foundation.people.rules.roles import Role
from caunoi.foundation.people.rules.words import ROLES
from caunoi.foundation.people.web.asking import permitted, posts_round
from caunoi.foundation.people.web.forms import PostForm
from caunoi.foundation.people.web.shown import Dated, holding_row
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import fold

COLUMNS = [
    Column("name", _("Đơn vị"), width="wide"), Column("kind", _("Loại")), Column("posts", _("Vị trí"), numeric=True),
    Column("held", _("Đang có người"), numeric=True),
]  # fmt: skip
POST_COLUMNS = [
    Column("title", _("Vị trí")), Column("holder", _("Người giữ")), Column("reports_to", _("Báo cáo cho")),
    Column("roles", _("Vai trò")),
]  # fmt: skip


@login_required
@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """List the units of the branch with how many posts each has and how many are held."""
    by, on = permitted(request), clock.today()
    found = branch(by, Permission.READ, on=on).select_related("kind")
    for word in fold(request.GET.get("q", "")).split():
        found = found.filter(folded__contains=word)
    page = paginate(found, request)
    ids = [unit.pk for unit in page.object_list]
    posts = Post.objects.filter(unit_id__in=ids).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
    counted = dict(posts.order_by().values_list("unit_id").annotate(Count("pk")))
    held = Holding.objects.filter(on_day(on), post__unit_id__in=ids).order_by()
    holding = dict(held.values_list("post__unit_id").annotate(Count("post_id", distinct=True)))
    context = {
        "page": page,
        "shown": [(unit, counted.get(unit.pk, 0), holding.get(unit.pk, 0)) for unit in page.object_list],
        "columns": COLUMNS,
        "is_filtered": bool(request.GET.get("q")),
    }
    return render(request, "people/units.html", context)


@login_required
@require_GET
def unit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the posts of a unit with who holds them and what they may do."""
    by = permitted(request)
    return _record(request, unit_of_branch(public_id, by, on=clock.today()), by)


def _record(request: HttpRequest, found: Unit, by: Actor, form: PostForm | None = None) -> HttpResponse:
    on = clock.today()
    posts = list(Post.objects.filter(unit=found).select_related("reports_to__unit").order_by("position", "pk"))
    administers = may(by, Permission.ADMINISTER, found, on=on)
    context = {
        "unit": found,
        "crumbs": [Crumb(_("Vị trí theo đơn vị"), reverse("people:units")), Crumb(found.name)],
        "shown": _shown([post for post in posts if post.closed_on is None or post.closed_on > on], on),
        "closed": [post for post in posts if post.closed_on is not None and post.closed_on <= on],
        "columns": POST_COLUMNS,
        "may_administer": administers,
        "form": form or PostForm(above=posts_round(found, on=on)),
        "failed": form is not None,
    }
    return render(request, "people/unit.html", context, status=422 if form is not None else 200)


def _shown(posts: list[Post], on: dt.date) -> list[tuple[Post, list[Dated], list[str]]]:
    held = Holding.objects.filter(on_day(on), post__in=posts).select_related("person").order_by("from_on", "id")
    holders: dict[int, list[Dated]] = {}
    for holding in held:
        holders.setdefault(holding.post_id, []).append(holding_row(holding, on))
    roles: dict[int, list[str]] = {}
    for grant in Grant.objects.filter(on_day(on), post__in=posts).order_by("role"):
        roles.setdefault(grant.post_id, []).append(str(ROLES[Role(grant.role)].name))
    return [(post, holders.get(post.pk, []), roles.get(post.pk, [])) for post in posts]


@login_required
@require_POST
def new_post(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Create a post in a unit."""
    by, on = permitted(request, Permission.ADMINISTER), clock.today()
    found = unit_of_branch(public_id, by, on=on)
    form = PostForm(request.POST, above=posts_round(found, on=on))
    if form.is_valid():
        try:
            made = create_post(
                unit=found, title=form.cleaned_data["title"], reports_to=form.cleaned_data["reports_to"],
                is_head=form.cleaned_data["is_head"], position=0 if form.cleaned_data["is_head"] else 10, by=by,
                at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, words_of(refused))
        else:
            messages.success(request, gettext("Đã lập vị trí. Bước tiếp theo: cử người giữ và giao vai trò."))
            return redirect("people:post", made.public_id)
    return _record(request, found, by, form)
