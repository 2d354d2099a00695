"""Forms of plans and tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.business.documents.public import Document
from caunoi.business.plans.access import areas
from caunoi.business.plans.models import ContentArea, PlanItem, Task
from caunoi.business.plans.operations.steps import EVIDENCE_LIMIT, Evidence
from caunoi.business.plans.operations.tasks import TaskDraft
from caunoi.foundation.calendar.public import Bound
from caunoi.foundation.organisations.public import Unit, children, subtree
from caunoi.foundation.organisations.web.picker import UnitField
from caunoi.foundation.people.public import Post

MANY = 200
"""From so many units below on, the others are looked for by name."""
BOUNDS = [(Bound.STRICTLY_BEFORE.value, _("trước ngày")), (Bound.NO_LATER_THAN.value, _("chậm nhất ngày"))]


class PlanForm(forms.Form):
    """A new plan: for whom, for which year, from which document."""

    title = forms.CharField(
        label=_("Trích yếu"),
        max_length=500,
        help_text=_("Ví dụ: Công tác đối ngoại và hội nhập quốc tế năm 2027. Không ghi chữ “Kế hoạch” ở đầu."),
    )
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    unit = forms.ModelChoiceField(label=_("Đơn vị lập"), queryset=Unit.objects.none(), to_field_name="public_id")
    source = forms.ModelChoiceField(
        label=_("Văn bản cấp trên"),
        queryset=Document.objects.none(),
        to_field_name="public_id",
        required=False,
        blank=True,
        empty_label=_("Không theo văn bản nào: bắt đầu từ khung ba phần"),
        widget=forms.RadioSelect,
    )


class NameForm(forms.Form):
    """Title and year of a plan; ``version`` is the one that was shown."""

    title = forms.CharField(label=_("Trích yếu"), max_length=500)
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ItemForm(forms.Form):
    """The words of an item and its field of work."""

    text = forms.CharField(label=_("Nội dung của đơn vị"), widget=forms.Textarea(attrs={"rows": 6}))
    area = forms.ModelChoiceField(
        label=_("Lĩnh vực công tác"), queryset=ContentArea.objects.none(), required=False, empty_label=_("Không xếp")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, with_area: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through as they came
        if with_area:
            _field(self, "area").queryset = areas()  # type: ignore[attr-defined]  # a choice of rows
        else:
            del self.fields["area"]


class DropForm(forms.Form):
    """Why a clause does not apply."""

    reason = forms.CharField(label=_("Lý do không áp dụng"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class AddForm(forms.Form):
    """Something of the unit's own under an item."""

    text = forms.CharField(label=_("Nội dung bổ sung bên dưới"), widget=forms.Textarea(attrs={"rows": 3}))
    is_heading = forms.BooleanField(label=_("Là đề mục"), required=False)


def _field(form: forms.Form, name: str) -> forms.Field:
    return form.fields[name]


class TaskForm(forms.Form):
    """A task: what, who leads, who supports, what comes out, by when."""

    item = forms.ModelChoiceField(
        label=_("Nội dung của kế hoạch"), queryset=PlanItem.objects.none(), empty_label=_("Chọn nội dung")
    )
    title = forms.CharField(label=_("Nhiệm vụ"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    leads = forms.MultipleChoiceField(
        label=_("Chủ trì"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chọn nhiều nơi: mỗi nơi nhận một nhiệm vụ riêng và tự báo cáo."),
    )
    supporting = forms.ModelMultipleChoiceField(
        label=_("Phối hợp"),
        queryset=Unit.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    leads_below = UnitField(label=_("Đơn vị cấp dưới chủ trì"), many=True, required=False)
    supporting_below = UnitField(label=_("Đơn vị cấp dưới phối hợp"), many=True, required=False)
    product = forms.CharField(
        label=_("Sản phẩm"),
        max_length=500,
        required=False,
        help_text=_("Ví dụ: báo cáo kết quả, chuyên mục trên trang tin."),
    )
    bound = forms.ChoiceField(label=_("Cách tính hạn"), choices=BOUNDS)
    due_on = forms.DateField(label=_("Thời hạn"), required=False, help_text=_("Để trống nếu chưa xác định."))
    areas = forms.ModelMultipleChoiceField(
        label=_("Lĩnh vực công tác"),
        queryset=ContentArea.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Một việc phục vụ nhiều lĩnh vực được tính một lần trong tổng số."),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        unit: Unit,
        on: dt.date,
        items: Sequence[PlanItem] = (),
        single: bool = False,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self._single = single
        below, every = units_below(unit, on)
        posts = list(Post.objects.filter(unit=unit).order_by("position", "id"))
        self._units = {f"unit:{one.public_id}": one for one in (unit, *below)}
        self._posts = {f"post:{one.public_id}": one for one in posts}
        for post in posts:
            post.unit = unit
        leads, rest = _field(self, "leads"), _field(self, "supporting")
        leads.choices = [  # type: ignore[attr-defined]  # a choice field
            (gettext("Vị trí trong đơn vị"), [(key, post.title) for key, post in self._posts.items()]),
            (gettext("Đơn vị"), [(key, one.name) for key, one in self._units.items()]),
        ]
        rest.queryset = Unit.objects.filter(pk__in=[one.pk for one in (unit, *below)])  # type: ignore[attr-defined]
        _field(self, "areas").queryset = areas()  # type: ignore[attr-defined]  # a choice of rows
        self._look_below(unit, on, every=every)
        if items:
            chosen = PlanItem.objects.filter(pk__in=[one.pk for one in items]).order_by("position", "id")
            _field(self, "item").queryset = chosen  # type: ignore[attr-defined]  # a choice of rows
            _field(self, "item").label_from_instance = _short  # type: ignore[attr-defined]  # a choice of rows
        else:
            del self.fields["item"]
        if single:
            leads.help_text = ""

    def _look_below(self, unit: Unit, on: dt.date, *, every: bool) -> None:
        """Let units that are not on the lists be looked for by name; where all are on them, nothing is asked."""
        for name, listed in (("leads_below", "leads"), ("supporting_below", "supporting")):
            field = _field(self, name)
            if every or not isinstance(field, UnitField):
                del self.fields[name]
                continue
            field.offer(subtree(unit, on=on), under=unit)
            ids = (str(one).removeprefix("unit:") for one in self.initial.get(listed, ()))
            self.initial[name] = [
                one for one in ids if f"unit:{one}" not in self._units and not one.startswith("post:")
            ]
            _field(self, listed).required = False

    def clean(self) -> dict[str, object]:
        """Ask for a lead, for one alone where a task that exists is changed."""
        data = super().clean() or self.cleaned_data
        chosen = [*data.get("leads", ()), *data.get("leads_below", ())]
        if not chosen and not self.has_error("leads"):
            self.add_error("leads", gettext("Chọn nơi chủ trì."))
        elif self._single and len(chosen) > 1:
            self.add_error("leads", gettext("Chọn một nơi chủ trì."))
        return data

    def _leads(self) -> list[tuple[Unit, Post | None]]:
        listed = [(self._posts[one].unit, self._posts[one]) if one in self._posts else (self._units[one], None)
                  for one in self.cleaned_data["leads"]]  # fmt: skip
        return [*listed, *((unit, None) for unit in self.cleaned_data.get("leads_below", ()))]

    def drafts(self) -> list[TaskDraft]:
        """Return one draft for each lead."""
        data = self.cleaned_data
        return [
            TaskDraft(
                title=data["title"],
                lead_unit=unit,
                lead_post=post,
                supporting_units=[*data["supporting"], *data.get("supporting_below", ())],
                product=data["product"],
                due=data["due_on"],
                bound=Bound(data["bound"]),
                areas=list(data["areas"]),
            )
            for unit, post in self._leads()
        ]


def initial_of(task: Task) -> dict[str, object]:
    """Return what a form shows of a task."""
    lead = f"post:{task.lead_post.public_id}" if task.lead_post else f"unit:{task.lead_unit.public_id}"
    return {
        "item": task.item_id,
        "title": task.title,
        "leads": [lead],
        "supporting": [unit.public_id for unit in task.supporting_units.all()],
        "product": task.product,
        "bound": task.bound,
        "due_on": task.due_on,
        "areas": [area.pk for area in task.areas.all()],
    }


def units_below(unit: Unit, on: dt.date) -> tuple[list[Unit], bool]:
    """Return the units below ``unit`` to choose from a list, in name order, and whether these are all there are.

    Where there are too many: those directly below, and none where even these are too many.
    """
    below = list(subtree(unit, on=on).exclude(pk=unit.pk)[: MANY + 1])
    if len(below) <= MANY:
        return below, True
    direct = list(children(unit, on=on)[: MANY + 1])
    return (direct if len(direct) <= MANY else []), False


def _short(item: PlanItem) -> str:
    return item.text if len(item.text) <= 120 else f"{item.text[:117]}…"


class NothingForm(forms.Form):
    """A step that asks nothing."""

    def arguments(self) -> dict[str, object]:
        """Return no arguments."""
        return {}


class _WithEvidence(forms.Form):
    evidence = forms.FileField(label=_("Tệp minh chứng"), required=False)

    def _evidence(self) -> Evidence | None:
        file = self.cleaned_data["evidence"]
        if not isinstance(file, UploadedFile):
            return None
        return Evidence(file.read(EVIDENCE_LIMIT + 1), file.name or "", file.content_type or "application/octet-stream")


class ProgressForm(_WithEvidence):
    """How far the work is."""

    progress = forms.IntegerField(label=_("Tiến độ (%)"), min_value=0, max_value=99)
    text = forms.CharField(label=_("Đã làm gì"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ["progress", "text", "evidence"]

    def arguments(self) -> dict[str, object]:
        """Return progress, words and evidence."""
        data = self.cleaned_data
        return {"progress": data["progress"], "text": data["text"], "evidence": self._evidence()}


class DoneForm(_WithEvidence):
    """What came out."""

    text = forms.CharField(label=_("Kết quả"), widget=forms.Textarea(attrs={"rows": 4}))
    field_order = ["text", "evidence"]

    def arguments(self) -> dict[str, object]:
        """Return words and evidence."""
        return {"text": self.cleaned_data["text"], "evidence": self._evidence()}


class ConfirmForm(forms.Form):
    """A word on what was done."""

    text = forms.CharField(label=_("Nhận xét"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def arguments(self) -> dict[str, object]:
        """Return the words."""
        return {"text": self.cleaned_data["text"]}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def arguments(self) -> dict[str, object]:
        """Return the reason."""
        return {"reason": self.cleaned_data["reason"]}


class ExtendForm(ReasonForm):
    """A later day, and why."""

    bound = forms.ChoiceField(label=_("Cách tính hạn"), choices=BOUNDS)
    due_on = forms.DateField(label=_("Thời hạn mới"))
    field_order = ["bound", "due_on", "reason"]

    def arguments(self) -> dict[str, object]:
        """Return day, bound and reason."""
        data = self.cleaned_data
        return {"due_on": data["due_on"], "bound": Bound(data["bound"]), "reason": data["reason"]}
