"""Forms of personal data."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.personal_data.rules.kinds import kinds
from caunoi.foundation.personal_data.rules.states import RequestKind
from caunoi.foundation.personal_data.web.words import REQUEST_KINDS
from caunoi.kernel import clock

LOCAL = ["%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"]


def _choices() -> list[tuple[str, str]]:
    return [(kind.key, str(kind.label)) for kind in kinds()]


class MineForm(forms.Form):
    """What a person asks about their own data."""

    kind = forms.ChoiceField(label=_("Yêu cầu"), choices=[(kind.value, REQUEST_KINDS[kind]) for kind in RequestKind])
    text = forms.CharField(label=_("Nội dung"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class RequestForm(MineForm):
    """A request received on paper or by letter from somebody who has no account."""

    person_name = forms.CharField(label=_("Họ và tên người yêu cầu"), max_length=200)
    field_order = ["person_name", "kind", "text"]


class AnswerForm(forms.Form):
    """The answer, in words."""

    answer = forms.CharField(
        label=_("Trả lời người yêu cầu"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


MOST = 1_000_000_000
"""More people than a breach can concern, and what the column holds."""
_SENSIBLE = [
    MinValueValidator(dt.datetime(1990, 1, 1, tzinfo=clock.VIETNAM)),
    MaxValueValidator(dt.datetime(2999, 1, 1, tzinfo=clock.VIETNAM)),
]


class BreachForm(forms.Form):
    """What is known of a breach."""

    title = forms.CharField(label=_("Vi phạm"), max_length=200)
    found_at = forms.DateTimeField(
        label=_("Phát hiện lúc"),
        input_formats=LOCAL,
        validators=_SENSIBLE,
        help_text=_("Ngày/tháng/năm giờ:phút, ví dụ 05/10/2026 09:30"),
    )
    happened_at = forms.DateTimeField(
        label=_("Xảy ra lúc (nếu biết)"), input_formats=LOCAL, validators=_SENSIBLE, required=False
    )
    what = forms.CharField(
        label=_("Diễn biến và cách phát hiện"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    kinds = forms.MultipleChoiceField(
        label=_("Loại dữ liệu"), choices=_choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    people_count = forms.IntegerField(label=_("Số người bị ảnh hưởng"), min_value=0, max_value=MOST, required=False)
    consequences = forms.CharField(
        label=_("Hậu quả có thể xảy ra"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    measures = forms.CharField(
        label=_("Biện pháp đã làm"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class NoticeForm(forms.Form):
    """That the authority was told."""

    notified_at = forms.DateTimeField(label=_("Thông báo lúc"), input_formats=LOCAL, validators=_SENSIBLE)
    notice_code = forms.CharField(label=_("Số, ký hiệu văn bản hoặc cách gửi"), max_length=120)
    late_reason = forms.CharField(
        label=_("Lý do chậm (nếu quá hạn)"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ConclusionForm(forms.Form):
    """How a breach ended."""

    conclusion = forms.CharField(label=_("Kết luận"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
