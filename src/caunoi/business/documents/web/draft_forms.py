"""Forms of outgoing documents."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.organisations.web.picker import UnitField


class DraftForm(forms.Form):
    """The head and, for a draft written by hand, the body. With ``types`` it begins a new draft."""

    doc_type = forms.ChoiceField(label=_("Tên loại"))
    symbol = forms.CharField(
        label=_("Ký hiệu"),
        required=False,
        max_length=60,
        help_text=_("Để trống thì lấy theo tên loại và đơn vị, ví dụ KH-SGDĐT."),
    )
    title = forms.CharField(label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    addressees = forms.CharField(
        label=_("Kính gửi"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Mỗi dòng một nơi.")
    )
    bases = forms.CharField(
        label=_("Căn cứ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một căn cứ, cả chữ “Căn cứ”."),
    )
    body = forms.CharField(
        label=_("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Dòng mở đầu bằng I., 1., a) là mục; bằng dấu - là ý. Số thứ tự được đánh lại khi in."),
    )
    recipients = forms.CharField(
        label=_("Nơi nhận"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một nơi; mục đích ghi trong ngoặc, ví dụ: UBND tỉnh (để báo cáo)."),
    )
    signer = forms.ChoiceField(
        label=_("Người ký"), required=False, help_text=_("Quyền hạn ký in theo thẩm quyền đã ghi nhận của vị trí.")
    )
    archive = forms.CharField(label=_("Lưu"), required=False, max_length=60, help_text=_("Ví dụ: VT, VP."))

    def __init__(
        self,
        *args: object,
        types: list[tuple[str, str]] | None = None,
        signers: list[tuple[str, str]],
        with_body: bool = True,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        kind, signer = self.fields["doc_type"], self.fields["signer"]
        if isinstance(signer, forms.ChoiceField):
            signer.choices = [("", _("Chưa chọn")), *signers]
        if types is None:
            del self.fields["doc_type"]
        elif isinstance(kind, forms.ChoiceField):
            kind.choices = types
        if not with_body:
            del self.fields["body"]


class IssueForm(forms.Form):
    """The day of issue, and receivers that are not kin of the unit: those of ``others`` who exist."""

    issued_on = forms.DateField(label=_("Ngày văn bản"))
    others = UnitField(
        label=_("Nơi nhận khác"), many=True, required=False,
        help_text=_("Cơ quan ngoài ngành hoặc đơn vị không có trong danh sách trên; gõ vài chữ trong tên rồi chọn."),
    )  # fmt: skip

    def __init__(self, *args: object, others: QuerySet[Unit], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        field = self.fields["others"]
        if isinstance(field, UnitField):
            field.offer(others)
