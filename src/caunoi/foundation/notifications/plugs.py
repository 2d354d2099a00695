"""What notifications put into the shell and say when they refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.notifications.access import unread_count
from caunoi.foundation.pages.public import NavigationItem, configure_shell, register_refusals


def plug_in() -> None:
    """Show the bell with the number of unread notices."""
    configure_shell(
        notifications=NavigationItem(_("Thông báo"), "notifications:inbox", badge=unread_count, icon="bell")
    )
    register_refusals({"notice_not_found": _("Không có thông báo này, hoặc thông báo không gửi cho vị trí của bạn.")})
