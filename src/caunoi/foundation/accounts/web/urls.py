"""Addresses of one's own account: sign-in, password, second factor, and the post one acts for.

Only the pages of allauth that the system uses are here; there is no signing up and no page of e-mail addresses.
"""

from __future__ import annotations

from allauth.account import views as allauth_views
from django.urls import URLPattern, URLResolver, include, path, re_path

from caunoi.foundation.accounts.web import (
    office_sign_in,
    views,
    views_first,
    views_lock,
    views_manage,
    views_review,
    views_sessions,
)

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
    re_path(
        r"^mat-khau/quen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",  # the key has a hyphen of its own
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mat-khau/quen/xong/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("xac-thuc/", include("allauth.mfa.urls")),
    path("loi-moi/", views_first.first_sign_in, name="account_first_sign_in"),
    path("loi-moi/<str:token>/", views_first.invitation, name="account_invitation"),
    path("bat-dau/", views_first.welcome, name="account_welcome"),
    path("bat-buoc-hai-buoc/", views_first.second_factor_required, name="account_second_factor_required"),
    path("co-quan/<slug:provider_id>/", office_sign_in.begin, name="openid_connect_login"),
    path("co-quan/<slug:provider_id>/tra-ve/", office_sign_in.come_back, name="openid_connect_callback"),
    path("mo-khoa/", views_lock.unlock, name="account_unlock"),
    path("khoa/", views_lock.lock, name="account_lock"),
    path("con-lam-viec/", views_lock.alive, name="account_alive"),
    path("phien/", views_sessions.sessions, name="account_sessions"),
    path("phien/ket-thuc-khac/", views_sessions.end_other_sessions, name="account_end_other_sessions"),
    path("phien/<uuid:public_id>/ket-thuc/", views_sessions.end_session, name="account_end_session"),
    path("khoa-truy-cap/", views_sessions.keys, name="account_keys"),
    path("khoa-truy-cap/<uuid:public_id>/thu-hoi/", views_sessions.end_key, name="account_end_key"),
    path("quan-ly/", views_manage.accounts, name="account_manage"),
    path("quan-ly/moi/", views_manage.invite_people, name="account_invite"),
    path("quan-ly/moi/<uuid:public_id>/", views_manage.batch, name="account_invite_batch"),
    path("quan-ly/loi-moi/", views_manage.invitations, name="account_invitations"),
    path("quan-ly/loi-moi/<uuid:public_id>/thu-hoi/", views_manage.withdraw, name="account_withdraw"),
    path("quan-ly/loi-moi/<uuid:public_id>/gui-lai/", views_manage.invite_again, name="account_invite_again"),
    path("quan-ly/ra-soat/", views_review.review, name="account_review"),
    path("quan-ly/ra-soat/ghi/", views_review.decide, name="account_review_decide"),
    path("quan-ly/ra-soat/tai-ve/", views_review.export, name="account_review_export"),
    path("quan-ly/quy-tac/", views_manage.rules, name="account_rules"),
    path("quan-ly/quy-tac/<slug:code>/", views_manage.rule, name="account_rule"),
    path("quan-ly/<uuid:public_id>/", views_manage.account, name="account_manage_one"),
    path("quan-ly/<uuid:public_id>/<slug:step>/", views_manage.act, name="account_manage_act"),
]
