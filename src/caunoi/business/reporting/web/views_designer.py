"""The form designer: outline sections and tables of a draft regime, with the form as units will see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.business.indicators.public import Indicator
from caunoi.business.reporting.access import Permission, ReportingNotFound, regime_by_public_id
from caunoi.business.reporting.models import FormTable, ReportRegime
from caunoi.business.reporting.operations.copying import copy_form, copy_table
from caunoi.business.reporting.operations.forms import (
    move_section,
    move_table,
    remove_section,
    remove_table,
    save_section,
    save_table,
)
from caunoi.business.reporting.queries import form_of, regimes_seen
from caunoi.business.reporting.rules.form import Table
from caunoi.business.reporting.web.entry import shown
from caunoi.business.reporting.web.forms import SectionForm
from caunoi.business.reporting.web.forms_tables import Lines, TableForm, lists_offered, preview_of, written
from caunoi.business.reporting.web.requests import attempt, permitted
from caunoi.business.reporting.web.shown import BASES
from caunoi.business.reporting.web.views_regimes import head
from caunoi.foundation.pages.public import Crumb, Words
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

SOURCES: Final = 50
"""Other regimes offered for copying."""


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
    context = {**head(found, by), "form": form, "preview": shown(form, None), "crumbs": _crumbs(found, _("Biểu mẫu")),
               "sources": _sources(found, by)}  # fmt: skip
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
    """Add a table or change one; what is typed can be looked at, and lines taken from shared lists, before saving."""
    found, by = _draft(request, public_id)
    held = next((t for t in form_of(found).tables if t.code == code), None)
    if code and held is None:
        raise ReportingNotFound("reporting.part_of_form_not_found")
    form = TableForm(request.POST or None, initial=TableForm.initial_of(held) if held else None)
    lines = Lines.read(request.POST) if request.method == "POST" else Lines.of(held)
    act = request.POST.get("act", "save")
    if request.method == "POST" and act == "preview":
        return render(request, "reporting/_table_preview.html", {"preview": shown(preview_of(form, lines), None)})
    if request.method == "POST" and act == "expand":
        lines.add_members(request.POST)
    elif request.method == "POST" and all([form.is_valid(), lines.check()]):
        step = lambda: save_table(regime=found, spec=lines.spec(form), code=code, by=by, at=clock.now())  # noqa: E731
        if attempt(request, step, _("Đã lưu biểu.")):
            return redirect("reporting:designer", public_id=public_id)
    title = held.title if held else _("Thêm biểu số liệu")
    bound = form if request.method == "POST" else TableForm(initial=TableForm.initial_of(held) if held else None)
    context = {
        **head(found, by), "form": bound, "lines": lines, "title": title, "crumbs": _crumbs(found, title),
        "rows": [(line, written(line.dimensions)) for line in lines.shown_rows()],
        "columns": [(line, written(line.dimensions)) for line in lines.shown_columns()],
        "lists": lists_offered(), "bases": BASES, "here": request.path,
        "preview": shown(preview_of(_looked_at(bound, held), lines), None), "indicators": _indicators(),
    }  # fmt: skip
    status = 422 if request.method == "POST" and act == "save" else 200
    return render(request, "reporting/table_editor.html", context, status=status)


def _looked_at(form: TableForm, held: Table | None) -> TableForm:
    """Return a form that can be read for the preview, also before anything was sent."""
    if form.is_bound:
        return form
    return TableForm(TableForm.initial_of(held) if held else {"nature": "flow"})


def _part(
    request: HttpRequest, found: ReportRegime, form: SectionForm | TableForm, title: object, by: Actor
) -> HttpResponse:
    context = {**head(found, by), "form": form, "title": title, "crumbs": _crumbs(found, title)}
    return render(request, "reporting/form_part.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def change_form(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Move, copy or remove a part of the form, or take parts over from another regime, as the button says."""
    found, by = _draft(request, public_id)
    act, code, at = request.POST.get("act", ""), request.POST.get("code", ""), clock.now()
    steps: dict[str, tuple[Callable[[], object], Words]] = {
        "up": (lambda: move_section(regime=found, code=code, up=True, by=by, at=at), ""),
        "down": (lambda: move_section(regime=found, code=code, up=False, by=by, at=at), ""),
        "table_up": (lambda: move_table(regime=found, code=code, up=True, by=by, at=at), ""),
        "table_down": (lambda: move_table(regime=found, code=code, up=False, by=by, at=at), ""),
        "remove_section": (lambda: remove_section(regime=found, code=code, by=by, at=at), _("Đã bỏ mục.")),
        "remove_table": (lambda: remove_table(regime=found, code=code, by=by, at=at), _("Đã bỏ biểu.")),
        "copy_table": (
            lambda: copy_table(regime=found, source=found, code=code, by=by, at=at), _("Đã chép biểu."),
        ),
        "copy_from": (lambda: _copy_from(request, found, by), _("Đã chép từ chế độ khác.")),
    }  # fmt: skip
    if act in steps:
        step, said = steps[act]
        attempt(request, step, said)
    return redirect("reporting:designer", public_id=public_id)


def _copy_from(request: HttpRequest, found: ReportRegime, by: Actor) -> None:
    """Copy one table of another regime ("regime id:table code"), or all of its form when no table is named."""
    chosen, _, code = request.POST.get("from", "").partition(":")
    at = clock.now()
    try:
        source = regime_by_public_id(UUID(chosen), by, on=clock.day_of(at))
    except ValueError:
        raise ReportingNotFound("reporting.regime_not_found") from None
    if code:
        copy_table(regime=found, source=source, code=code, by=by, at=at)
    else:
        copy_form(regime=found, source=source, by=by, at=at)


def _sources(found: ReportRegime, by: Actor) -> list[tuple[str, str]]:
    """Return what may be copied from: whole forms and single tables of the regimes that one sees."""
    others = regimes_seen(by, on=clock.today()).exclude(pk=found.pk)[:SOURCES]
    made = []
    for other in others:
        made.append((f"{other.public_id}", gettext("%(name)s: cả đề cương và biểu") % {"name": other.name}))
        tables = FormTable.objects.filter(regime=other).order_by("position", "id")
        made += [(f"{other.public_id}:{table.code}", f"{other.name}: {table.title}") for table in tables]
    return made


def _indicators() -> list[tuple[str, str]]:
    """Return the catalogue of indicators: code and name."""
    rows = Indicator.objects.filter(is_active=True).order_by("position", "code")
    return [(row.code, row.name) for row in rows]
