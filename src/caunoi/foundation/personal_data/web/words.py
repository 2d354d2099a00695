"""Words and looks of states, kinds of requests and clocks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.pages.public import State, Tone
from caunoi.foundation.personal_data.models import Reveal
from caunoi.foundation.personal_data.rules.states import BreachState, RequestKind, RequestState
from caunoi.foundation.personal_data.rules.unusual import Unusual

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REQUEST_KINDS = {
    RequestKind.SEE: _("Xem dữ liệu về mình"),
    RequestKind.EXPORT: _("Nhận bản sao dữ liệu"),
    RequestKind.CORRECT: _("Chỉnh sửa dữ liệu"),
    RequestKind.ERASE: _("Xóa dữ liệu"),
    RequestKind.RESTRICT: _("Hạn chế xử lý"),
    RequestKind.OBJECT: _("Phản đối xử lý"),
    RequestKind.WITHDRAW: _("Rút lại sự đồng ý"),
}
REQUEST_STATES = {
    RequestState.RECEIVED: State(_("Mới nhận"), Tone.SOON, "inbox"),
    RequestState.ACKNOWLEDGED: State(_("Đang giải quyết"), Tone.INFO, "hourglass"),
    RequestState.ANSWERED: State(_("Đã trả lời"), Tone.DONE),
    RequestState.REFUSED: State(_("Đã trả lời: không thực hiện"), Tone.NEUTRAL, "circle-x"),
}
BREACH_STATES = {
    BreachState.OPEN: State(_("Chưa thông báo"), Tone.LATE, "alert-triangle"),
    BreachState.NOTIFIED: State(_("Đã thông báo"), Tone.INFO, "send"),
    BreachState.CLOSED: State(_("Đã kết luận"), Tone.DONE),
}
UNUSUAL = {
    Unusual.RATE: _("nhiều bất thường"),
    Unusual.HOURS: _("ngoài giờ làm việc"),
    Unusual.ELSEWHERE: _("đơn vị khác"),
}
SOON = dt.timedelta(hours=24)


def unusual_words(reveal: Reveal) -> list[StrOrPromise]:
    """Return what was unusual about a reveal, in words; one marked before reasons were kept was for its number."""
    why = reveal.unusual_for or ([Unusual.RATE] if reveal.is_unusual else [])
    return [UNUSUAL[Unusual(one)] for one in why]


def clock_state(due: dt.datetime, now: dt.datetime, done: dt.datetime | None) -> State:
    """Return how near a moment is: "còn 3 ngày", "còn 5 giờ", "quá hạn 2 giờ"; done in time or late."""
    if done is not None:
        late = done > due
        return State(gettext("muộn hạn") if late else gettext("đúng hạn"), Tone.LATE if late else Tone.DONE)
    left = due - now
    tone = Tone.LATE if left < dt.timedelta() else Tone.SOON if left < SOON else Tone.NEUTRAL
    words = _span(abs(left))
    shown = gettext("quá hạn %(span)s") if left < dt.timedelta() else gettext("còn %(span)s")
    return State(shown % {"span": words}, tone, "" if tone is Tone.LATE else "clock")


def _span(span: dt.timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    if hours >= 48:
        return ngettext("%(count)s ngày", "%(count)s ngày", hours // 24) % {"count": hours // 24}
    if hours >= 1:
        return ngettext("%(count)s giờ", "%(count)s giờ", hours) % {"count": hours}
    minutes = int(span.total_seconds() // 60)
    return ngettext("%(count)s phút", "%(count)s phút", minutes) % {"count": minutes}
