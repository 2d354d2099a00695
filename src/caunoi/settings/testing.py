"""The test suite: fast hashing, mail kept in memory, files in a temporary folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from caunoi.settings.base import *  # noqa: F403 - settings are layered by star import, as Django expects
from caunoi.settings.environment import database

SECRET_KEY = "only-for-tests"  # noqa: S105 - not a secret: the suite's own
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DEMONSTRATION = True
UNRECORDED_WRITES_FAIL = True
SECOND_FACTOR_WAIVED_FOR_DEMONSTRATION = True
DATABASES = {"default": database(os.environ.get("DATABASE_URL") or "sqlite:///:memory:")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
FILES_ROOT = Path(tempfile.gettempdir()) / f"caunoi-test-files-{os.getpid()}"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Static files come straight from their sources: the suite collects none.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
