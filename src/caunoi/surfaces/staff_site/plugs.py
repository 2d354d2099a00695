"""What the staff site puts into the shell: home, search, administration; and who may read the audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caunoi.business.documents.public import register_obligation_action, register_obligation_target
from caunoi.foundation.audit.public import Entry, describe_verbs
from caunoi.foundation.audit.public import Permission as AuditPermission
from caunoi.foundation.organisations.public import Permission as UnitsPermission
from caunoi.foundation.organisations.public import ids_within
from caunoi.foundation.pages.public import NavigationItem, configure_shell, register_refusals, register_section
from caunoi.foundation.people.public import Permission as PeoplePermission
from caunoi.foundation.people.public import Role, allow, reaches_all
from caunoi.foundation.personal_data.public import DataField, DataKind, register_kind, register_reach
from caunoi.foundation.personal_data.public import Permission as PersonalPermission
from caunoi.kernel.actor import Scope

PERSONAL_ROLES = {
    PersonalPermission.READ: (Role.ADMINISTRATOR, Role.LEADER),
    PersonalPermission.REVEAL: (Role.ADMINISTRATOR, Role.LEADER, Role.SPECIALIST, Role.BRANCH_OFFICER),
    PersonalPermission.MANAGE: (Role.ADMINISTRATOR,),
}


_IN_THE_AUDIT = DataKind(
    key="audit-names",
    label=_("Người làm trong nhật ký"),
    purpose=_("Truy vết thay đổi, lần xem dữ liệu và đăng nhập"),
    fields=(
        DataField("name", _("Họ tên")), DataField("post", _("Vị trí")), DataField("address", _("Địa chỉ máy")),
    ),
    ground="security",
    retention="security_log",
    is_public_office=True,
    count=Entry.objects.count,
)  # fmt: skip


def plug_in() -> None:
    """Register the first and the last section of the navigation and the search bar."""
    allow(AuditPermission.READ, [Role.ADMINISTRATOR, Role.LEADER, Role.SPECIALIST, Role.BRANCH_OFFICER])
    allow(UnitsPermission.READ, list(Role))
    allow(UnitsPermission.MANAGE, [Role.ADMINISTRATOR])
    for permission, roles in PERSONAL_ROLES.items():
        allow(permission, roles)
    register_reach(_units_of, whole=_is_whole)
    register_kind(_IN_THE_AUDIT)
    configure_shell(
        home_url_name="staff_site:home",
        search_url_name="staff_site:search",
        account_items=[
            NavigationItem(_("Lịch công việc"), "staff_site:calendar"),
            NavigationItem(_("Xuất dữ liệu đơn vị"), "staff_site:exports"),
        ],
    )
    register_section(
        "home",
        label=_("Việc của tôi"),
        icon="home",
        order=10,
        items=[NavigationItem(_("Việc của tôi"), "staff_site:home")],
    )
    register_section(
        "administration",
        label=_("Quản trị"),
        icon="settings",
        order=110,
        items=[
            NavigationItem(_("Nhật ký thay đổi"), "staff_site:audit", permission=AuditPermission.READ, order=80),
            NavigationItem(_("Nhập từ Excel"), "staff_site:import", permission=PeoplePermission.ADMINISTER, order=40),
        ],
    )
    register_obligation_action(label=_("Giao việc"), address=_hand_on)
    register_obligation_target("task", address=_task)
    register_obligation_target("regime", address=_regime)
    describe_verbs(
        {"audit.export": _("Xuất nhật ký thay đổi"), "audit.anchor": _("Lưu mốc neo của nhật ký ở nơi khác")}
    )
    register_refusals({"audit_not_allowed": _("Vị trí của bạn không được xem nhật ký thay đổi.")})


def _units_of(scopes: Iterable[Scope], on: dt.date) -> Iterable[int]:
    return ids_within(scopes, on=on)


def _is_whole(scopes: Iterable[Scope], on: dt.date) -> bool:
    return reaches_all(scopes, on=on)


def _hand_on(public_id: UUID) -> str:
    return reverse("staff_site:hand_on", args=[public_id])


def _task(public_id: UUID) -> str:
    return reverse("plans:task", args=[public_id])


def _regime(public_id: UUID) -> str:
    return reverse("reporting:regime", args=[public_id])
