"""Deadlines in words. ``{% load due %}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.calendar.rules.due import Bound, DueRule, Rhythm

register = template.Library()

RHYTHM_WORDS: Final[Mapping[Rhythm, Promise]] = {
    Rhythm.ONCE: _("Một lần"),
    Rhythm.YEARLY: _("Hằng năm"),
    Rhythm.HALF_YEARLY: _("6 tháng"),
    Rhythm.QUARTERLY: _("Hằng quý"),
    Rhythm.MONTHLY: _("Hằng tháng"),
    Rhythm.WEEKLY: _("Hằng tuần"),
    Rhythm.DAILY: _("Hằng ngày"),
}


@register.filter
def due_words(due: DueRule | None) -> str:
    """Return a deadline in one line, "Hằng năm, trước 10/12"; what the text leaves open is said."""
    if due is None:
        return gettext("Không ghi thời hạn")
    rhythm = str(RHYTHM_WORDS[due.rhythm])
    if due.is_open:
        return gettext("%(rhythm)s, chưa rõ ngày") % {"rhythm": rhythm}
    days = ", ".join(_day(month, day, due.year) for month, day in sorted(due.days))
    if due.bound is Bound.STRICTLY_BEFORE:
        return gettext("%(rhythm)s, trước %(days)s") % {"rhythm": rhythm, "days": days}
    return gettext("%(rhythm)s, chậm nhất %(days)s") % {"rhythm": rhythm, "days": days}


def _day(month: int, day: int, year: int | None) -> str:
    if month == 0:
        return gettext("ngày %(day)s") % {"day": f"{day:02d}"}
    return f"{day:02d}/{month:02d}/{year}" if year else f"{day:02d}/{month:02d}"
