"""Addresses of personal data, under ``du-lieu-ca-nhan/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from caunoi.foundation.personal_data.web import views_reveal

app_name = "personal_data"
urlpatterns: list[URLPattern | URLResolver] = [
    path("hien/<slug:kind>/<uuid:record>/<slug:field>/", views_reveal.reveal_field, name="reveal"),
]
