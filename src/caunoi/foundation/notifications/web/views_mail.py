"""Letters: how one wants to hear by e-mail, what was sent, and how far it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.foundation.accounts.public import Account
from caunoi.foundation.notifications.access import letter_by_public_id, letters_to, letters_within
from caunoi.foundation.notifications.models import Delivery, DeliveryKind, DeliveryState, Preference
from caunoi.foundation.notifications.models.delivery import DIGEST_AT
from caunoi.foundation.notifications.operations.letters import set_preference
from caunoi.foundation.notifications.operations.sending import LetterRefused, send_again
from caunoi.foundation.pages.public import Column, Option, State, Tone, actor_of, chips, paginate, sentence
from caunoi.kernel import clock
from caunoi.kernel.text import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STATES: Final[dict[str, State]] = {
    DeliveryState.QUEUED: State(_("Đang chờ gửi"), Tone.NEUTRAL),
    DeliveryState.HANDING: State(_("Đang giao cho máy chủ thư"), Tone.INFO),
    DeliveryState.TAKEN: State(_("Máy chủ thư đã nhận"), Tone.DONE),
    DeliveryState.REFUSED: State(_("Máy chủ thư từ chối"), Tone.LATE),
    DeliveryState.UNCERTAIN: State(_("Không rõ đã gửi được chưa"), Tone.SOON),
    DeliveryState.DROPPED: State(_("Không cần gửi nữa"), Tone.NEUTRAL),
}
READ: Final = State(_("Đã đọc trong hệ thống"), Tone.DONE)
KINDS: Final[dict[str, StrOrPromise]] = {
    DeliveryKind.DIGEST: _("Tổng hợp thông báo"),
    DeliveryKind.URGENT: _("Việc cần xem ngay"),
    DeliveryKind.INVITATION: _("Lời mời"),
    DeliveryKind.PASSWORD: _("Đặt mật khẩu"),
}
COLUMNS: Final = [
    Column("to", _("Người nhận")),
    Column("kind", _("Thư")),
    Column("state", _("Trạng thái")),
    Column("when", _("Lúc")),
    Column("act", _("Việc làm"), hidden_label=True),
]
HOURS: Final = [(f"{hour:02d}:00", f"{hour:02d}:00") for hour in range(5, 22)]


class PreferenceForm(forms.Form):
    """When letters come."""

    has_digest = forms.BooleanField(label=_("Nhận một thư tổng hợp mỗi ngày"), required=False)
    digest_at = forms.TypedChoiceField(label=_("Vào lúc"), choices=HOURS, coerce=str)
    on_working_days_only = forms.BooleanField(label=_("Chỉ vào ngày làm việc"), required=False)
    has_urgent = forms.BooleanField(
        label=_("Nhận thư ngay khi có việc gấp"),
        required=False,
        help_text=_("Báo cáo, dự thảo bị trả lại; văn bản chờ ký; việc quá hạn."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """Choose when letters come; see the last ones."""
    account = get_object_or_404(Account, pk=actor_of(request).account_id)
    row = Preference.objects.filter(account=account).first() or Preference(account=account, digest_at=DIGEST_AT)
    initial = {
        "has_digest": row.has_digest,
        "digest_at": f"{row.digest_at:%H:%M}",
        "on_working_days_only": row.on_working_days_only,
        "has_urgent": row.has_urgent,
    }
    form = PreferenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        at = clock.now().replace(hour=int(data.pop("digest_at")[:2]), minute=0, second=0, microsecond=0)
        set_preference(account=account, digest_at=at.time(), **data)
        messages.success(request, gettext("Đã lưu cách nhận thư."))
        return redirect("notifications:mail")
    letters = [(letter, *shown(letter)) for letter in letters_to(account.pk)[:10]]
    context = {"form": form, "account": account, "letters": letters, "columns": COLUMNS[1:-1]}
    return render(request, "notifications/mail.html", context, status=422 if form.errors else 200)


def shown(letter: Delivery) -> tuple[StrOrPromise, State]:
    """Return the kind and the state of a letter in words."""
    state = READ if letter.read_at and letter.state == DeliveryState.TAKEN else STATES[letter.state]
    return KINDS[letter.kind], state


@login_required
@require_GET
def deliveries(request: HttpRequest) -> HttpResponse:
    """List the letters to the people whose accounts one manages, with what the mail server said."""
    found = letters_within(actor_of(request), on=clock.today())
    for word in fold(request.GET.get("q", "")).split():
        found = found.filter(Q(account__person__folded__contains=word) | Q(to__icontains=word))
    names = (DeliveryState.QUEUED, DeliveryState.TAKEN, DeliveryState.REFUSED, DeliveryState.UNCERTAIN)
    options = [Option(str(name), STATES[name].word) for name in names] + [Option("read", READ.word)]
    row = chips(request.GET, "state", _("Trạng thái"), options)
    if row.value == "read":
        found = found.filter(read_at__isnull=False)
    elif row.value:
        found = found.filter(state=row.value)
    page = paginate(found, request)
    rows = [(letter, *shown(letter)) for letter in page.object_list]
    return render(
        request, "notifications/deliveries.html", {"page": page, "rows": rows, "row": row, "columns": COLUMNS}
    )


@login_required
@require_POST
def again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Queue a letter again that the mail server refused, or of which nobody knows."""
    by = actor_of(request)
    letter = letter_by_public_id(public_id, by=by, on=clock.today())
    try:
        send_again(letter=letter, by=by, at=clock.now())
    except LetterRefused as refused:
        messages.warning(request, sentence(refused) or "")
    else:
        messages.success(request, gettext("Thư sẽ được gửi lại ngay."))
    return redirect("notifications:deliveries")
