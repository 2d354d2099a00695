"""The home page: what must I do now?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caunoi.foundation.notifications.public import notices_of
from caunoi.foundation.pages.public import actor_of
from caunoi.kernel import clock

FEW = 6


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the post one acts for."""
    by = actor_of(request)
    unread = notices_of(by).filter(read_at__isnull=True)[:FEW]
    return render(request, "staff_site/home.html", {"today": clock.today(), "unread": unread})
