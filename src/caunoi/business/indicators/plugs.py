"""What indicators plug into the house: who may see figures, and where they stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.business.indicators.access import Permission
from caunoi.foundation.pages.public import NavigationItem, register_section
from caunoi.foundation.people.public import Role, allow

READERS = (Role.SPECIALIST, Role.LEADER, Role.BRANCH_OFFICER, Role.SCHOOL_OFFICER)


def plug_in() -> None:
    """Register everything; called once when the applications are ready."""
    allow(Permission.READ, READERS)
    register_section(
        "overview",
        label=_("Tổng quan"),
        icon="chart-bar",
        order=100,
        items=[NavigationItem(_("Chỉ tiêu thống kê"), "indicators:indicators", Permission.READ)],
    )
