"""Addresses of the pages that join modules: home, search, audit, handing-on."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from caunoi.surfaces.staff_site.web import (
    views_audit,
    views_calendar,
    views_export,
    views_hand_on,
    views_home,
    views_import,
    views_search,
)

app_name = "staff_site"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views_home.home, name="home"),
    path("tim-kiem/", views_search.search, name="search"),
    path("giao-viec/<uuid:public_id>/", views_hand_on.hand_on, name="hand_on"),
    path("lich-viec/", views_calendar.calendar, name="calendar"),
    path("lich-viec/<str:token>.ics", views_calendar.feed, name="calendar_feed"),
    path("quan-tri/nhap-du-lieu/", views_import.start, name="import"),
    path("quan-tri/nhap-du-lieu/mau.xlsx", views_import.template, name="import_template"),
    path("quan-tri/nhap-du-lieu/<uuid:public_id>/", views_import.run, name="import_run"),
    path("quan-tri/nhap-du-lieu/<uuid:public_id>/tien-do/", views_import.progress, name="import_progress"),
    path("quan-tri/nhap-du-lieu/<uuid:public_id>/danh-dau-loi/", views_import.marked, name="import_marked"),
    path("quan-tri/nhap-du-lieu/<uuid:public_id>/nhap/", views_import.confirm, name="import_confirm"),
    path("quan-tri/nhap-du-lieu/<uuid:public_id>/moi/", views_import.invite, name="import_invite"),
    path("du-lieu-don-vi/", views_export.exports, name="exports"),
    path("du-lieu-don-vi/tien-do/", views_export.progress, name="export_progress"),
    path("du-lieu-don-vi/<uuid:public_id>/tep/", views_export.fetch, name="export_file"),
    path("quan-tri/nhat-ky/", views_audit.audit, name="audit"),
    path("quan-tri/nhat-ky/xuat/", views_audit.audit_export, name="audit_export"),
]
