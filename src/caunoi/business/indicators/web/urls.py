"""Addresses of indicators."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from caunoi.business.indicators.web import views_indicators

app_name = "indicators"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views_indicators.catalogue, name="indicators"),
    path("<slug:code>/", views_indicators.indicator, name="indicator"),
]
