from caunoi.foundation.personal_data.models.breach import Breach, BreachTask
from caunoi.foundation.personal_data.models.law import Ground, Limit, Retention
from caunoi.foundation.personal_data.models.request import SubjectRequest
from caunoi.foundation.personal_data.models.reveal import Reveal

__all__ = ["Breach", "BreachTask", "Ground", "Limit", "Retention", "Reveal", "SubjectRequest"]
