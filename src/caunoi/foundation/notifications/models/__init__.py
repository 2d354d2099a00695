from caunoi.foundation.notifications.models.notice import Notice, Rung

__all__ = ["Notice", "Rung"]
