"""Addresses of people, posts and rights."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from caunoi.foundation.people.web import views_handover, views_people, views_posts, views_rights, views_units

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views_people.people, name="people"),
    path("danh-sach.xlsx", views_people.export, name="people_export"),
    path("<uuid:public_id>/", views_people.person, name="person"),
    path("<uuid:public_id>/sua/", views_people.correct, name="correct"),
    path("don-vi/", views_units.units, name="units"),
    path("don-vi/<uuid:public_id>/", views_units.unit, name="unit"),
    path("don-vi/<uuid:public_id>/them-vi-tri/", views_units.new_post, name="new_post"),
    path("vi-tri/<uuid:public_id>/", views_posts.post, name="post"),
    path("vi-tri/<uuid:public_id>/ban-giao/", views_handover.handover, name="handover"),
    path("vi-tri/<uuid:public_id>/<slug:act>/", views_posts.act, name="act"),
    path("phan-quyen/", views_rights.grants, name="grants"),
    path("phan-quyen/<uuid:public_id>/thu-hoi/", views_rights.end_grant, name="end_grant"),
    path("tham-quyen-ky/", views_rights.signing, name="signing"),
    path("tham-quyen-ky/<uuid:public_id>/ket-thuc/", views_rights.end_signing, name="end_signing"),
]
