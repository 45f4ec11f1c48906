"""What the environment says, read once into plain values; a wrong word is refused before anything starts."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LOCK_TIMEOUT = 30  # seconds a writer waits for the embedded database


class WrongSetting(Exception):
    """An environment variable that cannot be meant; the message says which and what would do."""


@dataclass(frozen=True)
class Address:
    """The address people use."""

    url: str
    host: str
    port: int
    secure: bool

    @property
    def loopback(self) -> bool:
        return self.host in LOOPBACK


@dataclass(frozen=True)
class MailServer:
    """Where reminders go out by e-mail; no host, no e-mail."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    start_tls: bool = False
    tls: bool = False


def public_address(url: str) -> Address:
    """The address of SANDOP_URL. Raises WrongSetting for plain http beyond this machine: passwords would travel
    in the open; and for an address below another one: the workbench has a host name of its own."""
    parts = urlsplit(url.rstrip("/"))
    plain = not (parts.path or parts.query or parts.fragment or parts.username)
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise WrongSetting(f"SANDOP_URL={url!r}: give an address such as https://sop.example.com")
    secure = parts.scheme == "https"
    if not secure and parts.hostname not in LOOPBACK:
        raise WrongSetting(f"SANDOP_URL={url!r}: beyond this machine the address must begin with https://")
    return Address(f"{parts.scheme}://{parts.netloc}", parts.hostname, parts.port or (443 if secure else 80), secure)


def secret_key(environment: Mapping[str, str], home: Path) -> str:
    """SANDOP_SECRET_KEY, or the key kept in the home folder, made there the first time."""
    given = environment.get("SANDOP_SECRET_KEY", "")
    if given:
        if len(given) < 50:
            raise WrongSetting("SANDOP_SECRET_KEY: give at least 50 characters drawn at random")
        return given
    file = home / "secret-key"
    if not file.is_file():
        home.mkdir(parents=True, exist_ok=True)
        _write_once(file, secrets.token_urlsafe(64))
    return file.read_text(encoding="ascii").strip()


def _write_once(file: Path, text: str) -> None:
    """The file appears whole, readable by its owner only; where two write at once the first one counts."""
    draft = file.with_name(f".{file.name}-{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="ascii")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def database_of(url: str, home: Path) -> dict[str, Any]:
    """Django's description of the database of DATABASE_URL; without one the embedded SQLite in the home folder.
    Raises WrongSetting for another kind of database."""
    if not url:
        return embedded(home / "sandop.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return embedded(Path(parts.path))
    if parts.scheme not in ("postgres", "postgresql"):
        raise WrongSetting(f"DATABASE_URL begins with {parts.scheme!r}: postgres:// and sqlite:// are known")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def embedded(file: Path) -> dict[str, Any]:
    """The embedded database: readers never wait for a writer (WAL), writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "timeout": LOCK_TIMEOUT,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def email_of(url: str) -> MailServer:
    """The mail server of SANDOP_EMAIL_URL; none where it is left out."""
    if not url:
        return MailServer()
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise WrongSetting("SANDOP_EMAIL_URL: give smtp://user:password@host:587 or smtps://user:password@host:465")
    tls = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=parts.port or (465 if tls else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        start_tls=not tls and parts.hostname not in LOOPBACK,
        tls=tls,
    )


def sign_on_of(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """The provider of SANDOP_OIDC_* as django-allauth describes one; none where no issuer is named. Raises
    WrongSetting where the client id is missing, or for plain http beyond this machine."""
    issuer = environment.get("SANDOP_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return []
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise WrongSetting(f"SANDOP_OIDC_ISSUER={issuer!r}: the address must begin with https://")
    if not environment.get("SANDOP_OIDC_CLIENT_ID"):
        raise WrongSetting("SANDOP_OIDC_CLIENT_ID: give the id under which the provider knows Sandop")
    return [
        {
            "provider_id": "company",
            "name": environment.get("SANDOP_OIDC_NAME") or "SSO",
            "client_id": environment["SANDOP_OIDC_CLIENT_ID"],
            "secret": environment.get("SANDOP_OIDC_CLIENT_SECRET", ""),
            "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
        }
    ]
