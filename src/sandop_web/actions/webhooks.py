"""Posting to a webhook, and only to one that may be posted to.

A webhook's address is chosen by people, and the workbench stands inside their network: it must not become a way to
reach what is not public. So the host is looked up, every address it has must be public, and the connection is made to
the very address that was checked. A workbench on this machine alone (loopback) may post anywhere.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from sandop_web.access import WebRefusal
from sandop_web.store.models import Outgoing
from sandop_web.store.notices import host_shown

Channel = Outgoing.Channel
KINDS = (Channel.GENERIC.value, Channel.WECOM.value, Channel.DINGTALK.value)
TIMEOUT = 10  # seconds
_ANSWER = 65_536  # bytes read of an answer
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # IPv6 addresses that stand for IPv4 ones


class WebhookNotAllowed(WebRefusal):
    """The address is not a public one, or not https."""

    message = "decisions.webhook_not_allowed"
    status = 400


class NotDelivered(Exception):
    """The other side did not take the message; the text says why, without the address, which holds a key."""


class Webhook:
    """Where a company's notices are sent. Its address holds a key: it is never shown or recorded whole."""

    def __init__(self, *, kind: str, url: str) -> None:
        self.kind, self.url = kind, url.strip()

    def __str__(self) -> str:
        return f"{self.kind} {host_shown(self.url)}"

    def kept(self) -> dict[str, str]:
        """As the company's rules keep it."""
        return {"kind": self.kind, "url": self.url}


def body(*, kind: str, text: str, link: str) -> dict[str, Any]:
    """What is posted, in the form the kind of webhook takes: WeCom and DingTalk robots take text messages."""
    whole = f"{text}\n{link}" if link else text
    if kind == Channel.WECOM:
        return {"msgtype": "text", "text": {"content": whole}}
    if kind == Channel.DINGTALK:
        return {"msgtype": "text", "text": {"content": f"Sandop {whole}"}}  # the robot's keyword, if it asks for one
    return {"text": text, "link": link}


def require_reachable(url: str) -> None:
    """Raises WebhookNotAllowed unless the address may be posted to."""
    _checked(url)


def post(*, url: str, kind: str, content: Mapping[str, Any]) -> None:
    """Post JSON, once, following no redirect. Raises WebhookNotAllowed, NotDelivered."""
    parts, address = _checked(url)
    connection = _connection(parts, address)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        connection.request(
            "POST", target, json.dumps(content, ensure_ascii=False).encode(), {"Content-Type": "application/json"}
        )
        answer = connection.getresponse()
        _require_taken(kind, answer.status, answer.read(_ANSWER))
    except (OSError, http.client.HTTPException) as trouble:
        raise NotDelivered(type(trouble).__name__) from trouble
    finally:
        connection.close()


def _require_taken(kind: str, status: int, content: bytes) -> None:
    """The robots answer 200 whatever happens, and say in the answer whether they took it."""
    if not 200 <= status < 300:
        raise NotDelivered(f"HTTP {status}")
    if kind == Channel.GENERIC:
        return
    try:
        said = json.loads(content)
        code = said["errcode"]
    except (ValueError, KeyError, TypeError):
        raise NotDelivered("no errcode") from None
    if code != 0:
        raise NotDelivered(f"errcode {code}: {str(said.get('errmsg', ''))[:200]}")


def _checked(url: str) -> tuple[SplitResult, str]:
    """The parts of the address, and the network address that its host has now. Raises WebhookNotAllowed."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise WebhookNotAllowed(address="–") from None
    inside = bool(settings.ADDRESS.loopback)
    plain = inside and parts.scheme == "http"
    if not host or parts.username or not (parts.scheme == "https" or plain) or not url.isascii() or " " in url:
        raise WebhookNotAllowed(address=host_shown(url))
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise WebhookNotAllowed(address=host_shown(url)) from None
    if not found or not (inside or all(_is_public(one) for one in found)):
        raise WebhookNotAllowed(address=host_shown(url))
    return parts, found[0]


def _is_public(address: str) -> bool:
    """False for loopback, private, link-local, reserved and multicast addresses, also inside an IPv6 one."""
    one = ipaddress.ip_address(address.split("%")[0])
    if isinstance(one, ipaddress.IPv6Address):
        one = one.ipv4_mapped or one.sixtofour or (_last_four(one) if one in _NAT64 else one)
    return one.is_global and not one.is_multicast


def _last_four(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(address.packed[-4:])


class _ToAddress(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the name means a moment later."""

    def __init__(self, host: str, port: int | None, *, address: str) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _SafelyToAddress(_ToAddress):
    """The same over TLS; the certificate must be that of the name."""

    default_port = 443

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _connection(parts: SplitResult, address: str) -> http.client.HTTPConnection:
    kind = _SafelyToAddress if parts.scheme == "https" else _ToAddress
    return kind(parts.hostname or "", parts.port, address=address)
