"""A small client of Sandop's API: the standard library and nothing else.

from api_client import Sandop

sop = Sandop("http://127.0.0.1:8000", company="pumps", token="sop_...")
sop.get("/me")
sop.post("/versions/1/run", why="new forecast")
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen


class Refused(Exception):
    """The workbench said no: `refusal` says which rule, `remedy` who can lift it.

    status      HTTP status
    message     id of the sentence, the same in every language
    conflicts   cells that hold something else than was expected, with both values
    faults      values that cannot be meant
    """

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        self.status = status
        self.refusal, self.remedy, self.message = answer["refusal"], answer["remedy"], answer["message"]
        self.conflicts, self.faults = answer["conflicts"], answer["faults"]
        super().__init__(f"{self.refusal}. {self.remedy}")


class Sandop:
    """One company in one workbench, as the member whose token this is sees it."""

    def __init__(self, address: str, *, company: str, token: str, language: str = "en") -> None:
        self._address = f"{address.rstrip('/')}/api/v1/companies/{company}"
        self._headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}

    def get(self, path: str, **asked: object) -> Any:
        """What stands at a path, such as `/versions`. Raises Refused."""
        return self._call("GET", path + ("?" + urlencode(asked, doseq=True) if asked else ""))

    def post(self, path: str, **body: object) -> Any:
        """Do something. Raises Refused."""
        return self._call("POST", path, body)

    def put(self, path: str, **body: object) -> Any:
        """Set something. Raises Refused."""
        return self._call("PUT", path, body)

    def edit(self, version: int, cells: list[dict[str, object]], *, why: str) -> str:
        """Change cells of the plan, all or none; returns the batch, by which they can be taken back.

        Each cell is `{"measure", "row", "period", "expected", "value"}`: `expected` is what you saw, None is a blank.
        Raises Refused with `conflicts` where somebody has changed a cell in the meantime.
        """
        answer = self._call("PATCH", f"/versions/{version}/cells", {"cells": cells, "why": why})
        return str(answer["batch"])

    def rows(self, path: str, *, limit: int = 1_000) -> Iterator[dict[str, Any]]:
        """Every row of a list that comes page by page."""
        offset, total = 0, 1
        while offset < total:
            page = self.get(path, limit=limit, offset=offset)
            yield from page["rows"]
            offset, total = offset + limit, page["total"]

    def wait(self, job: int, *, every: float = 1.0, at_most: float = 3_600.0) -> dict[str, Any]:
        """The job once it has ended, seconds between looks and until giving up. Raises TimeoutError."""
        until = time.monotonic() + at_most
        while True:
            found: dict[str, Any] = self.get(f"/jobs/{job}")
            if not found["going"]:
                return found
            if time.monotonic() > until:
                raise TimeoutError(f"job {job} still goes: {found['progress']:.0%}")
            time.sleep(every)

    def _call(self, verb: str, path: str, body: dict[str, object] | None = None) -> Any:
        sent = None if body is None else json.dumps(body, allow_nan=False).encode("utf-8")
        request = Request(
            self._address + path, sent, {**self._headers, "Content-Type": "application/json"}, method=verb
        )
        try:
            with urlopen(request, timeout=60) as response:
                content = response.read()
        except HTTPError as refusal:
            raise Refused(refusal.code, json.load(refusal)) from None
        return json.loads(content) if content else None
