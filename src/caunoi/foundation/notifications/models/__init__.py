from caunoi.foundation.notifications.models.delivery import (
    Delivery,
    DeliveryKind,
    DeliveryState,
    Enclosure,
    Preference,
)
from caunoi.foundation.notifications.models.notice import Notice, Rung

__all__ = ["Delivery", "DeliveryKind", "DeliveryState", "Enclosure", "Notice", "Preference", "Rung"]
