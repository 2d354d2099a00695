"""A real office: secrets from the environment, secure cookies, no demonstration."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from caunoi.settings.base import *  # noqa: F403 - settings are layered by star import, as Django expects
from caunoi.settings.base import ENVIRONMENT

if not ENVIRONMENT.secret_key or len(ENVIRONMENT.secret_key) < 50:
    raise ImproperlyConfigured("CAUNOI_SECRET_KEY must be set to at least 50 random characters")
if not ENVIRONMENT.hosts:
    raise ImproperlyConfigured("CAUNOI_HOSTS must name the host names of this office, separated by commas")

SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENVIRONMENT.hosts]
DEMONSTRATION = False

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxies else None
SECURE_HSTS_SECONDS = 31_536_000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "caunoi.foundation.pages.web.static.Storage"},
}

_mail = urlsplit(ENVIRONMENT.mail_url)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _mail.hostname or "localhost"
EMAIL_PORT = _mail.port or 25
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_TIMEOUT = 20
