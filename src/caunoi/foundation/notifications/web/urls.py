"""Addresses of notifications."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from caunoi.foundation.notifications.web import views, views_mail

app_name = "notifications"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.inbox, name="inbox"),
    path("thu/", views_mail.mail, name="mail"),
    path("thu-da-gui/", views_mail.deliveries, name="deliveries"),
    path("thu-da-gui/<uuid:public_id>/gui-lai/", views_mail.again, name="send_again"),
    path("da-doc/", views.read_all, name="read_all"),
    path("<uuid:public_id>/", views.open_notice, name="open"),
]
