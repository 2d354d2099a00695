"""Addresses of personal data, under ``du-lieu-ca-nhan/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from caunoi.foundation.personal_data.web import (
    views_breaches,
    views_inventory,
    views_mine,
    views_requests,
    views_reveal,
)

app_name = "personal_data"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views_inventory.inventory, name="inventory"),
    path("lan-hien/", views_inventory.reveals, name="reveals"),
    path("yeu-cau/", views_requests.requests, name="requests"),
    path("yeu-cau/moi/", views_requests.new_request, name="request_new"),
    path("yeu-cau/<uuid:public_id>/", views_requests.request_record, name="request"),
    path("yeu-cau/<uuid:public_id>/in/", views_requests.request_print, name="request_print"),
    path("yeu-cau/<uuid:public_id>/<slug:step>/", views_requests.request_step, name="request_step"),
    path("vi-pham/", views_breaches.breaches, name="breaches"),
    path("vi-pham/moi/", views_breaches.new_breach, name="breach_new"),
    path("vi-pham/<uuid:public_id>/", views_breaches.breach_record, name="breach"),
    path("vi-pham/<uuid:public_id>/in/", views_breaches.breach_print, name="breach_print"),
    path("vi-pham/<uuid:public_id>/<slug:step>/", views_breaches.breach_step, name="breach_step"),
    path("cua-toi/", views_mine.mine, name="mine"),
    path("cua-toi/ban-sao/", views_mine.mine_export, name="mine_export"),
    path("hien/<slug:kind>/<uuid:record>/<slug:field>/", views_reveal.reveal_field, name="reveal"),
]
