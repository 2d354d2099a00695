"""The door of calendar."""

from caunoi.foundation.calendar.access import corrected_days, days_off, working_days
from caunoi.foundation.calendar.models import Holiday
from caunoi.foundation.calendar.operations import DayRefused, remove_day_off, set_day_off
from caunoi.foundation.calendar.rules.due import AfterRule, Bound, DayOffRule, Due, DueRule, Rhythm, in_working_time
from caunoi.foundation.calendar.rules.working_days import WorkingDays
from caunoi.foundation.calendar.templatetags.due import RHYTHM_WORDS, due_words

__all__ = [
    "RHYTHM_WORDS",
    "AfterRule",
    "Bound",
    "DayOffRule",
    "DayRefused",
    "Due",
    "DueRule",
    "Holiday",
    "Rhythm",
    "WorkingDays",
    "corrected_days",
    "days_off",
    "due_words",
    "in_working_time",
    "remove_day_off",
    "set_day_off",
    "working_days",
]
