"""The door of audit."""

from caunoi.foundation.audit.access import Permission, entries_of_units, faults, history
from caunoi.foundation.audit.models import Entry
from caunoi.foundation.audit.operations import Subject, record, use_case
from caunoi.foundation.audit.rules.verbs import describe_verbs, verb_label

__all__ = [
    "Entry",
    "Permission",
    "Subject",
    "describe_verbs",
    "entries_of_units",
    "faults",
    "history",
    "record",
    "use_case",
    "verb_label",
]
