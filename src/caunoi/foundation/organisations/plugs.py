"""What organisations put into the system: navigation, words of the audit, search."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caunoi.foundation.audit.public import describe_verbs
from caunoi.foundation.organisations.access import Permission
from caunoi.foundation.organisations.models import Unit
from caunoi.foundation.organisations.operations.finding import every_item
from caunoi.foundation.pages.public import NavigationItem, register_section
from caunoi.foundation.search.public import register
from caunoi.kernel.actor import Actor


def _seen_by(by: Actor) -> Iterable[UUID]:
    known = Unit.objects.all() if by.is_system or by.may(Permission.READ) else Unit.objects.none()
    return known.values_list("public_id", flat=True)


def _address(public_id: UUID) -> str:
    return reverse("organisations:unit", args=[public_id])


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
    register("unit", _("Đơn vị"), visible=_seen_by, address=_address, source=every_item)
    register_section(
        "administration",
        label=_("Quản trị"),
        icon="settings",
        order=110,
        items=[
            NavigationItem(
                pgettext_lazy("nhiều", "Đơn vị"), "organisations:units", permission=Permission.READ, order=10
            )
        ],
    )
