"""Forms of regimes: items of Điều 7, due days, sections and tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from caunoi.business.reporting.models import ReportRegime
from caunoi.business.reporting.operations.forms import SectionSpec
from caunoi.business.reporting.web.shown import BOUNDS, DAY_OFF_RULES, KINDS, LINES, RHYTHMS
from caunoi.foundation.organisations.public import Unit, UnitKind, children
from caunoi.kernel.errors import Refused

FIRST_YEAR, LAST_YEAR = 2000, 2199
REPEATS = [("", _("Chưa quyết định")), ("yes", _("Hằng năm")), ("no", _("Chỉ một lần"))]


class NewRegimeForm(forms.Form):
    """Begin a regime without an order."""

    owner = forms.ModelChoiceField(label=_("Đơn vị ban hành"), queryset=Unit.objects.none())
    name = forms.CharField(label=_("Tên báo cáo"), max_length=300)

    def __init__(self, owners: Iterable[Unit], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        rows = Unit.objects.filter(pk__in=[unit.pk for unit in owners])
        field.queryset, field.initial = rows, rows.first()
        field.empty_label = None


class RegimeForm(forms.Form):
    """The items of NĐ 09/2019/NĐ-CP, Điều 7. All may stay empty while it is a draft, but for the name."""

    name = forms.CharField(label=_("Tên báo cáo"), max_length=300)
    kind = forms.ChoiceField(label=_("Loại báo cáo"), choices=list(KINDS.items()), required=False)
    content = forms.CharField(
        label=_("Nội dung yêu cầu báo cáo"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    asks_narrative = forms.BooleanField(label=_("Báo cáo bằng lời (theo đề cương)"), required=False)
    asks_figures = forms.BooleanField(label=_("Báo cáo số liệu (theo biểu mẫu)"), required=False)
    ground_text = forms.CharField(
        label=_("Căn cứ"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("Văn bản và điều khoản làm căn cứ, ví dụ: Kế hoạch số …, mục III.2."),
    )
    kinds = forms.ModelMultipleChoiceField(
        label=_("Đối tượng thực hiện báo cáo"),
        queryset=UnitKind.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Mọi đơn vị thuộc các loại được chọn, do đơn vị ban hành quản lý."),
    )
    line = forms.ChoiceField(label=_("Đơn vị trực thuộc được tính"), choices=list(LINES.items()), required=False)
    reporters_words = forms.CharField(
        label=_("Đối tượng theo lời văn bản"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    receiver = forms.ModelChoiceField(label=_("Cơ quan nhận báo cáo"), queryset=Unit.objects.none(), required=False)
    desk = forms.CharField(label=_("Gửi qua (đầu mối)"), max_length=200, required=False)
    desk_unit = forms.ModelChoiceField(
        label=_("Phòng đầu mối trên hệ thống"), queryset=Unit.objects.none(), required=False
    )
    contact = forms.CharField(label=_("Người liên hệ, điện thoại, thư điện tử"), max_length=300, required=False)
    onward_to = forms.CharField(
        label=_("Báo cáo tổng hợp gửi tiếp đến"),
        max_length=300,
        required=False,
        help_text=_("Nhiều nơi cách nhau bằng dấu chấm phẩy."),
    )
    sending_method = forms.CharField(label=_("Phương thức gửi, nhận"), max_length=300, required=False)
    rhythm = forms.ChoiceField(label=_("Tần suất"), choices=list(RHYTHMS.items()))
    repeats = forms.ChoiceField(
        label=_("Văn bản chỉ ghi ngày của một năm: báo cáo lặp lại?"), choices=REPEATS, required=False
    )
    year = forms.IntegerField(label=_("Năm (nếu một lần)"), min_value=2000, max_value=2100, required=False)
    bound = forms.ChoiceField(label=_("Cách tính hạn"), choices=list(BOUNDS.items()))
    day_off_rule = forms.ChoiceField(
        label=_("Ngày cuối rơi vào ngày nghỉ"),
        choices=list(DAY_OFF_RULES.items()),
        required=False,
        help_text=_("Nghị định 09/2019/NĐ-CP không quy định; chuyển sớm lên là an toàn."),
    )
    onward_bound = forms.ChoiceField(
        label=_("Cách tính hạn gửi tiếp lên cấp trên"), choices=list(BOUNDS.items()), required=False
    )
    printed_due = forms.CharField(label=_("Thời hạn theo lời văn bản"), max_length=500, required=False)
    days_after = forms.IntegerField(
        label=_("Hạn tính từ ngày về, ngày kết thúc vụ việc (số ngày)"),
        min_value=1,
        max_value=365,
        required=False,
        help_text=_("Thay cho các kỳ hạn trong năm, ví dụ báo cáo kết quả chuyến đi. Mỗi vụ việc mở một đợt."),
    )
    days_after_working = forms.BooleanField(label=_("Tính theo ngày làm việc"), required=False)
    lead_days = forms.IntegerField(label=_("Tự mở đợt trước hạn (ngày)"), min_value=0, max_value=365)
    lock_days = forms.IntegerField(label=_("Khóa sau hạn (ngày làm việc)"), min_value=0, max_value=250)
    needs_approval = forms.BooleanField(label=_("Lãnh đạo đơn vị duyệt và gửi"), required=False)
    asks_signed_copy = forms.BooleanField(label=_("Đính kèm bản có chữ ký, đóng dấu"), required=False)
    guidance = forms.CharField(label=_("Hướng dẫn thực hiện"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, regime: ReportRegime, on: dt.date, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.regime, self.on = regime, on
        offices = children(regime.owner, on=on)
        outside = Unit.objects.filter(kind__is_outside=True, dissolved_on=None).exclude(kind__code="commune_committee")
        self._offer("kinds", UnitKind.objects.filter(is_outside=False))
        self._offer("receiver", Unit.objects.filter(pk=regime.owner_id) | outside)
        self._offer("desk_unit", offices.filter(kind__code="department_office"))
        if regime.repeats is True and regime.rhythm != "once":
            del self.fields["repeats"]

    def _offer(self, name: str, rows: object) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = rows  # type: ignore[assignment]  # units or kinds, as declared

    @staticmethod
    def initial_of(regime: ReportRegime) -> dict[str, object]:
        """Return what the form shows of a regime."""
        names = [name for name in RegimeForm.base_fields if name not in ("kinds", "repeats")]
        values: dict[str, object] = {name: getattr(regime, name) for name in names}
        values["repeats"] = {True: "yes", False: "no", None: ""}[regime.repeats]
        values["kinds"] = [group.kind_id for group in regime.groups.all()]
        return values

    def facts(self) -> dict[str, object]:
        """Return the items as the operation takes them."""
        data = dict(self.cleaned_data)
        data.pop("kinds")
        for name in ("kind", "line", "day_off_rule", "onward_bound"):  # left out of what was sent: stays as it is
            data[name] = data[name] or getattr(self.regime, name)
        if "repeats" in data:
            data["repeats"] = {"yes": True, "no": False}.get(data["repeats"])
        if data["rhythm"] == "once" and data.get("repeats") is True:
            data["rhythm"] = "yearly"
        return data


class DayField(forms.DateField):
    """A day of these times: a year far off is a slip of the hand, and no rule could count on from it."""

    def to_python(self, value: str | dt.datetime | dt.date | None) -> dt.date | None:
        """Return the day. Raises ValidationError."""
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class DayUnreadable(Refused):
    """``day_unreadable``: what was typed for a day is none (``text``)."""


class UntilForm(forms.Form):
    """A day that may be left out."""

    until = DayField(required=False)

    @classmethod
    def read(cls, posted: Mapping[str, str]) -> dt.date | None:
        """Return the day that was sent, ``None`` when it was left empty. Raises DayUnreadable for anything else."""
        form = cls(dict(posted))
        if not form.is_valid():
            raise DayUnreadable("reporting.day_unreadable", text=posted.get("until", "")[:40])
        day = form.cleaned_data["until"]
        return day if isinstance(day, dt.date) else None


class SectionForm(forms.Form):
    """One section of the outline."""

    marker = forms.CharField(label=_("Số mục"), max_length=10, required=False)
    title = forms.CharField(label=_("Tên mục"), max_length=300)
    question = forms.CharField(label=_("Câu hỏi gợi ý"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    is_required = forms.BooleanField(label=_("Bắt buộc có nội dung"), required=False, initial=True)

    def spec(self) -> SectionSpec:
        """Return the section as the operation takes it."""
        data = self.cleaned_data
        return SectionSpec(data["title"], data["marker"], data["question"], data["is_required"])
