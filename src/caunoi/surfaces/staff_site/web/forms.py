"""The form that turns a duty into a task."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from caunoi.business.documents.public import Obligation
from caunoi.business.plans.public import ContentArea, TaskDraft, areas
from caunoi.business.plans.public import Permission as PlansPermission
from caunoi.foundation.calendar.public import Bound, DueRule
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.organisations.web.picker import UnitField

BOUNDS = [(Bound.STRICTLY_BEFORE.value, _("trước ngày")), (Bound.NO_LATER_THAN.value, _("chậm nhất ngày"))]
TITLE_LENGTH = 300


class TaskForm(forms.Form):
    """Who leads, who supports, what comes out and by when. The day is proposed only when the text states it."""

    title = forms.CharField(label=_("Nhiệm vụ"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    lead_unit = UnitField(label=_("Đơn vị chủ trì"))
    supporting_units = UnitField(label=_("Đơn vị phối hợp"), required=False, many=True)
    product = forms.CharField(label=_("Sản phẩm"), max_length=500, required=False)
    bound = forms.ChoiceField(label=_("Cách tính hạn"), choices=BOUNDS)
    due_on = forms.DateField(label=_("Ngày"), required=False)
    areas = forms.ModelMultipleChoiceField(
        label=_("Lĩnh vực công tác"),
        queryset=ContentArea.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: object = None, *, obligation: Obligation, units: QuerySet[Unit], on: dt.date) -> None:
        super().__init__(data, initial=_proposed(obligation, on), prefix="task")  # type: ignore[arg-type]  # a QueryDict
        for name in ("lead_unit", "supporting_units"):
            field = self.fields[name]
            assert isinstance(field, UnitField)  # noqa: S101 - declared above
            field.offer(units, may=PlansPermission.ASSIGN)
        chosen = self.fields["areas"]
        assert isinstance(chosen, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
        chosen.queryset = areas()
        self._printed = obligation.due.printed if obligation.due else ""

    def draft(self) -> TaskDraft:
        """Return what was filled in, once the form is valid."""
        given = self.cleaned_data
        return TaskDraft(
            title=given["title"],
            lead_unit=given["lead_unit"],
            supporting_units=given["supporting_units"],
            product=given["product"],
            due=given["due_on"],
            bound=Bound(given["bound"]),
            due_printed=self._printed,
            areas=given["areas"],
        )


def _proposed(obligation: Obligation, on: dt.date) -> dict[str, object]:
    rule: DueRule | None = obligation.due
    turn = rule.next_after(on) if rule else None
    return {
        "title": capfirst(obligation.said[:TITLE_LENGTH]),
        "bound": (rule.bound if rule else Bound.NO_LATER_THAN).value,
        "due_on": turn.day if turn else None,
    }


class DismissForm(forms.Form):
    """Why a duty is not the unit's to do."""

    reason = forms.CharField(label=_("Lý do không áp dụng"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
