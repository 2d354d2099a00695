"""Signing in with the office's own account (OpenID Connect): only people who have an account here or are invited."""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus
from typing import Final, NoReturn
from urllib.parse import urlencode

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from caunoi.foundation.accounts.models import Account
from caunoi.foundation.accounts.web.guard import is_locked, unlock
from caunoi.kernel import clock

log = logging.getLogger("caunoi.accounts")
NONCES: Final = "office_nonces"
"""Session key: the nonces of the last few tries, so that two tabs do not disturb each other."""
KEPT: Final = 5
SIGNATURES: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Signatures with a key pair; a shared secret or none at all is not believed."""
FRESH: Final = 300
"""Seconds."""
LOGGED: Final = 200
"""Characters of a reason that the log keeps: a server may answer with a whole page."""


class OfficeProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth ships no types
    """Sends a nonce along, which the answer must carry."""

    def get_auth_params_from_request(self, request: HttpRequest, action: object) -> dict[str, str]:
        """Return the nonce; nothing that stands in the address of the request is passed on.

        To unlock a session the person has to be asked again, not only the memory of their browser.
        """
        nonce = secrets.token_urlsafe(24)
        request.session[NONCES] = [*request.session.get(NONCES, []), nonce][-KEPT:]
        return {"nonce": nonce, **({"prompt": "login", "max_age": "0"} if is_locked(request) else {})}

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Return what is asked for: who it is, and the address."""
        return list(self.get_scope())


class OfficeClient(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """Believes a signed statement for this system, from the named issuer, with our nonce; and nothing else."""

    def get_provider(self) -> OfficeProvider:
        """Return the provider of the settings. Raises SocialApp.DoesNotExist for another name."""
        adapter = OfficeAdapter(self.request)
        return OfficeProvider(self.request, app=adapter.get_app(self.request, provider=self.provider_id))

    @property
    def openid_config(self) -> dict[str, str]:
        """Return what the server says of itself. Raises OAuth2Error when it names another issuer than ours."""
        config: dict[str, str] = super().openid_config
        if config.get("issuer", "").rstrip("/") != self.get_provider().app.settings["server_url"].rstrip("/"):
            raise OAuth2Error("the server names another issuer")
        return config

    def complete_login(self, request: HttpRequest, app: object, token: object, **kwargs: object) -> SocialLogin:
        """Return who the signed statement names. Raises OAuth2Error when anything about it is not right."""
        response = kwargs["response"]
        stated = response.get("id_token", "") if isinstance(response, dict) else ""
        told = self._verified(str(stated), str(getattr(app, "client_id", "")))
        _take_nonce(request, told.get("nonce"))
        if is_locked(request):
            check_fresh(told.get("auth_time"))
        profile = self._fetch_user_info(getattr(token, "token", ""))
        if profile.get("sub") != told.get("sub"):
            raise OAuth2Error("the profile is another person's")
        return self.get_provider().sociallogin_from_response(request, {"userinfo": profile, "id_token": told})

    def _verified(self, stated: str, client: str) -> dict[str, object]:
        """Return what a signed statement says, if its signature, issuer, audience and time are right."""
        with OfficeAdapter(self.request).get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        try:
            named = jwt.get_unverified_header(stated).get("kid")
            keys = jwt.PyJWKSet.from_dict(answer.json()).keys
            fitting = [key for key in keys if named in (None, key.key_id)]
            if len(fitting) != 1:
                raise OAuth2Error("no key, or no single one, fits the statement")
            told: dict[str, object] = jwt.decode(
                stated,
                fitting[0],
                algorithms=SIGNATURES,
                audience=client,
                issuer=self.openid_config["issuer"],
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, ValueError) as error:
            raise OAuth2Error(f"the statement is not good: {error}") from error
        return told


OfficeProvider.oauth2_adapter_class = OfficeClient


def _take_nonce(request: HttpRequest, nonce: object) -> None:
    waiting = request.session.get(NONCES, [])
    if not isinstance(nonce, str) or nonce not in waiting:
        raise OAuth2Error("the nonce is not ours")
    request.session[NONCES] = [one for one in waiting if one != nonce]


def check_fresh(proved: object) -> None:
    """Raise OAuth2Error when the server says that it asked the person longer ago than this unlocking takes."""
    if isinstance(proved, int | float) and clock.now().timestamp() - proved > FRESH:
        raise OAuth2Error("the person was not asked again")


class OfficeAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up: a person is known by the subject used before, or by a verified e-mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Return False."""
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Return False: ``pre_social_login`` finds the account, and takes no password away."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect a person who comes this way for the first time, or refuse who is not known here.

        A locked session is opened to its own person and to nobody else, and goes on as it was.
        """
        if is_locked(request):
            raise ImmediateHttpResponse(_unlocked(request, sociallogin))
        if sociallogin.is_existing:
            return
        account = _known_by_address(sociallogin)
        if account is None:
            raise ImmediateHttpResponse(render(request, "accounts/office_unknown.html", status=HTTPStatus.FORBIDDEN))
        sociallogin.connect(request, account)

    def on_authentication_error(self, request: HttpRequest, provider: object, **kwargs: object) -> NoReturn:
        """Say that it did not work; why is for the log alone."""
        why = str(kwargs.get("exception") or kwargs.get("error"))
        log.warning("the office's sign-in did not come to its end: %s", why[:LOGGED])
        raise ImmediateHttpResponse(failed(request))

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Send nothing: the list of sessions shows how one signed in."""


def _unlocked(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    account = sociallogin.user if sociallogin.is_existing else _known_by_address(sociallogin)
    if account != request.user:
        return render(request, "accounts/office_unknown.html", status=HTTPStatus.FORBIDDEN)
    unlock(request, clock.now())
    target = sociallogin.get_redirect_url(request)
    return redirect(target) if target else render(request, "accounts/unlocked.html")


def office_of(request: HttpRequest) -> OfficeProvider | None:
    """Return the office's own sign-in, if the installation has one."""
    found: list[OfficeProvider] = get_adapter(request).list_providers(request)
    return next(iter(found), None)


def _known_by_address(sociallogin: SocialLogin) -> Account | None:
    addresses = [one.email for one in sociallogin.email_addresses if one.verified is True and one.email]
    found = [account for email in addresses for account in Account.objects.filter(email__iexact=email)]
    return found[0] if len(found) == 1 else None


def failed(request: HttpRequest) -> HttpResponse:
    """Return the page for a sign-in that did not come to its end."""
    return render(request, "accounts/office_failed.html", status=HTTPStatus.UNAUTHORIZED)


@never_cache
@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the office's sign-in by a page of our own: our content policy lets no form go elsewhere."""
    client = OfficeClient(request, provider_id)
    target = request.POST.get("next", "")
    request.GET = QueryDict(urlencode({"next": target}) if target else "")
    try:
        answer = OAuth2LoginView.adapter_view(client)(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (RequestException, OAuth2Error):
        return failed(request)
    if "Location" not in answer.headers:
        return failed(request)
    context = {"address": answer.headers["Location"], "name": client.get_provider().name}
    return render(request, "accounts/office_leading.html", context)


@never_cache
@require_GET
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the answer of the office's sign-in."""
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(OfficeClient(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer
