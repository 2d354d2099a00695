"""Forms of what holds for all reports: days off, the ladder of reminders, shared lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from caunoi.business.reporting.operations.after import Event
from caunoi.business.reporting.operations.days import DayChange
from caunoi.business.reporting.operations.ladder import RungSpec
from caunoi.business.reporting.rules.rungs import Audience
from caunoi.business.reporting.web.forms import DayField
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.organisations.web.picker import UnitField
from caunoi.foundation.pages.public import Words

OFF, WORKED, ORDINARY = "off", "worked", "ordinary"
_WORKING = {OFF: False, WORKED: True, ORDINARY: None}
MARKS = [
    ("C", _("đã đọc văn bản gốc")),
    ("C2", _("theo nguồn gián tiếp")),
    ("K", _("chưa đối chiếu, cần kiểm tra lại")),
]
AUDIENCES: dict[str, Words] = {
    Audience.OFFICER: _("người lập báo cáo của đơn vị"),
    Audience.HEAD: _("người lập báo cáo và lãnh đạo đơn vị"),
    Audience.ABOVE: _("lãnh đạo đơn vị cấp trên"),
    Audience.GATHERER: _("người tổng hợp báo cáo"),
}
EMPTY_RUNGS = 2
MOST_RUNGS = 30
MOST_DAYS = 365
SATURDAY = 5


class DayForm(forms.Form):
    """One day, what it is, and where that stands."""

    day = DayField(label=_("Ngày"), widget=forms.DateInput)
    kind = forms.ChoiceField(
        label=_("Ngày này là"),
        choices=[(OFF, _("ngày nghỉ")), (WORKED, _("ngày làm bù (thứ Bảy, Chủ nhật)")), (ORDINARY, _("ngày thường"))],
    )
    name = forms.CharField(label=_("Tên ngày"), max_length=120, required=False, help_text=_("Ví dụ: Tết Nguyên đán."))
    source = forms.CharField(
        label=_("Nguồn"), max_length=200, required=False, help_text=_("Số, ngày của thông báo, hoặc điều luật.")
    )
    confidence = forms.ChoiceField(label=_("Mức chắc chắn"), choices=MARKS)
    ground = forms.CharField(
        label=_("Lý do sửa"), max_length=300, required=False, help_text=_("Cần khi sửa hoặc bỏ ngày đã ghi.")
    )

    def clean(self) -> dict[str, object]:
        """A day that is off or worked needs its name and source; a day taken out needs its ground."""
        data, day = super().clean() or {}, self.cleaned_data.get("day")
        if data.get("kind") == WORKED and isinstance(day, dt.date) and day.weekday() < SATURDAY:
            self.add_error("day", _("Ngày này vốn là ngày làm việc. Làm bù chỉ ghi cho thứ Bảy, Chủ nhật."))
        if data.get("kind") in (OFF, WORKED):
            for name in ("name", "source"):
                if not str(data.get(name, "")).strip():
                    self.add_error(name, _("Hãy ghi mục này."))
        elif data.get("kind") == ORDINARY and not str(data.get("ground", "")).strip():
            self.add_error("ground", _("Hãy ghi lý do bỏ ngày đã ghi."))
        return data

    def change(self) -> DayChange:
        """Return what is said of the day."""
        data = self.cleaned_data
        return DayChange(
            data["day"], _WORKING[data["kind"]], data["name"], data["source"], data["confidence"], data["ground"]
        )


class RungForm(forms.Form):
    """One rung; a line without a number is left out."""

    days = forms.IntegerField(
        label=_("Số ngày"), min_value=0, max_value=MOST_DAYS, required=False,
        widget=forms.NumberInput(attrs={"class": "form-control turn-number"}),
    )  # fmt: skip
    side = forms.ChoiceField(
        label=_("So với ngày cuối còn đúng hạn"), choices=[("before", _("ngày trước")), ("after", _("ngày sau"))]
    )
    audience = forms.ChoiceField(label=_("Ai nhận"), choices=list(AUDIENCES.items()))

    def spec(self) -> RungSpec | None:
        """Return the rung; ``None`` for an empty line."""
        data = self.cleaned_data
        if data.get("days") is None:
            return None
        sign = -1 if data["side"] == "before" else 1
        return RungSpec(sign * data["days"], Audience(data["audience"]))


RungFormSet = forms.formset_factory(RungForm, extra=0, max_num=MOST_RUNGS, validate_max=True)


def rung_rows(rungs: Sequence[tuple[int, str]]) -> list[dict[str, object]]:
    """Return what the lines of a ladder show: its rungs and some empty ones."""
    rows: list[dict[str, object]] = [
        {"days": abs(offset), "side": "before" if offset < 0 else "after", "audience": audience}
        for offset, audience in rungs
    ]
    return rows + [{"side": "after", "audience": Audience.OFFICER}] * EMPTY_RUNGS


class LadderForm(forms.Form):
    """From when a ladder holds, and why."""

    from_on = DayField(label=_("Áp dụng từ ngày"), widget=forms.DateInput)
    source = forms.CharField(
        label=_("Căn cứ"), max_length=200, help_text=_("Quyết định, thông báo, hoặc lý do thay đổi.")
    )

    def __init__(self, today: dt.date, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["from_on"].initial = today + dt.timedelta(days=1)


class ListForm(forms.Form):
    """A new list."""

    name = forms.CharField(label=_("Tên danh mục"), max_length=120)
    source = forms.CharField(label=_("Nguồn"), max_length=200)


class MemberForm(forms.Form):
    """A new member of a list."""

    label = forms.CharField(label=_("Tên"), max_length=120)
    code = forms.CharField(
        label=_("Mã"), max_length=20, required=False, help_text=_("Để trống thì hệ thống đặt; mã không đổi về sau.")
    )
    source = forms.CharField(label=_("Nguồn"), max_length=200)


class EventForm(forms.Form):
    """One event that is reported on, and the unit that reports."""

    name = forms.CharField(
        label=_("Vụ việc"), max_length=200, help_text=_("Ví dụ: Đoàn công tác tại Viêng Chăn, theo Quyết định số …")
    )
    from_on = DayField(label=_("Từ ngày (ngày đi)"))
    until_on = DayField(label=_("Đến ngày (ngày về)"))
    unit = UnitField(label=_("Đơn vị báo cáo"))

    def __init__(self, units: QuerySet[Unit], owner: Unit, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        field = self.fields["unit"]
        assert isinstance(field, UnitField)  # noqa: S101 - declared above
        field.offer(units, under=owner)

    def event(self) -> Event:
        """Return the event as the operation takes it."""
        data = self.cleaned_data
        return Event(data["name"], data["from_on"], data["until_on"])


class DueOnForm(forms.Form):
    """The printed due day of a campaign, as a person has checked it."""

    due_on = DayField(
        label=_("Hạn gửi (ngày ghi trong văn bản)"),
        help_text=_("Ngày cuối còn đúng hạn, ngày chốt, ngày khóa tính theo ngày này."),
    )
