"""What notifications put into the shell and say when they refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.audit.public import describe_verbs
from caunoi.foundation.notifications.access import Permission, unread_count
from caunoi.foundation.notifications.rules.kinds import register_urgent
from caunoi.foundation.pages.public import NavigationItem, configure_shell, register_refusals, register_section
from caunoi.foundation.people.public import Role, allow


def plug_in() -> None:
    """Show the bell with the number of unread notices."""
    configure_shell(
        notifications=NavigationItem(_("Thông báo"), "notifications:inbox", badge=unread_count, icon="bell"),
        account_items=[NavigationItem(_("Nhận thư thông báo"), "notifications:mail")],
    )
    allow(Permission.OVERSEE, [Role.ADMINISTRATOR])
    register_urgent(["personal_data.reveal_rate", "personal_data.due"])
    register_section(
        "administration",
        label=_("Quản trị"),
        icon="settings",
        order=110,
        items=[NavigationItem(_("Thư đã gửi"), "notifications:deliveries", permission=Permission.OVERSEE, order=70)],
    )
    register_refusals({"notifications.not_permitted": _("Vị trí của bạn không được xem thư đã gửi.")})
    register_refusals(
        {
            "notifications.letter_not_found": _("Không có thư này, hoặc thư gửi cho người ngoài phạm vi của bạn."),
            "notifications.not_to_be_sent_again": _("Thư đang chờ gửi hoặc máy chủ đã nhận, không cần gửi lại."),
            "notifications.no_address": _("Tài khoản của %(name)s chưa có địa chỉ thư. Hãy bổ sung rồi gửi lại."),
        }
    )
    describe_verbs({"notifications.send_again": _("Gửi lại thư")})
    register_refusals({"notice_not_found": _("Không có thông báo này, hoặc thông báo không gửi cho vị trí của bạn.")})
