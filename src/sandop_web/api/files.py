"""The same answer as JSON or as CSV, and not at all where the caller has it already."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, Field

NOT_MODIFIED = 304
Form = Literal["json", "csv"]


class Wanted(BaseModel):
    """In which form an answer is wanted."""

    format: Annotated[
        Form | None, Field(description="json or csv; left out, the header Accept decides, and json where it does not")
    ] = None

    def csv(self, request: HttpRequest) -> bool:
        """True where the caller wants CSV."""
        if self.format is not None:
            return self.format == "csv"
        return request.headers.get("Accept", "").split(";")[0].strip().lower() == "text/csv"


CSV_TOO = {
    "responses": {
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
    }
}


def csv_answer(content: bytes, *, name: str) -> HttpResponse:
    """A CSV file in UTF-8 of this name."""
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def mark_of(*parts: object) -> str:
    """The ETag of an answer that depends on these parts alone."""
    return (
        '"' + hashlib.sha256("\n".join(map(repr, parts)).encode("utf-8", "backslashreplace")).hexdigest()[:32] + '"'
    )


def had_already(request: HttpRequest, mark: str) -> HttpResponse | None:
    """The short answer for a caller who sent this mark along (If-None-Match); None for all others."""
    sent = {part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")}
    if mark not in sent and "*" not in sent:
        return None
    return marked(HttpResponse(status=NOT_MODIFIED), mark)


def marked(response: HttpResponse, mark: str) -> HttpResponse:
    """The response with its ETag, if it has one: kept by the caller alone, and asked for again every time."""
    if mark:
        response["ETag"], response["Cache-Control"], response["Vary"] = mark, "private, no-cache", "Accept"
    return response
