"""Forms of regimes: items of Điều 7, due days, sections and tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.business.reporting.models import ReportRegime
from caunoi.business.reporting.operations.forms import LineSpec, SectionSpec, TableSpec
from caunoi.business.reporting.operations.turns import Turn, with_proposed_cut_off
from caunoi.business.reporting.rules.form import Table
from caunoi.business.reporting.rules.spans import Span
from caunoi.business.reporting.web.shown import BOUNDS, NATURES, RHYTHMS, SPANS
from caunoi.foundation.calendar.public import Bound
from caunoi.foundation.organisations.public import Unit, UnitKind, children

TURNS = 4
"""How many due days a year can be stated: a quarterly report needs four."""
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
    printed_due = forms.CharField(label=_("Thời hạn theo lời văn bản"), max_length=500, required=False)
    lead_days = forms.IntegerField(label=_("Tự mở đợt trước hạn (ngày)"), min_value=0, max_value=365)
    lock_days = forms.IntegerField(label=_("Khóa sau hạn (ngày làm việc)"), min_value=0, max_value=250)
    needs_approval = forms.BooleanField(label=_("Lãnh đạo đơn vị duyệt và gửi"), required=False)
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
        if "repeats" in data:
            data["repeats"] = {"yes": True, "no": False}.get(data["repeats"])
        if data["rhythm"] == "once" and data.get("repeats") is True:
            data["rhythm"] = "yearly"
        return data


def _number(label: object, top: int) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "form-control turn-number"})
    return forms.IntegerField(label=label, min_value=1, max_value=top, required=False, widget=widget)  # type: ignore[arg-type]  # a lazy text


class TurnForm(forms.Form):
    """One due day; an empty day leaves the line out."""

    day = _number(_("Ngày"), 31)
    month = _number(_("Tháng"), 12)
    span = forms.ChoiceField(label=_("Kỳ báo cáo"), choices=list(SPANS.items()), required=False)
    own_day = _number(_("Chốt riêng: ngày"), 31)
    own_month = _number(_("tháng"), 12)
    propose = forms.BooleanField(label=_("Để hệ thống đề xuất ngày chốt"), required=False)

    def clean(self) -> dict[str, object]:
        """A day needs its month, but for reports due every month; a month has that day."""
        data = super().clean() or {}
        day, month, monthly = data.get("day"), data.get("month"), data.get("span") == Span.MONTH
        if day and not month and not monthly:
            self.add_error("month", gettext("Hãy ghi tháng của ngày này."))
        if day and month and not _exists(int(day), int(month)):
            self.add_error("day", gettext("Tháng này không có ngày đó."))
        if bool(data.get("own_month")) and not data.get("own_day"):
            self.add_error("own_day", gettext("Hãy ghi ngày chốt."))
        if data.get("own_day") and not data.get("own_month") and not monthly:
            self.add_error("own_month", gettext("Hãy ghi tháng chốt."))
        return data

    def turn(self, bound: str, on: dt.date) -> Turn | None:
        """Return the turn, with a proposed cut-off when asked for; ``None`` for an empty line."""
        data = self.cleaned_data
        if not data.get("day"):
            return None
        span = Span(data["span"])
        month = 0 if span is Span.MONTH else data["month"]
        if data.get("propose"):
            return with_proposed_cut_off(Turn(month, data["day"], span), Bound(bound), on=on)
        own = (data.get("own_month") or None, data["own_day"]) if data.get("own_day") else None
        return Turn(month, data["day"], span, own)


def _exists(day: int, month: int) -> bool:
    return day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)


TurnFormSet = forms.formset_factory(TurnForm, extra=0, min_num=TURNS, max_num=TURNS, validate_max=True)


def turn_rows(regime: ReportRegime) -> list[dict[str, object]]:
    """Return what the lines of due days show."""
    rows: list[dict[str, object]] = [
        {
            "day": turn.day,
            "month": turn.month or None,
            "span": turn.span,
            "own_day": turn.cut_off_day,
            "own_month": turn.cut_off_month,
        }
        for turn in regime.turns.all()
    ]
    spans = _SPANS_OF.get(regime.rhythm, ()) if not rows else ()
    offered = [*spans, *[Span.YEAR] * TURNS][: max(0, TURNS - len(rows))]
    return rows + [{"span": span, "propose": True} for span in offered]


_SPANS_OF: dict[str, tuple[Span, ...]] = {
    "quarterly": (Span.FIRST_QUARTER, Span.SECOND_QUARTER, Span.THIRD_QUARTER, Span.FOURTH_QUARTER),
    "half_yearly": (Span.FIRST_HALF, Span.YEAR),
    "monthly": (Span.MONTH,),
}


class UntilForm(forms.Form):
    """A day that may be left out."""

    until = forms.DateField(required=False)

    @classmethod
    def read(cls, posted: Mapping[str, str]) -> dt.date | None:
        """Return the day that was sent, or ``None`` when it is empty or no day."""
        form = cls(dict(posted))
        form.full_clean()
        day = form.cleaned_data.get("until")
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


class TableForm(forms.Form):
    """One table of figures: rows and columns one a line."""

    title = forms.CharField(label=_("Tên biểu"), max_length=300)
    unit = forms.CharField(label=_("Đơn vị tính chung"), max_length=60, required=False)
    nature = forms.ChoiceField(label=_("Loại số liệu"), choices=list(NATURES.items()))
    rows = forms.CharField(
        label=_("Các dòng"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Mỗi dòng của biểu ghi trên một dòng."),
    )
    columns = forms.CharField(
        label=_("Các cột"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Mỗi cột một dòng: tên | đơn vị tính | “thập phân” nếu không phải số nguyên. "
            "Ví dụ: Kinh phí | triệu đồng | thập phân."
        ),
    )
    total_row = forms.BooleanField(label=_("Thêm dòng tổng cộng"), required=False)
    total_column = forms.BooleanField(label=_("Thêm cột tổng cộng"), required=False)

    def spec(self) -> TableSpec:
        """Return the table as the operation takes it."""
        data = self.cleaned_data
        rows = [LineSpec(line.strip()) for line in data["rows"].splitlines() if line.strip()]
        columns = [_column(line) for line in data["columns"].splitlines() if line.strip()]
        return TableSpec(
            data["title"], rows, columns, data["unit"], data["nature"], data["total_row"], data["total_column"]
        )

    @staticmethod
    def initial_of(table: Table) -> dict[str, object]:
        """Return what the form shows of a table."""
        return {
            "title": table.title,
            "unit": table.unit,
            "nature": table.nature,
            "rows": "\n".join(row.label for row in table.rows if not row.is_total),
            "columns": "\n".join(_printed(c.label, c.unit, whole=c.whole) for c in table.columns if not c.is_total),
            "total_row": any(row.is_total for row in table.rows),
            "total_column": any(column.is_total for column in table.columns),
        }


def _column(line: str) -> LineSpec:
    label, unit, number = [*(part.strip() for part in line.split("|")), "", ""][:3]
    return LineSpec(label, unit, whole=not number)


def _printed(label: str, unit: str, *, whole: bool) -> str:
    if whole:
        return f"{label} | {unit}" if unit else label
    return f"{label} | {unit} | {gettext('thập phân')}"
