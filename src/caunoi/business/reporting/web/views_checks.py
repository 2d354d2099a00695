"""Rules between the figures of a draft form: the list with the sentence that a unit would read, adding, removing."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from caunoi.business.reporting.access import Permission, regime_by_public_id
from caunoi.business.reporting.operations.checks import CheckSpec, add_check, remove_check
from caunoi.business.reporting.operations.findings import say
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.rules.checks import example_of
from caunoi.business.reporting.rules.form import Form
from caunoi.business.reporting.rules.relations import ALL, EACH, Check, Relation
from caunoi.business.reporting.web.requests import attempt, permitted
from caunoi.business.reporting.web.views_regimes import head
from caunoi.foundation.pages.public import Crumb
from caunoi.kernel import clock

RELATIONS = [
    (Relation.AT_MOST.value, _("nhỏ hơn hoặc bằng")),
    (Relation.EQUAL.value, _("bằng")),
    (Relation.AT_LEAST.value, _("lớn hơn hoặc bằng")),
]
SEVERITIES = [("error", _("Lỗi: không gửi được")), ("query", _("Cần giải trình"))]


class CheckForm(forms.Form):
    """One rule as it is chosen: up to two figures on each side."""

    left = forms.ChoiceField(label=_("Số liệu"))
    left_more = forms.ChoiceField(label=_("cộng với"), required=False)
    relation = forms.ChoiceField(label=_("phải"), choices=RELATIONS)
    right = forms.ChoiceField(label=_("so với"))
    right_more = forms.ChoiceField(label=_("cộng với"), required=False)
    severity = forms.ChoiceField(label=_("Khi không đúng"), choices=SEVERITIES)
    note = forms.CharField(label=_("Lời nhắc cho đơn vị"), max_length=300, required=False)

    def __init__(self, form: Form, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        places = list(places_of(form))
        for name in ("left", "left_more", "right", "right_more"):
            empty = [("", "…")] if name.endswith("_more") else []
            self.fields[name].choices = [*empty, *places]  # type: ignore[attr-defined]

    def spec(self) -> CheckSpec:
        """Return the rule as the operation takes it."""
        data = self.cleaned_data
        left = [place for place in (data["left"], data["left_more"]) if place]
        right = [place for place in (data["right"], data["right_more"]) if place]
        return CheckSpec(left, Relation(data["relation"]), right, data["severity"] == "error", data["note"])


def places_of(form: Form) -> Iterator[tuple[str, str]]:
    """Yield what a rule can be about: each column row by row, added up, and every single cell."""
    for table in form.tables:
        for column in table.columns:
            each, together = gettext("từng dòng"), gettext("tổng các dòng")
            yield f"{table.code}.{EACH}.{column.code}", f"{table.title} / {each} / {column.label}"
            yield f"{table.code}.{ALL}.{column.code}", f"{table.title} / {together} / {column.label}"
        for key, row, column in table.cells():
            yield key, f"{table.title} / {row.label} / {column.label}"


@login_required
@require_http_methods(["GET", "POST"])
def checks(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the rules of a form; POST adds one, removes one, or shows the sentence of what is chosen."""
    by = permitted(request, Permission.REGIMES)
    found = regime_by_public_id(public_id, by, on=clock.today())
    form, act = form_of(found), request.POST.get("act", "")
    if act == "remove":
        code = request.POST.get("code", "")
        step = lambda: remove_check(regime=found, code=code, by=by, at=clock.now())  # noqa: E731
        attempt(request, step, _("Đã bỏ quy tắc."))
        return redirect("reporting:checks", public_id=public_id)
    entry = CheckForm(form, request.POST if request.method == "POST" else None)
    if act == "add" and entry.is_valid():
        add = lambda: add_check(regime=found, spec=entry.spec(), by=by, at=clock.now())  # noqa: E731
        if attempt(request, add, _("Đã thêm quy tắc.")):
            return redirect("reporting:checks", public_id=public_id)
    preview = sentence_of(_rule(entry.spec()), form) if act == "preview" and entry.is_valid() else ""
    context = {
        **head(found, by), "entry": entry, "preview": preview, "has_tables": bool(form.tables),
        "rules": [(rule, sentence_of(rule, form)) for rule in form.checks],
        "crumbs": [
            Crumb(_("Chế độ báo cáo"), reverse("reporting:regimes")),
            Crumb(found.name, reverse("reporting:regime", args=[public_id])),
            Crumb(_("Biểu mẫu"), reverse("reporting:designer", args=[public_id])), Crumb(_("Quy tắc kiểm tra")),
        ],
    }  # fmt: skip
    status = 422 if request.method == "POST" and not preview else 200
    return render(request, "reporting/checks.html", context, status=status)


def _rule(spec: CheckSpec) -> Check:
    return Check("", tuple(spec.left), spec.relation, tuple(spec.right), spec.is_error, spec.note)


def sentence_of(rule: Check, form: Form) -> str:
    """Return what a unit reads when it breaks a rule, with figures made up for showing; nothing without such a cell."""
    example = example_of(rule, form)
    return say([example], {})[0].text if example is not None else ""
