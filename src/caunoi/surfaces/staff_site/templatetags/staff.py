"""Words for rules and questions on the pages that join modules."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caunoi.foundation.calendar.public import Bound, DueRule, Rhythm

register = template.Library()

_RHYTHMS = {
    Rhythm.ONCE: gettext_lazy("một lần"),
    Rhythm.YEARLY: gettext_lazy("hằng năm"),
    Rhythm.HALF_YEARLY: gettext_lazy("6 tháng"),
    Rhythm.QUARTERLY: gettext_lazy("hằng quý"),
    Rhythm.MONTHLY: gettext_lazy("hằng tháng"),
}
_QUESTIONS = {
    "day": gettext_lazy("Văn bản không ghi ngày cụ thể: hãy tự đặt ngày."),
    "who": gettext_lazy("Không rõ đơn vị nào phải thực hiện."),
    "to_whom": gettext_lazy("Không rõ gửi cho cơ quan nào."),
    "yearly_or_once": gettext_lazy("Ngày ghi cho một năm nhưng lời văn là hằng năm: hãy chọn một lần hay hằng năm."),
}


@register.filter
def due_words(rule: DueRule | None) -> str:
    """Return a deadline in words: "hằng năm, trước ngày 10/12"; what the text leaves open is said."""
    if rule is None:
        return _("văn bản không ghi thời hạn")
    rhythm = str(_RHYTHMS[rule.rhythm])
    if rule.is_open and not rule.days:
        return _("%(rhythm)s, để ngỏ ngày") % {"rhythm": rhythm}
    bound = _("trước ngày") if rule.bound is Bound.STRICTLY_BEFORE else _("chậm nhất ngày")
    days = ", ".join(
        f"{day:02d}/{month:02d}" if month else _("%(day)s hằng tháng") % {"day": day} for month, day in rule.days
    )
    year = f"/{rule.year}" if rule.year else ""
    return f"{rhythm}, {bound} {days}{year}"


@register.filter
def question_words(code: str) -> str:
    """Return the sentence for something that the text leaves open."""
    return str(_QUESTIONS.get(code, code))
