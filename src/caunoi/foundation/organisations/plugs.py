"""What organisations put into the system: navigation, words of the audit, search."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.audit.public import describe_verbs
from caunoi.foundation.organisations.access import Permission
from caunoi.foundation.pages.public import NavigationItem, register_section


def plug_in() -> None:
    """Describe the verbs that the audit shows; put units into the navigation."""
    describe_verbs(
        {
            "organisations.establish": _("Thành lập đơn vị"),
            "organisations.rename": _("Đổi tên đơn vị"),
            "organisations.move": _("Chuyển đơn vị"),
            "organisations.merge": _("Sáp nhập, hợp nhất đơn vị"),
            "organisations.split": _("Chia, tách đơn vị"),
            "organisations.change_kind": _("Đổi loại hình đơn vị"),
            "organisations.dissolve": _("Giải thể đơn vị"),
            "organisations.transfer": _("Chuyển giao nhiệm vụ giữa đơn vị"),
            "organisations.undo": _("Hoàn tác thay đổi về đơn vị"),
            "organisations.group": _("Lập nhóm đơn vị"),
            "organisations.group_add": _("Thêm đơn vị vào nhóm"),
            "organisations.group_drop": _("Bỏ đơn vị khỏi nhóm"),
        }
    )
    register_section(
        "administration",
        label=_("Quản trị"),
        icon="settings",
        order=110,
        items=[NavigationItem(_("Đơn vị"), "organisations:units", permission=Permission.READ)],
    )
