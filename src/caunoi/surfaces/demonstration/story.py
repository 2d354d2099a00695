"""The chapters of the demonstration in their order. Each tells its part through the doors of the modules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from caunoi.surfaces.demonstration.accounts import tell_accounts
from caunoi.surfaces.demonstration.documents import tell_documents
from caunoi.surfaces.demonstration.office import Office, build_office
from caunoi.surfaces.demonstration.organisations import tell_of_units
from caunoi.surfaces.demonstration.people import tell_people
from caunoi.surfaces.demonstration.plans import SINCE, build_plans
from caunoi.surfaces.demonstration.reporting import tell_reporting
from caunoi.surfaces.demonstration.reporting_above import tell_reports_above
from caunoi.surfaces.demonstration.reporting_communes import tell_commune_reports
from caunoi.surfaces.demonstration.reporting_sheets import tell_sheets
from caunoi.surfaces.demonstration.reporting_tasks import tell_task_reports

TWO_YEARS = dt.timedelta(days=2 * 365)


def tell(*, at: dt.datetime, say: Callable[[str], object]) -> Office:
    """Load everything as it would stand at ``at``, saying what is being loaded."""
    say("Đơn vị, vị trí, người, tài khoản …")
    office = build_office(at=at - TWO_YEARS)
    say("Văn bản đến, văn bản đi trong hai năm …")
    middle = at - SINCE
    tell_documents(office, at=at, since=at - TWO_YEARS, until=middle)
    say("Kế hoạch, nhiệm vụ …")
    build_plans(office, at)
    tell_documents(office, at=at, since=middle, until=at)
    say("Chế độ báo cáo, đợt báo cáo, báo cáo của các đơn vị …")
    tell_reporting(office, at=at)
    tell_task_reports(office, at=at)
    tell_reports_above(office, at=at)
    tell_commune_reports(office, at=at)
    tell_sheets(office, at=at)
    say("Bàn giao, làm thay, ủy quyền ký …")
    tell_people(office, at=at)
    say("Lời mời …")
    tell_accounts(office, at=at)
    tell_of_units(office, at=at)
    return office
