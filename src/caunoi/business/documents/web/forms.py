"""Forms of documents."""

from __future__ import annotations

import re
from typing import ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.business.documents.models import Obligation, ObligationKind
from caunoi.foundation.calendar.public import RHYTHM_WORDS, Bound, DueRule, Rhythm

_KINDS = [
    (ObligationKind.TASK.value, _("Nhiệm vụ")),
    (ObligationKind.REPORT.value, _("Báo cáo")),
    (ObligationKind.STATISTICS.value, _("Thống kê")),
]
_DAY = re.compile(r"(\d{1,2})(?:/(\d{1,2}))?(?:/(\d{4}))?")
_LONGEST = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


class ObligationForm(forms.Form):
    """A duty: what, who, to whom, through which office, by when."""

    kind = forms.ChoiceField(label=_("Loại"), choices=_KINDS)
    what = forms.CharField(label=_("Nội dung"), widget=forms.Textarea(attrs={"rows": 3}))
    who = forms.CharField(label=_("Ai thực hiện"), required=False, help_text=_("Nhiều đơn vị cách nhau bằng dấu ;"))
    to_whom = forms.CharField(label=_("Gửi cho ai"), required=False)
    desk = forms.CharField(label=_("Qua đầu mối"), required=False, max_length=200)
    onward_to = forms.CharField(label=_("Để tổng hợp, báo cáo tiếp"), required=False)
    rhythm = forms.ChoiceField(
        label=_("Định kỳ"),
        required=False,
        choices=[("", _("Không ghi thời hạn")), *((r.value, w) for r, w in RHYTHM_WORDS.items())],
    )
    bound = forms.ChoiceField(
        label=_("Cách tính"),
        choices=[(Bound.STRICTLY_BEFORE.value, _("trước ngày")), (Bound.NO_LATER_THAN.value, _("chậm nhất ngày"))],
    )
    days = forms.CharField(
        label=_("Ngày"),
        required=False,
        help_text=_(
            "Ngày/tháng (10/12), nhiều mốc cách nhau bằng dấu phẩy; một lần thì ghi cả năm (18/12/2026). "
            "Để trống nếu chưa rõ."
        ),
    )
    printed = forms.CharField(required=False, widget=forms.HiddenInput)
    _lists: ClassVar[tuple[str, ...]] = ("who", "to_whom", "onward_to")

    @classmethod
    def of(cls, row: Obligation | None) -> ObligationForm:
        """Return the form filled with a duty."""
        if row is None:
            return cls(initial={"kind": ObligationKind.TASK.value, "bound": Bound.STRICTLY_BEFORE.value})
        due = row.due
        initial = {
            "kind": row.kind,
            "what": row.what,
            "desk": row.desk,
            **{name: "; ".join(getattr(row, name)) for name in cls._lists},
            "rhythm": due.rhythm.value if due else "",
            "bound": due.bound.value if due else Bound.STRICTLY_BEFORE.value,
            "days": ", ".join(_typed(month, day, due.year) for month, day in due.days) if due else "",
            "printed": due.printed if due else "",
        }
        return cls(initial=initial)

    def clean_days(self) -> tuple[tuple[int, int, int | None], ...]:
        """Return (month, day, year) of each day that was typed."""
        found = []
        for part in str(self.cleaned_data["days"]).replace(";", ",").split(","):
            if not part.strip():
                continue
            match = _DAY.fullmatch(part.strip())
            if match is None or not _exists(int(match[1]), int(match[2] or 0)):
                raise forms.ValidationError(
                    gettext("“%(day)s” không phải là ngày. Ví dụ: 10/12.") % {"day": part.strip()}
                )
            found.append((int(match[2] or 0), int(match[1]), int(match[3]) if match[3] else None))
        return tuple(found)

    def clean(self) -> dict[str, object] | None:
        """Check that the days fit the rhythm: a year for once, a month for all but monthly."""
        cleaned = super().clean() or {}
        days, rhythm = cleaned.get("days") or (), cleaned.get("rhythm")
        if rhythm == Rhythm.ONCE and any(year is None for _, _, year in days):
            self.add_error("days", gettext("Việc làm một lần cần ghi cả năm, ví dụ 18/12/2026."))
        if rhythm and rhythm != Rhythm.MONTHLY and any(month == 0 for month, _, _ in days):
            self.add_error("days", gettext("Cần ghi cả tháng, ví dụ 10/12."))
        if days and not rhythm:
            self.add_error("rhythm", gettext("Hãy chọn định kỳ cho thời hạn đã ghi."))
        return cleaned

    def words(self) -> dict[str, list[str]]:
        """Return the lists of names."""
        return {
            name: [part.strip() for part in str(self.cleaned_data[name]).split(";") if part.strip()]
            for name in self._lists
        }

    def due(self) -> DueRule | None:
        """Return the deadline as a rule, or ``None`` when none is stated."""
        if not self.cleaned_data["rhythm"]:
            return None
        rhythm, days = Rhythm(self.cleaned_data["rhythm"]), self.cleaned_data["days"]
        year = days[0][2] if rhythm is Rhythm.ONCE and days else None
        pairs = tuple((0 if rhythm is Rhythm.MONTHLY else month, day) for month, day, _ in days)
        return DueRule(
            rhythm=rhythm, days=pairs, year=year, bound=Bound(self.cleaned_data["bound"]),
            printed=self.cleaned_data["printed"],
        )  # fmt: skip


def _exists(day: int, month: int) -> bool:
    return 0 <= month <= 12 and 1 <= day <= _LONGEST.get(month, 31)


def _typed(month: int, day: int, year: int | None) -> str:
    text = f"{day:02d}" if month == 0 else f"{day:02d}/{month:02d}"
    return f"{text}/{year}" if year else text


class DistributionForm(forms.Form):
    """Whom a document is handed to; ``receivers`` are (key, name)."""

    lead = forms.ChoiceField(label=_("Chủ trì"))
    supporting = forms.MultipleChoiceField(label=_("Phối hợp"), required=False, widget=forms.CheckboxSelectMultiple)
    inform = forms.MultipleChoiceField(label=_("Để biết"), required=False, widget=forms.CheckboxSelectMultiple)
    due_on = forms.DateField(label=_("Hạn giải quyết"), required=False)
    opinion = forms.CharField(
        label=_("Ý kiến chỉ đạo"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: object, receivers: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        for name in ("supporting", "inform"):
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = receivers
        lead = self.fields["lead"]
        if isinstance(lead, forms.ChoiceField):
            lead.choices = [("", "–"), *receivers]
