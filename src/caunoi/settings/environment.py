"""What the environment says, read once and typed. Nothing else in the system reads environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Environment:
    """Typed view of the variables that an installation may set; see docs/how-to/set-up-an-office.md."""

    data: Path
    database_url: str
    secret_key: str | None
    hosts: tuple[str, ...]
    public_address: str
    mail_url: str
    shared_documents: Path
    https: bool
    proxies: int
    workers: int

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> Environment:
        """Return the settings of this process. Raises ValueError for a number that is none."""
        data = Path(variables.get("CAUNOI_DATA") or ROOT / "var").resolve()
        return cls(
            data=data,
            database_url=variables.get("DATABASE_URL") or f"sqlite:///{data / 'caunoi.sqlite3'}",
            secret_key=variables.get("CAUNOI_SECRET_KEY") or None,
            hosts=tuple(h.strip() for h in variables.get("CAUNOI_HOSTS", "").split(",") if h.strip()),
            public_address=variables.get("CAUNOI_ADDRESS", "http://127.0.0.1:8000"),
            mail_url=variables.get("CAUNOI_MAIL", ""),
            shared_documents=Path(variables.get("CAUNOI_SHARED") or ROOT.parent / "shared"),
            https=variables.get("CAUNOI_HTTPS", "") == "1",
            proxies=int(variables.get("CAUNOI_PROXIES", "0")),
            workers=int(variables.get("CAUNOI_WORKERS", "1")),
        )


def database(url: str) -> dict[str, object]:
    """Return Django's description of the database at ``url`` (sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME).

    Raises ValueError for any other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        query = parse_qs(parts.query)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or query.get("host", [""])[0]),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ValueError(f"DATABASE_URL must begin with sqlite:/// or postgres://, not {parts.scheme!r}")
