"""Addresses of staff_site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "staff_site"
urlpatterns: list[URLPattern | URLResolver] = []
