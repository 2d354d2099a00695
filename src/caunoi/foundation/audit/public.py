"""The door of audit."""

from caunoi.foundation.audit.access import Permission, entries_of_units, faults, history
from caunoi.foundation.audit.models import Entry
from caunoi.foundation.audit.operations import Subject, record, use_case

__all__ = ["Entry", "Permission", "Subject", "entries_of_units", "faults", "history", "record", "use_case"]
