"""The door of personal_data."""

from caunoi.foundation.personal_data.access import (
    Known,
    Permission,
    held_about,
    holds_everywhere,
    may_reveal,
    register_people,
    register_reach,
)
from caunoi.foundation.personal_data.events import WordSent
from caunoi.foundation.personal_data.operations.law import load_law
from caunoi.foundation.personal_data.operations.reveals import ReasonMissing, reveal
from caunoi.foundation.personal_data.rules.kinds import DataField, DataKind, Held, kinds, register_kind
from caunoi.foundation.personal_data.rules.masking import How, mask

__all__ = [
    "DataField",
    "DataKind",
    "Held",
    "How",
    "Known",
    "Permission",
    "ReasonMissing",
    "WordSent",
    "held_about",
    "holds_everywhere",
    "kinds",
    "load_law",
    "mask",
    "may_reveal",
    "register_kind",
    "register_people",
    "register_reach",
    "reveal",
]
