"""Addresses of units, under ``don-vi/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from caunoi.foundation.organisations.web import views_events, views_groups, views_units

app_name = "organisations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views_units.units, name="units"),
    path("tim/", views_units.pick, name="pick"),
    path("nhom/", views_groups.groups, name="groups"),
    path("nhom/lap/", views_groups.new, name="group_new"),
    path("nhom/<uuid:public_id>/", views_groups.group, name="group"),
    path("nhom/<uuid:public_id>/them/", views_groups.add, name="group_add"),
    path("nhom/<uuid:public_id>/bo/", views_groups.drop, name="group_drop"),
    path("thay-doi/<slug:kind>/", views_events.enter, name="event_new"),
    path("thay-doi/<uuid:public_id>/hoan-tac/", views_events.undo, name="event_undo"),
    path("<uuid:public_id>/", views_units.unit, name="unit"),
]
