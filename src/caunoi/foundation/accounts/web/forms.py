"""The forms of signing in, in the office's words."""

from __future__ import annotations

import datetime as dt

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.accounts.models import Account, SignInRule
from caunoi.foundation.accounts.models.rule import CONFIDENCE
from caunoi.foundation.people.public import Post, holdings_of
from caunoi.kernel import clock


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Sign-in name or e-mail address, and password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        words = {"login": _("Tên đăng nhập hoặc thư điện tử"), "password": _("Mật khẩu")}
        for name, label in words.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Giữ đăng nhập trên máy này")


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A new passkey, by a name that its owner recognises."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Tên khóa bảo mật")


class RenameKeyForm(EditWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """Another name for a passkey."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Tên khóa bảo mật")


class FirstPasswordForm(forms.Form):
    """The first password of an invited person, typed twice."""

    password1 = forms.CharField(
        label=_("Mật khẩu"), strip=False, max_length=200, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=_("Nhập lại mật khẩu"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, data: object = None, *, account: Account) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # what Django's own form takes
        self.account = account
        self.fields["password1"].help_text = " ".join(text for text in password_validators_help_texts() if text)

    def clean_password1(self) -> str:
        """Return the password. Raises ValidationError with what is wrong with it."""
        password = str(self.cleaned_data["password1"])
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, object]:
        """Compare the two."""
        cleaned: dict[str, object] = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", gettext("Hai lần nhập chưa giống nhau."))
        return cleaned


class KeyForm(forms.Form):
    """A new access key: what for, with the rights of which post, until when."""

    name = forms.CharField(
        label=_("Tên khóa"), max_length=100, help_text=_("Ghi chương trình nào dùng khóa, ví dụ: Kho dữ liệu của Sở.")
    )
    post = forms.ModelChoiceField(Post.objects.none(), label=_("Quyền của vị trí"), empty_label=None)
    expires_on = forms.DateField(label=_("Dùng đến hết ngày"))

    def __init__(self, data: object = None, *, account: Account, longest: int) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # what Django's own form takes
        held = holdings_of(account.person, on=clock.today()).values("post_id")
        posts = self.fields["post"]
        assert isinstance(posts, forms.ModelChoiceField)  # noqa: S101 - declared above
        posts.queryset = Post.objects.filter(pk__in=held).select_related("unit").order_by("position", "id")
        posts.label_from_instance = _post_words  # type: ignore[method-assign,assignment]  # how Django lets labels be made
        last = clock.today() + dt.timedelta(days=longest)
        self.fields["expires_on"].help_text = gettext("Chậm nhất %(day)s.") % {"day": f"{last:%d/%m/%Y}"}
        self.fields["expires_on"].initial = min(last, clock.today() + dt.timedelta(days=90))


def _post_words(post: Post) -> str:
    return f"{post.title}, {post.unit.name}"


class InviteForm(forms.Form):
    """One person's e-mail address, where the record of the person has none."""

    email = forms.EmailField(label=_("Thư điện tử"))


class RuleForm(forms.Form):
    """A new value of a rule with its source."""

    value = forms.IntegerField(label=_("Giá trị"), min_value=0)
    source = forms.CharField(label=_("Căn cứ"), max_length=300)
    confidence = forms.ChoiceField(
        label=_("Mức tin cậy"),
        choices=[
            (mark, words)
            for (mark, _same), words in zip(
                CONFIDENCE,
                (
                    _("Đã đọc trong văn bản"),
                    _("Theo nguồn dẫn lại"),
                    _("Đơn vị tự định"),
                    _("Theo hiểu biết, cần đối chiếu"),
                    _("Chưa rõ, cần đối chiếu"),
                ),
                strict=True,
            )
        ],
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(self, data: object = None, *, present: SignInRule | None) -> None:
        initial = model_to_dict(present, ["value", "source", "confidence", "note"]) if present else {}
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # what Django's own form takes

    def clean_source(self) -> str:
        """Return the source without blanks around it. Raises ValidationError for nothing but blanks."""
        source = str(self.cleaned_data["source"]).strip()
        if not source:
            raise ValidationError(gettext("Hãy ghi căn cứ của giá trị này."))
        return source
