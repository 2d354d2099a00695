"""What calendar say of themselves to the modules below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.audit.public import describe_verbs


def plug_in() -> None:
    """Describe the verbs that the audit shows."""
    describe_verbs({"calendar.set_day_off": _("Ghi ngày nghỉ"), "calendar.remove_day_off": _("Bỏ ngày nghỉ")})
