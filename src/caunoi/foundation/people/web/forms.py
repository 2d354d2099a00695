"""Forms about people, posts and rights. Last days are asked as people say them: the last day counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.people.models import Capacity, Person, Post, SigningForm
from caunoi.foundation.people.rules.roles import Role
from caunoi.foundation.people.rules.words import CAPACITIES, ROLES
from caunoi.foundation.people.web.shown import FORMS
from caunoi.foundation.personal_data.public import How, mask

GROUND = _("Số, ngày, cơ quan ban hành của quyết định hoặc văn bản.")


def after(last: dt.date | None) -> dt.date | None:
    """Return the first day after a last day; none after 31/12/9999, by which people say that there is no end."""
    return last + dt.timedelta(days=1) if last and last < dt.date.max else None


class PersonForm(forms.Form):
    """Name and ways to reach somebody."""

    name = forms.CharField(label=_("Họ và tên"), max_length=200)
    email = forms.EmailField(label=_("Thư điện tử"), required=False, help_text=_("Địa chỉ riêng của người này."))
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)


class CorrectionForm(PersonForm):
    """The same of somebody known. What is masked elsewhere does not stand in this form: an empty field keeps it."""

    def __init__(self, data: object = None, *, person: Person) -> None:
        super().__init__(data, initial={"name": person.name})  # type: ignore[arg-type]  # what Django's own form takes
        for name, how in (("email", How.EMAIL), ("phone", How.PHONE)):
            self.fields[name].widget.attrs["placeholder"] = mask(getattr(person, name), how)
            self.fields[name].help_text = _("Để trống nếu không đổi.")

    def corrected(self, person: Person) -> dict[str, str]:
        """Return name, email and phone as they are to be."""
        given = self.cleaned_data
        return {
            "name": given["name"],
            "email": given["email"] or person.email,
            "phone": given["phone"] or person.phone,
        }


class PostForm(forms.Form):
    """A post of a unit: what it is called, to whom it reports."""

    title = forms.CharField(label=_("Tên vị trí"), max_length=200, help_text=_("Ví dụ: Phó Hiệu trưởng, Văn thư."))
    reports_to = forms.ModelChoiceField(
        label=_("Báo cáo cho"), queryset=Post.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("Không ai trong danh sách"),
    )  # fmt: skip
    is_head = forms.BooleanField(label=_("Là người đứng đầu đơn vị"), required=False)

    def __init__(self, *args: object, above: QuerySet[Post], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        _choose(self.fields["reports_to"], above, _post_words)


def _choose(field: forms.Field, rows: QuerySet[Post] | QuerySet[Unit] | QuerySet[Person], words: object) -> None:
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
    field.queryset = rows
    field.label_from_instance = words  # type: ignore[method-assign,assignment]  # the documented way is a subclass


def _post_words(post: Post) -> str:
    return f"{post.title}, {post.unit.name}"


class SubstituteForm(forms.Form):
    """Who stands in during an absence, and until when."""

    person = forms.ModelChoiceField(
        label=_("Người làm thay"), queryset=Person.objects.none(), to_field_name="public_id",
        empty_label=_("Chọn người"),
    )  # fmt: skip
    first = forms.DateField(label=_("Từ ngày"))
    last = forms.DateField(label=_("Đến hết ngày"))
    ground = forms.CharField(label=_("Lý do, căn cứ"), max_length=300)

    def __init__(self, *args: object, people: QuerySet[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        _choose(self.fields["person"], people, str)


class GrantForm(forms.Form):
    """Which role, over what, for how long, on what ground."""

    role = forms.ChoiceField(label=_("Vai trò"))
    unit = forms.ModelChoiceField(
        label=_("Tại đơn vị"), queryset=Unit.objects.none(), to_field_name="public_id", empty_label=None
    )
    subtree = forms.BooleanField(label=_("Cả các đơn vị trực thuộc"), required=False)
    first = forms.DateField(label=_("Từ ngày"))
    last = forms.DateField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống: không định thời hạn."))
    ground = forms.CharField(label=_("Căn cứ"), max_length=300, required=False, help_text=GROUND)

    def __init__(self, *args: object, units: QuerySet[Unit], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101 - declared above
        role.choices = [(role.value, f"{ROLES[role].name} – {ROLES[role].may}") for role in Role]
        _choose(self.fields["unit"], units, str)


class SigningAuthorityForm(forms.Form):
    """In which form somebody signs for a unit, by whose authority, until when."""

    form = forms.ChoiceField(label=_("Hình thức ký"), choices=[(form.value, FORMS[form.value]) for form in SigningForm],
                             required=False)  # fmt: skip
    unit = forms.ModelChoiceField(
        label=_("Ký văn bản của"), queryset=Unit.objects.none(), to_field_name="public_id", empty_label=None
    )
    given_by = forms.ModelChoiceField(
        label=_("Người giao"), queryset=Post.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("Theo quy chế, quyết định bổ nhiệm"),
        help_text=_("Người ký thay hoặc được ủy quyền không được giao lại (Nghị định 30/2020/NĐ-CP, Điều 13)."),
    )  # fmt: skip
    head_title = forms.CharField(
        label=_("Chức vụ ghi sau hình thức ký"), max_length=200, required=False,
        help_text=_("Ví dụ GIÁM ĐỐC trong “KT. GIÁM ĐỐC”."),
    )  # fmt: skip
    title = forms.CharField(label=_("Chức vụ của người ký"), max_length=200, help_text=_("Ví dụ PHÓ GIÁM ĐỐC."))
    scope = forms.CharField(
        label=_("Nội dung được ký"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    ground = forms.CharField(label=_("Căn cứ"), max_length=300, required=False, help_text=GROUND)
    first = forms.DateField(label=_("Từ ngày"))
    last = forms.DateField(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args: object, units: QuerySet[Unit], givers: QuerySet[Post], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        _choose(self.fields["unit"], units, str)
        _choose(self.fields["given_by"], givers, _post_words)


class EndForm(forms.Form):
    """On which day something no longer holds."""

    on = forms.DateField(label=_("Không còn hiệu lực từ ngày"))


class LeaveForm(EndForm):
    """Who leaves, of those who hold the post, stand in for its holder or will hold it; and from which day."""

    person = forms.ModelChoiceField(
        label=_("Người giữ"), queryset=Person.objects.none(), to_field_name="public_id", empty_label=None
    )
    field_order = ("person", "on")

    def __init__(self, *args: object, people: QuerySet[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        _choose(self.fields["person"], people, str)


class HandoverForm(forms.Form):
    """The last facts of a handover: from which day, as what, on what ground."""

    on = forms.DateField(label=_("Từ ngày"), help_text=_("Từ ngày này người cũ hết quyền, người mới có quyền."))
    capacity = forms.ChoiceField(label=_("Người nhận giữ vị trí"), widget=forms.RadioSelect)
    ground = forms.CharField(label=_("Căn cứ"), max_length=300, help_text=GROUND)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        capacity = self.fields["capacity"]
        assert isinstance(capacity, forms.ChoiceField)  # noqa: S101 - declared above
        capacity.choices = named_capacities([Capacity.HOLDER, Capacity.ACTING, Capacity.IN_CHARGE])


def named_capacities(capacities: Iterable[Capacity]) -> list[tuple[str, str]]:
    """Return capacities with their words."""
    return [(capacity.value, str(CAPACITIES[capacity.value])) for capacity in capacities]
