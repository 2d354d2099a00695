"""Writing a plan item by item. Every page works by itself; on the plan's page the same form opens in place."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from caunoi.business.plans.access import Permission, item_by_public_id, may_for
from caunoi.business.plans.models import Cascade, Part, PlanItem, Task
from caunoi.business.plans.operations.items import (
    adapt_item,
    add_item,
    drop_item,
    move_item,
    remove_item,
    restore_item,
)
from caunoi.business.plans.operations.plans import is_editable
from caunoi.business.plans.web.asking import permitted
from caunoi.business.plans.web.forms import AddForm, DropForm, ItemForm
from caunoi.business.plans.web.shown import CASCADES
from caunoi.foundation.pages.public import Crumb, words_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused


def _held(request: HttpRequest, public_id: UUID) -> tuple[Actor, PlanItem]:
    by = permitted(request)
    return by, item_by_public_id(public_id, by, on=clock.today())


def _back(item: PlanItem) -> HttpResponseRedirect:
    """Return to the place of the item on the page of its plan."""
    return HttpResponseRedirect(f"{reverse('plans:plan', args=[item.plan.public_id])}#i-{item.public_id}")


def _words(item: PlanItem, data: object = None) -> ItemForm:
    return ItemForm(
        data,
        with_area=item.part == Part.CONTENT,
        initial={"text": item.text, "area": item.area_id, "version": item.version},
    )


def _page(
    request: HttpRequest, by: Actor, item: PlanItem, *, words: ItemForm | None = None, drop: Form | None = None,
    add: Form | None = None, theirs: str = "",
) -> HttpResponse:  # fmt: skip
    """Show an item with all that may be done with it: alone, or as the part that opens on the plan's page."""
    failed = any(form is not None and form.errors for form in (words, drop, add))
    context = {
        "item": item,
        "plan": item.plan,
        "cascade": CASCADES[Cascade(item.cascade)],
        "words": words or _words(item),
        "drop": drop or DropForm(initial={"version": item.version}),
        "add": add or AddForm(),
        "theirs": theirs,
        "may_edit": may_for(by, Permission.WRITE, item.plan.unit_id) and is_editable(item.plan),
        "may_assign": may_for(by, Permission.ASSIGN, item.plan.unit_id),
        "tasks": list(Task.objects.filter(item=item).select_related("lead_unit", "lead_post").order_by("id")[:20]),
        "crumbs": [
            Crumb(_("Kế hoạch"), reverse("plans:plans")),
            Crumb(item.plan.title, reverse("plans:plan", args=[item.plan.public_id])),
            Crumb(_("Nội dung")),
        ],
    }
    inside = request.headers.get("HX-Request") == "true"
    template = "plans/parts/item.html" if inside else "plans/item.html"
    return render(request, template, context, status=422 if failed else 200)


@login_required
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show an item beside the clause above; POST writes it anew, or takes the words above back."""
    by, held = _held(request, public_id)
    if request.method == "GET":
        return _page(request, by, held)
    data = request.POST.copy()
    if "as-above" in data:
        data["text"] = held.source_text
    form = _words(held, data)
    if not form.is_valid():
        return _page(request, by, held, words=form)
    cleaned = {"area": None, **form.cleaned_data}
    try:
        adapt_item(item=held, **cleaned, by=by, at=clock.now())
    except Refused as refused:
        theirs = held.text if refused.code == "plans.item_changed" else ""
        data["version"] = str(held.version)
        again = _words(held, data)
        again.add_error(None, words_of(refused))
        return _page(request, by, held, words=again, theirs=theirs)
    return _back(held)


@login_required
@require_POST
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Drop a clause with the reason."""
    by, held = _held(request, public_id)
    form = DropForm(request.POST)
    if not form.is_valid():
        return _page(request, by, held, drop=form)
    try:
        drop_item(item=held, **form.cleaned_data, by=by, at=clock.now())
    except Refused as refused:
        again = DropForm({**request.POST.dict(), "version": str(held.version)})
        again.add_error(None, words_of(refused))
        return _page(request, by, held, drop=again)
    return _back(held)


@login_required
@require_POST
def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add something of the unit's own under an item."""
    by, held = _held(request, public_id)
    form = AddForm(request.POST)
    if not form.is_valid():
        return _page(request, by, held, add=form)
    try:
        made = add_item(under=held, **form.cleaned_data, by=by, at=clock.now())
    except Refused as refused:
        form.add_error(None, words_of(refused))
        return _page(request, by, held, add=form)
    return _back(made)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0


@login_required
@require_POST
def restore(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a dropped clause up again."""
    by, held = _held(request, public_id)
    try:
        restore_item(item=held, version=_version(request), by=by, at=clock.now())
    except Refused as refused:
        messages.error(request, words_of(refused))
    return _back(held)


@login_required
@require_POST
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Remove what the unit added itself."""
    by, held = _held(request, public_id)
    try:
        remove_item(item=held, version=_version(request), by=by, at=clock.now())
    except Refused as refused:
        messages.error(request, words_of(refused))
        return _back(held)
    messages.success(request, gettext("Đã bỏ nội dung bổ sung."))
    return HttpResponseRedirect(reverse("plans:plan", args=[held.plan.public_id]))


@login_required
@require_POST
def move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Move an item up or down among its siblings."""
    by, held = _held(request, public_id)
    try:
        move_item(item=held, up=request.POST.get("way") == "up", by=by, at=clock.now())
    except Refused as refused:
        messages.error(request, words_of(refused))
    return _back(held)
