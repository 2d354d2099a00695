"""What the staff site puts into the shell: home, search, administration; and who may read the audit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.audit.public import Permission as AuditPermission
from caunoi.foundation.pages.public import NavigationItem, configure_shell, register_section
from caunoi.foundation.people.public import Role, allow


def plug_in() -> None:
    """Register the first and the last section of the navigation and the search bar."""
    allow(AuditPermission.READ, [Role.ADMINISTRATOR, Role.LEADER, Role.SPECIALIST, Role.BRANCH_OFFICER])
    configure_shell(home_url_name="staff_site:home", search_url_name="staff_site:search")
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
        items=[NavigationItem(_("Nhật ký thay đổi"), "staff_site:audit", permission=AuditPermission.READ)],
    )
