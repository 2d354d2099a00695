"""The door of audit."""

from caunoi.foundation.audit.access import Permission, entries_of_units, faults, head_hash, heads, history, latest_at
from caunoi.foundation.audit.models import Entry
from caunoi.foundation.audit.operations import Subject, note_export, record, use_case
from caunoi.foundation.audit.rules.verbs import describe_verbs, described_verbs, verb_label

__all__ = [
    "Entry",
    "Permission",
    "Subject",
    "describe_verbs",
    "described_verbs",
    "entries_of_units",
    "faults",
    "head_hash",
    "heads",
    "history",
    "latest_at",
    "note_export",
    "record",
    "use_case",
    "verb_label",
]
