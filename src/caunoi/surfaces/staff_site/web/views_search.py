"""One search over everything one may see."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caunoi.foundation.pages.public import actor_of
from caunoi.foundation.search.public import find

FEW, MANY = 8, 100


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show what matches ``q``: a few of each kind, or many of the kind named in ``kind``."""
    query, only = request.GET.get("q", "").strip(), request.GET.get("kind") or None
    groups = find(query, by=actor_of(request), limit=MANY if only else FEW, only=only)
    return render(request, "staff_site/search.html", {"query": query, "groups": groups, "only": only, "few": FEW})
