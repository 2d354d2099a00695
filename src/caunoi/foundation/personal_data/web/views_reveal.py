"""Having one masked value shown: the reason is asked, the answer is logged with it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from caunoi.foundation.pages.public import actor_of, sentence
from caunoi.foundation.personal_data.access import held_or_404, may_know, may_reveal
from caunoi.foundation.personal_data.operations.reveals import ReasonMissing, reveal
from caunoi.foundation.personal_data.rules.masking import mask
from caunoi.kernel import clock
from caunoi.kernel.errors import NotAllowed, NotFound


class ReasonForm(forms.Form):
    """Why the data are needed."""

    reason = forms.CharField(
        label=_("Cần xem để làm gì"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def reveal_field(request: HttpRequest, kind: str, record: UUID, field: str) -> HttpResponse:
    """Ask for the reason; POST answers with the value."""
    by, now = actor_of(request), clock.now()
    known, held = held_or_404(kind, record)
    shown = known.field_of(field)
    if shown is None:
        raise NotFound("personal_record_unknown")
    if not may_reveal(by, held, on=clock.day_of(now)):
        if may_know(by, held, on=clock.day_of(now)):
            raise NotAllowed("personal_reveal_not_allowed")
        raise NotFound("personal_record_unknown")
    context: dict[str, object] = {
        "held": held, "field": shown, "form": ReasonForm(), "value": None,
        "masked": mask(held.values.get(field, ""), shown.how),
    }  # fmt: skip
    status = 200
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        try:
            context["value"] = reveal(kind=kind, record_id=record, field=field, reason=reason, by=by, at=now)
        except ReasonMissing as refused:
            context["refusal"], status = sentence(refused), 422
    return render(request, _template(request, context), context, status=200 if _is_htmx(request) else status)


def _template(request: HttpRequest, context: dict[str, object]) -> str:
    if not _is_htmx(request):
        return "personal_data/reveal.html"
    part = "reveal_form" if context["value"] is None else "revealed"
    return f"personal_data/parts/{part}.html"


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
