from caunoi.foundation.calendar.models.holiday import Holiday

__all__ = ["Holiday"]
