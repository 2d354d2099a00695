"""What organisations say of themselves to the modules below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.audit.public import describe_verbs


def plug_in() -> None:
    """Describe the verbs that the audit shows."""
    describe_verbs(
        {
            "organisations.establish": _("Thành lập đơn vị"),
            "organisations.rename": _("Đổi tên đơn vị"),
            "organisations.move": _("Chuyển đơn vị"),
            "organisations.dissolve": _("Giải thể đơn vị"),
        }
    )
