"""Words for what a text leaves open. ``{% load staff %}``."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy

register = template.Library()

_QUESTIONS = {
    "day": gettext_lazy("Văn bản không ghi ngày cụ thể: hãy tự đặt ngày."),
    "who": gettext_lazy("Không rõ đơn vị nào phải thực hiện."),
    "to_whom": gettext_lazy("Không rõ gửi cho cơ quan nào."),
    "yearly_or_once": gettext_lazy("Ngày ghi cho một năm nhưng lời văn là hằng năm: hãy chọn một lần hay hằng năm."),
}


@register.filter
def question_words(code: str) -> str:
    """Return the sentence for something that the text leaves open."""
    return str(_QUESTIONS.get(code, code))
