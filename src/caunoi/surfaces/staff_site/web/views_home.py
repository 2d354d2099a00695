"""The home page: what must I do now?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caunoi.foundation.pages.public import actor_of
from caunoi.foundation.people.public import Permission as PeoplePermission
from caunoi.foundation.people.public import Role
from caunoi.kernel import clock
from caunoi.surfaces.staff_site.web.home import blocks, quarter, running
from caunoi.surfaces.staff_site.web.home_administration import administration


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the post one acts for, and how the campaigns that one oversees are going.

    Who leads sees the quarter in a few figures, then what waits for them and the campaigns; who works sees the work.
    """
    by, today = actor_of(request), clock.today()
    leads = Role.LEADER in by.roles
    context = {
        "today": today,
        "blocks": [*blocks(by, on=today, leads=leads), *administration(by, on=today)],
        "quarter": quarter(by, on=today) if leads else [],
        "campaigns": running(by, on=today),
        "leads": leads,
        "sets_up": by.may(PeoplePermission.ADMINISTER),
    }
    return render(request, "staff_site/home.html", context)
