"""Who asks for a page of personal data, and the tabs over the pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from caunoi.foundation.pages.public import Tab, actor_of
from caunoi.foundation.personal_data.access import Permission
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed


def permitted(request: HttpRequest, permission: Permission) -> Actor:
    """Return who asks. Raises NotAllowed without the permission anywhere."""
    by = actor_of(request)
    if not by.may(permission):
        raise NotAllowed("personal_not_allowed")
    return by


def tabs(request: HttpRequest, current: str) -> list[Tab]:
    """Return the parts that one may open."""
    by = actor_of(request)
    parts = [
        ("inventory", _("Danh mục dữ liệu"), Permission.READ),
        ("reveals", _("Lần hiện dữ liệu"), Permission.READ),
        ("requests", _("Yêu cầu của cá nhân"), Permission.MANAGE),
        ("breaches", _("Vi phạm"), Permission.MANAGE),
    ]
    return [
        Tab(label, reverse(f"personal_data:{name}"), current=name == current)
        for name, label, permission in parts
        if by.may(permission)
    ]
