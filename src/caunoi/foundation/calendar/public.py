"""The door of calendar."""

from caunoi.foundation.calendar.access import working_days
from caunoi.foundation.calendar.models import Holiday
from caunoi.foundation.calendar.operations import set_day_off
from caunoi.foundation.calendar.rules.due import Bound, Due, DueRule, Rhythm
from caunoi.foundation.calendar.rules.working_days import WorkingDays

__all__ = ["Bound", "Due", "DueRule", "Holiday", "Rhythm", "WorkingDays", "set_day_off", "working_days"]
