"""Addresses of one's own account: sign-in, password, second factor, and the post one acts for.

Only the pages of allauth that the system uses are here; there is no signing up and no page of e-mail addresses.
"""

from __future__ import annotations

from allauth.account import views as allauth_views
from django.urls import URLPattern, URLResolver, include, path

from caunoi.foundation.accounts.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.profile, name="account_profile"),
    path("vi-tri/", views.switch_post, name="account_switch_post"),
    path("ngon-ngu/", views.switch_language, name="account_switch_language"),
    path("dang-nhap/", allauth_views.login, name="account_login"),
    path("dang-xuat/", allauth_views.logout, name="account_logout"),
    path("ngung-hoat-dong/", allauth_views.account_inactive, name="account_inactive"),
    path("dang-ky/", allauth_views.signup, name="account_signup"),
    path("xac-nhan-lai/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/", allauth_views.password_change, name="account_change_password"),
    path("mat-khau/dat-moi/", allauth_views.password_set, name="account_set_password"),
    path("mat-khau/quen/", allauth_views.password_reset, name="account_reset_password"),
    path("mat-khau/quen/da-gui/", allauth_views.password_reset_done, name="account_reset_password_done"),
    path(
        "mat-khau/quen/<str:uidb36>-<str:key>/",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mat-khau/quen/xong/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("xac-thuc/", include("allauth.mfa.urls")),
]
