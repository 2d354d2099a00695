"""An installation on one machine, for trying out, for demonstrations and for development."""

from __future__ import annotations

import secrets
from pathlib import Path

from caunoi.settings.base import *  # noqa: F403 - settings are layered by star import, as Django expects
from caunoi.settings.base import ENVIRONMENT


def _kept_secret(folder: Path) -> str:
    """Return the secret of this data folder, made at the first start and kept beside the data."""
    place = folder / "secret-key"
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True)
        place.write_text(secrets.token_urlsafe(64), encoding="ascii")
        place.chmod(0o600)
    return place.read_text(encoding="ascii")


SECRET_KEY = ENVIRONMENT.secret_key or _kept_secret(ENVIRONMENT.data)
ALLOWED_HOSTS = [*ENVIRONMENT.hosts, "127.0.0.1", "localhost", "[::1]"]
DEMONSTRATION = True
"""The fictional office and its accounts may be loaded."""
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = ENVIRONMENT.data / "mail"
SECOND_FACTOR_WAIVED_FOR_DEMONSTRATION = ENVIRONMENT.waives_second_factor
