"""Addresses of the pages that join modules: home, search, audit, handing-on."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from caunoi.surfaces.staff_site.web import views_audit, views_hand_on, views_home, views_search

app_name = "staff_site"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views_home.home, name="home"),
    path("tim-kiem/", views_search.search, name="search"),
    path("giao-viec/<uuid:public_id>/", views_hand_on.hand_on, name="hand_on"),
    path("quan-tri/nhat-ky/", views_audit.audit, name="audit"),
]
