"""The form designer: outline sections and tables of a draft regime, with the form as units will see it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.business.reporting.access import Permission, ReportingNotFound, regime_by_public_id
from caunoi.business.reporting.models import ReportRegime
from caunoi.business.reporting.operations.forms import (
    move_section,
    remove_section,
    remove_table,
    save_section,
    save_table,
)
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.web.entry import shown
from caunoi.business.reporting.web.forms import SectionForm, TableForm
from caunoi.business.reporting.web.requests import attempt, permitted
from caunoi.business.reporting.web.views_regimes import head
from caunoi.foundation.pages.public import Crumb
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor


def _draft(request: HttpRequest, public_id: UUID) -> tuple[ReportRegime, Actor]:
    by = permitted(request, Permission.REGIMES)
    return regime_by_public_id(public_id, by, on=clock.today()), by


def _crumbs(found: ReportRegime, last: object) -> list[Crumb]:
    return [
        Crumb(_("Chế độ báo cáo"), reverse("reporting:regimes")),
        Crumb(found.name, reverse("reporting:regime", args=[found.public_id])),
        Crumb(last),
    ]


@login_required
@require_GET
def designer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the sections and tables of a regime to be changed, and the form they make."""
    found, by = _draft(request, public_id)
    form = form_of(found)
    context = {**head(found, by), "form": form, "preview": shown(form, None), "crumbs": _crumbs(found, _("Biểu mẫu"))}
    return render(request, "reporting/designer.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, public_id: UUID, code: str = "") -> HttpResponse:
    """Add a section or change one."""
    found, by = _draft(request, public_id)
    held = form_of(found).section(code) if code else None
    if code and held is None:
        raise ReportingNotFound("reporting.section_not_found")
    initial = (
        {"marker": held.marker, "title": held.title, "question": held.question, "is_required": held.is_required}
        if held
        else None
    )
    form = SectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        step = lambda: save_section(regime=found, spec=form.spec(), code=code, by=by, at=clock.now())  # noqa: E731
        if attempt(request, step, _("Đã lưu mục.")):
            return redirect("reporting:designer", public_id=public_id)
    return _part(request, found, form, held.heading if held else _("Thêm mục"), by)


@login_required
@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, public_id: UUID, code: str = "") -> HttpResponse:
    """Add a table or change one."""
    found, by = _draft(request, public_id)
    held = next((t for t in form_of(found).tables if t.code == code), None)
    if code and held is None:
        raise ReportingNotFound("reporting.part_of_form_not_found")
    form = TableForm(request.POST or None, initial=TableForm.initial_of(held) if held else None)
    if request.method == "POST" and form.is_valid():
        step = lambda: save_table(regime=found, spec=form.spec(), code=code, by=by, at=clock.now())  # noqa: E731
        if attempt(request, step, _("Đã lưu biểu.")):
            return redirect("reporting:designer", public_id=public_id)
    return _part(request, found, form, held.title if held else _("Thêm biểu số liệu"), by)


def _part(
    request: HttpRequest, found: ReportRegime, form: SectionForm | TableForm, title: object, by: Actor
) -> HttpResponse:
    context = {**head(found, by), "form": form, "title": title, "crumbs": _crumbs(found, title)}
    return render(request, "reporting/form_part.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def change_form(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Move or remove a section, or remove a table, as the button says."""
    found, by = _draft(request, public_id)
    act, code, at = request.POST.get("act", ""), request.POST.get("code", ""), clock.now()
    if act in ("up", "down"):
        attempt(request, lambda: move_section(regime=found, code=code, up=act == "up", by=by, at=at))
    elif act == "remove_section":
        attempt(request, lambda: remove_section(regime=found, code=code, by=by, at=at), _("Đã bỏ mục."))
    elif act == "remove_table":
        attempt(request, lambda: remove_table(regime=found, code=code, by=by, at=at), _("Đã bỏ biểu."))
    return redirect("reporting:designer", public_id=public_id)
