"""The one place in which reporting tells units that something waits for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final

from django.utils.translation import gettext_noop

from caunoi.business.reporting.models import Campaign, ExpectedReporter
from caunoi.foundation.notifications.public import Message, notify
from caunoi.foundation.people.public import Role
from caunoi.kernel.actor import Actor

CHUNK: Final = 900
ROLES: Final = (Role.SCHOOL_OFFICER, Role.REPORTER, Role.SPECIALIST, Role.LEADER)
TITLES: Final = {
    "opened": gettext_noop("Đợt báo cáo mới: %(campaign)s"),
    "chased": gettext_noop("Đôn đốc báo cáo: %(campaign)s"),
    "returned": gettext_noop("Báo cáo bị trả lại: %(campaign)s"),
    "accepted": gettext_noop("Báo cáo đã được tiếp nhận: %(campaign)s"),
    "heir": gettext_noop("Báo cáo thay đơn vị đã sáp nhập: %(campaign)s"),
    "changed": gettext_noop("Đơn vị thay đổi trong đợt báo cáo: %(campaign)s"),
    "asked": gettext_noop("Câu hỏi về báo cáo: %(campaign)s"),
    "answered": gettext_noop("Đã trả lời câu hỏi: %(campaign)s"),
    "extended": gettext_noop("Gia hạn báo cáo: %(campaign)s"),
    "reopened": gettext_noop("Báo cáo được mở lại: %(campaign)s"),
    "on_behalf": gettext_noop("Báo cáo được nhập thay đơn vị: %(campaign)s"),
    "held_back": gettext_noop("Báo cáo chưa gửi cùng văn bản: %(campaign)s"),
    "presented": gettext_noop("Báo cáo trình duyệt: %(campaign)s"),
}
"""Notices are kept in Vietnamese, the language in which offices write to each other."""
MINE: Final = "/bao-cao/cua-toi/"
REPORTS: Final = "/bao-cao/don-vi/"
CAMPAIGNS: Final = "/bao-cao/dot/"


def tell(
    kind: str,
    campaign: Campaign,
    unit_ids: Collection[int],
    *,
    text: str = "",
    reporter: ExpectedReporter | None = None,
    roles: Collection[Role] = ROLES,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Tell the people of units; the notice opens the report of the unit, or the list of its reports."""
    title = TITLES[kind] % {"campaign": campaign.name}
    last = f"{campaign.last_day_on:%d/%m/%Y}"
    message = Message(
        kind=f"reporting.{kind}",
        title=title,
        address=f"{MINE}{reporter.public_id}/" if reporter is not None else MINE,
        text=text or f"Ngày cuối cùng còn đúng hạn: {last}.",
    )
    ids = list(unit_ids)
    for start in range(0, len(ids), CHUNK):
        notify(message, unit_ids=ids[start : start + CHUNK], roles=tuple(roles), by=by, at=at)


def tell_gatherers(
    kind: str,
    campaign: Campaign,
    *,
    text: str = "",
    reporter: ExpectedReporter | None = None,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Tell those who gather a campaign; the notice opens the campaign, or one unit's report in it."""
    address = f"{REPORTS}{reporter.public_id}/" if reporter is not None else f"{CAMPAIGNS}{campaign.public_id}/"
    title = TITLES[kind] % {"campaign": campaign.name}
    message = Message(kind=f"reporting.{kind}", title=title, address=address, text=text)
    notify(message, unit_ids=[campaign.owner_id], roles=(Role.SPECIALIST,), by=by, at=at)
