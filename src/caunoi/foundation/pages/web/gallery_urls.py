"""Addresses of the developers' gallery; included only when DEBUG is on."""

from __future__ import annotations

from django.urls import path

from caunoi.foundation.pages.web import gallery

app_name = "gallery"
urlpatterns = [
    path("", gallery.components, name="components"),
    path("home/", gallery.home, name="home"),
    path("list/", gallery.rows, name="list"),
    path("record/", gallery.record, name="record"),
    path("form/", gallery.form, name="form"),
    path("grid/", gallery.grid, name="grid"),
    path("review/", gallery.review, name="review"),
    path("sign-in/", gallery.sign_in, name="sign-in"),
    path("failure/<int:status>/", gallery.failure, name="failure"),
]
