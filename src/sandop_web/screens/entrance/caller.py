"""Where a request comes from, for the lock against guessed passwords."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of_caller(request: HttpRequest) -> str | None:
    """The caller's address. Behind a proxy it is what the proxy saw: the last entry of X-Forwarded-For, since the
    earlier ones are the caller's own word."""
    seen: str | None = request.META.get("REMOTE_ADDR")
    if settings.BEHIND_PROXY:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        return told if _is_address(told) else seen
    return seen


def _is_address(text: str) -> bool:
    if "%" in text:  # names a network card of the proxy: nothing a database knows as an address
        return False
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
