"""A program that calls the API."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from sandop_web.access import Actor

COMPANY = "/api/v1/companies/small"


@dataclass
class Program:
    """A program that calls the API of the small company with a key; without one it calls as nobody."""

    key: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=Client)

    def call(self, verb: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """`call("PATCH", "/versions/1/cells", {...})`: the answer to a call below the company's address."""
        sent = {**self.headers, **headers}
        if self.key:
            sent["Authorization"] = f"Bearer {self.key}"
        content = "" if body is None else (body if isinstance(body, str | bytes) else json.dumps(body))
        address = path if path.startswith("/api/") else COMPANY + path
        return self.client.generic(verb, address, content, content_type="application/json", headers=sent)

    def get(self, path: str, **headers: str) -> Any:
        """What a successful read answers."""
        response = self.call("GET", path, **headers)
        assert response.status_code == 200, response.content
        return response.json()


ProgramOf = Callable[..., Program]
Act = Callable[..., Actor]
