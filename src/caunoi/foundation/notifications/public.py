"""The door of notifications."""

from caunoi.foundation.notifications.access import notices_of, unread_count
from caunoi.foundation.notifications.models import Notice
from caunoi.foundation.notifications.operations import Message, notify, take_rung

__all__ = ["Message", "Notice", "notices_of", "notify", "take_rung", "unread_count"]
