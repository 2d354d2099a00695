"""What people say of themselves to the modules below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.audit.public import describe_verbs


def plug_in() -> None:
    """Describe the verbs that the audit shows."""
    describe_verbs(
        {
            "people.register": _("Thêm người"),
            "people.create_post": _("Lập vị trí"),
            "people.take_up": _("Giữ vị trí"),
            "people.leave": _("Thôi giữ vị trí"),
            "people.grant": _("Giao quyền"),
            "people.authorise_signing": _("Giao thẩm quyền ký"),
        }
    )
