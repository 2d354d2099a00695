"""The home page: what must I do now?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caunoi.foundation.pages.public import actor_of
from caunoi.foundation.people.public import Role
from caunoi.kernel import clock
from caunoi.surfaces.staff_site.web.home import blocks, running


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the post one acts for, and how the campaigns that one oversees are going.

    Who leads sees the campaigns first, who works sees the work first.
    """
    by, today = actor_of(request), clock.today()
    context = {
        "today": today,
        "blocks": blocks(by, on=today),
        "campaigns": running(by, on=today),
        "leads": Role.LEADER in by.roles,
    }
    return render(request, "staff_site/home.html", context)
