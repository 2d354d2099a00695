"""The door of notifications."""

from caunoi.foundation.notifications.access import notices_of, unread_count
from caunoi.foundation.notifications.models import Notice
from caunoi.foundation.notifications.operations.notices import Message, notify, take_rung
from caunoi.foundation.notifications.rules.kinds import register_urgent

__all__ = ["Message", "Notice", "notices_of", "notify", "register_urgent", "take_rung", "unread_count"]
