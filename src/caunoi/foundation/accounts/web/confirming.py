"""Showing again who one is before something that cannot be undone (QCVN 12:2026/BCA: a second factor for deletion)."""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from caunoi.foundation.accounts.models import Account


def confirm_identity(request: HttpRequest) -> HttpResponse | None:
    """Return nothing when the person has shown minutes ago who they are; else the way there, from which it goes on.

    By the second factor where the account has one, by the password otherwise. What was posted is kept and done after.
    """
    way = _way_of(request.user) if isinstance(request.user, Account) else "account_login"
    if way != "account_login" and _was_shown(request, way):
        return None
    answer: HttpResponse = suspend_request(request, reverse(way))
    return answer


def _way_of(account: Account) -> str:
    kinds = set(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    if Authenticator.Type.TOTP in kinds:
        return "mfa_reauthenticate"
    if Authenticator.Type.WEBAUTHN in kinds:
        return "mfa_reauthenticate_webauthn"
    return "account_reauthenticate" if account.has_usable_password() else "account_second_factor_required"


def _was_shown(request: HttpRequest, way: str) -> bool:
    method = "password" if way == "account_reauthenticate" else "mfa"
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(one.get("reauthenticated") and one["method"] == method and one["at"] > since for one in records)
