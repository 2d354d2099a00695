"""Forms of due days: the day, the period, an own cut-off, a period of the ground's own, the day of the level above."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.business.reporting.models import ReportRegime
from caunoi.business.reporting.operations.turns import Turn, with_proposed_cut_off, with_proposed_day
from caunoi.business.reporting.rules.spans import Span
from caunoi.business.reporting.rules.turns import Window
from caunoi.business.reporting.web.shown import SPANS
from caunoi.foundation.calendar.public import Bound

LINES = 4
"""At least so many lines stand on the page."""
MOST = 16
LONGEST_MONTH = 31


def _number(label: object, top: int, least: int = 1) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "form-control turn-number"})
    return forms.IntegerField(label=label, min_value=least, max_value=top, required=False, widget=widget)  # type: ignore[arg-type]  # a lazy text


class TurnForm(forms.Form):
    """One due day; an empty line is left out, unless its span was asked for without a day."""

    day = _number(_("Ngày"), 31)
    month = _number(_("Tháng"), 12)
    span = forms.ChoiceField(
        label=_("Kỳ báo cáo"), choices=[pair for pair in SPANS.items() if pair[0] != Span.EVENT], required=False
    )
    own_day = _number(_("Chốt riêng: ngày"), 31)
    own_month = _number(_("tháng"), 12)
    propose = forms.BooleanField(label=_("Để hệ thống đề xuất ngày chốt"), required=False)
    onward_day = _number(_("Cấp trên nhận tổng hợp: ngày"), 31)
    onward_month = _number(_("tháng"), 12)
    first_day = _number(_("Kỳ riêng từ ngày"), 31)
    first_month = _number(_("tháng"), 12, -12)
    last_day = _number(_("đến ngày"), 31)
    last_month = _number(_("tháng"), 24, -12)
    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    """The span that the ground asks for without a day."""
    skip = forms.BooleanField(label=_("Bỏ kỳ này"), required=False)

    def clean(self) -> dict[str, object]:
        """A day needs its month, but for reports due every month; a month has that day."""
        data = super().clean() or {}
        monthly = data.get("span") == Span.MONTH
        self._pair(data, "day", "month", gettext("Hãy ghi tháng của ngày này."), monthly=monthly)
        self._pair(data, "own_day", "own_month", gettext("Hãy ghi tháng chốt."), monthly=monthly)
        self._pair(data, "onward_day", "onward_month", gettext("Hãy ghi tháng cấp trên nhận."), monthly=monthly)
        window = [data.get(name) for name in ("first_day", "first_month", "last_day", "last_month")]
        if any(part is not None for part in window) and not all(part is not None for part in window):
            self.add_error("first_day", gettext("Kỳ riêng cần đủ ngày đầu và ngày cuối, cả tháng."))
        return data

    def _pair(self, data: dict[str, object], day: str, month: str, ask: str, *, monthly: bool) -> None:
        number, of_month = data.get(day), data.get(month)
        if number and not of_month and not monthly:
            self.add_error(month, ask)
        if of_month and not number:
            self.add_error(day, gettext("Hãy ghi ngày."))
        if isinstance(number, int) and isinstance(of_month, int) and not _exists(number, of_month):
            self.add_error(day, gettext("Tháng này không có ngày đó."))

    def turn(self, bound: str, onward_bound: object, on: dt.date) -> Turn | None:
        """Return the turn, with a proposed due day or cut-off when asked for; ``None`` for an empty line."""
        data = self.cleaned_data
        span = Span(data["span"] or Span.YEAR)
        monthly = span is Span.MONTH
        onward = (0 if monthly else data["onward_month"], data["onward_day"]) if data.get("onward_day") else None
        if not data.get("day"):
            if onward is None:
                return None
            proposed = with_proposed_day(span, onward, Bound(str(onward_bound)), on=on)
            return with_proposed_cut_off(proposed, Bound(bound), on=on)
        own = (data.get("own_month") or None, data["own_day"]) if data.get("own_day") else None
        turn = Turn(0 if monthly else data["month"], data["day"], span, own, self._window(), onward)
        return with_proposed_cut_off(turn, Bound(bound), on=on) if data.get("propose") else turn

    def _window(self) -> Window | None:
        data = self.cleaned_data
        if data.get("first_day") is None:
            return None
        return Window(data["first_month"], data["first_day"], data["last_month"], data["last_day"])

    def still_asked(self) -> Span | None:
        """Return the span that was asked for without a day and has none yet; ``None`` when it was left out."""
        asked, data = self.cleaned_data.get("asked"), self.cleaned_data
        if not asked or data.get("skip") or asked not in SPANS:
            return None
        return Span(asked)


def _exists(day: int, month: int) -> bool:
    return day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else LONGEST_MONTH)


TurnFormSet = forms.formset_factory(TurnForm, extra=0, min_num=0, max_num=MOST, validate_max=True)


def turn_rows(regime: ReportRegime) -> list[dict[str, object]]:
    """Return what the lines of due days show: those stated, those asked for without a day, and some empty ones."""
    rows: list[dict[str, object]] = [
        {
            "day": turn.day,
            "month": turn.month or None,
            "span": turn.span,
            "own_day": turn.cut_off_day,
            "own_month": turn.cut_off_month,
            "onward_day": turn.onward_day,
            "onward_month": turn.onward_month or None,
            "first_day": turn.own_first_day,
            "first_month": turn.own_first_month,
            "last_day": turn.own_last_day,
            "last_month": turn.own_last_month,
        }
        for turn in regime.turns.all()
    ]
    rows += [{"span": span, "asked": span, "propose": True} for span in regime.undated]
    spans = _SPANS_OF.get(regime.rhythm, ()) if not rows else ()
    empty = max(LINES - len(rows), 1)
    return rows + [{"span": span, "propose": True} for span in [*spans, *[Span.YEAR] * LINES][:empty]]


_SPANS_OF: dict[str, tuple[Span, ...]] = {
    "quarterly": (Span.FIRST_QUARTER, Span.SECOND_QUARTER, Span.THIRD_QUARTER, Span.FOURTH_QUARTER),
    "half_yearly": (Span.FIRST_HALF, Span.YEAR),
    "monthly": (Span.MONTH,),
}
