"""The door of notifications."""

from caunoi.foundation.notifications.access import Permission, letters_within, notices_of, unread_count
from caunoi.foundation.notifications.models import Delivery, DeliveryState, Notice
from caunoi.foundation.notifications.operations.notices import Message, notify, take_rung
from caunoi.foundation.notifications.rules.kinds import register_urgent

__all__ = [
    "Delivery",
    "DeliveryState",
    "Message",
    "Notice",
    "Permission",
    "letters_within",
    "notices_of",
    "notify",
    "register_urgent",
    "take_rung",
    "unread_count",
]
