"""What the environment says, read once and typed. Nothing else in the system reads environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class IdentityServer:
    """The office's own sign-in (OpenID Connect): address, this system's name and secret there, words on the button."""

    address: str
    client: str
    secret: str
    name: str

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> IdentityServer | None:
        """Return what CAUNOI_OIDC_… says; ``None`` without an address. Raises ValueError when a part is missing."""
        address = variables.get("CAUNOI_OIDC_ADDRESS", "").rstrip("/")
        if not address:
            return None
        client, secret = variables.get("CAUNOI_OIDC_CLIENT", ""), variables.get("CAUNOI_OIDC_SECRET", "")
        if not client or not secret:
            raise ValueError("CAUNOI_OIDC_ADDRESS needs CAUNOI_OIDC_CLIENT and CAUNOI_OIDC_SECRET beside it")
        return cls(address, client, secret, variables.get("CAUNOI_OIDC_NAME") or "OpenID Connect")


@dataclass(frozen=True, slots=True)
class Environment:
    """Typed view of the variables that an installation may set; see docs/how-to/set-up-an-office.md."""

    data: Path
    database_url: str
    secret_key: str | None
    hosts: tuple[str, ...]
    public_address: str
    mail_url: str
    mail_from: str
    shared_documents: Path
    https: bool
    proxies: int
    workers: int
    anchors: Path | None
    """A file kept elsewhere to which the heads of the audit are added every day."""
    leaked_passwords: Path | None
    """A file of leaked passwords: words, or SHA-1 or their beginnings, one a line."""
    waives_second_factor: bool
    """Whether the demonstration's administrator may work without a second factor."""
    identity: IdentityServer | None

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
            mail_from=variables.get("CAUNOI_MAIL_FROM") or "Cầu Nối <cau-noi@localhost>",
            shared_documents=Path(variables.get("CAUNOI_SHARED") or ROOT.parent / "shared"),
            https=variables.get("CAUNOI_HTTPS", "") == "1",
            proxies=int(variables.get("CAUNOI_PROXIES", "0")),
            workers=int(variables.get("CAUNOI_WORKERS", "1")),
            anchors=Path(anchors) if (anchors := variables.get("CAUNOI_ANCHORS")) else None,
            leaked_passwords=Path(leaked) if (leaked := variables.get("CAUNOI_LEAKED_PASSWORDS")) else None,
            waives_second_factor=variables.get("CAUNOI_SECOND_FACTOR", "") != "1",
            identity=IdentityServer.read(variables),
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


def office_sign_in(server: IdentityServer | None) -> list[dict[str, object]]:
    """Return allauth's description of the office's own sign-in; nothing without one."""
    if server is None:
        return []
    settings = {"server_url": server.address, "oauth_pkce_enabled": True, "email_authentication": False}
    return [
        {
            "provider_id": "co-quan",
            "name": server.name,
            "client_id": server.client,
            "secret": server.secret,
            "settings": settings,
        }
    ]
