"""Settings common to every installation."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final, Literal

from caunoi.settings.environment import Environment, database, office_sign_in

ENVIRONMENT: Final = Environment.read()
PACKAGE: Final = Path(__file__).resolve().parents[1]

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "caunoi.settings.urls"
WSGI_APPLICATION = "caunoi.settings.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"

INSTALLED_APPS = [
    "caunoi.surfaces.demonstration",
    "caunoi.surfaces.staff_site",
    "caunoi.surfaces.api",
    "caunoi.business.reporting",
    "caunoi.business.plans",
    "caunoi.business.documents",
    "caunoi.business.indicators",
    "caunoi.foundation.notifications",
    "caunoi.foundation.accounts",
    "caunoi.foundation.people",
    "caunoi.foundation.organisations",
    "caunoi.foundation.personal_data",
    "caunoi.foundation.files",
    "caunoi.foundation.calendar",
    "caunoi.foundation.search",
    "caunoi.foundation.spreadsheets",
    "caunoi.foundation.pages",
    "caunoi.foundation.audit",
    "caunoi.foundation.jobs",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
]

TRUSTED_PROXIES = ENVIRONMENT.proxies
"""How many proxies of the office stand before the web server; each adds one address to X-Forwarded-For."""

MIDDLEWARE = [
    "caunoi.foundation.pages.web.middleware.client_address",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "caunoi.foundation.pages.web.middleware.security_headers",
    "caunoi.foundation.pages.web.middleware.limited_body",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "caunoi.foundation.accounts.web.middleware.actor",
    "caunoi.foundation.accounts.web.guard.guard",
    "caunoi.foundation.pages.web.middleware.refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(PACKAGE.glob("*/*/web/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "caunoi.foundation.pages.web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "caunoi.foundation.pages.web.forms.Renderer"

DATABASES = {"default": database(ENVIRONMENT.database_url)}
DATABASE_AT = database
"""How the address of a database is read, for the command that moves to another."""
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE: Literal["Lax"] = "Lax"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "caunoi.foundation.pages.web.formats"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
UNRECORDED_WRITES_FAIL = False
"""Whether a use case that writes and records nothing fails: the tests say so."""
AUDIT_ANCHORS = ENVIRONMENT.anchors
FILES_ROOT = ENVIRONMENT.data / "files"
"""Where uploaded originals are kept, by their hash."""
UPLOAD_LIMIT = 50 * 1024 * 1024
"""Bytes of one uploaded file; a technical limit of the installation."""
UPLOAD_LIMIT_TOGETHER = 3 * UPLOAD_LIMIT
"""Bytes of all files of one request."""
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

AUTHENTICATION_BACKENDS = ["caunoi.foundation.accounts.web.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "caunoi.foundation.accounts.web.validators.ByTheRules"},
    {"NAME": "caunoi.foundation.accounts.web.validators.NotLeaked"},
]
LEAKED_PASSWORDS = ENVIRONMENT.leaked_passwords
SECOND_FACTOR_WAIVED_FOR_DEMONSTRATION = False
"""Only an installation for trying out may waive it, and only for the accounts of the demonstration."""
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=4).total_seconds())
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "caunoi.foundation.accounts.web.adapter.Adapter"
ACCOUNT_FORMS = {"login": "caunoi.foundation.accounts.web.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip", "login": "120/m/ip", "reset_password": "20/m/ip,3/m/key"}
"""Short bursts; the lock by the dated rules of sign-in stands behind them."""
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Cầu Nối"
MFA_FORMS = {
    "add_webauthn": "caunoi.foundation.accounts.web.forms.AddKeyForm",
    "edit_webauthn": "caunoi.foundation.accounts.web.forms.RenameKeyForm",
}

SOCIALACCOUNT_ADAPTER = "caunoi.foundation.accounts.web.office_sign_in.OfficeAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": office_sign_in(ENVIRONMENT.identity)}}
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "caunoi.foundation.pages.web.failures.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
PUBLIC_ADDRESS = ENVIRONMENT.public_address.rstrip("/")
"""Where people reach this system: the beginning of every link in a letter."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
