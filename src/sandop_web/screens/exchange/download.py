"""A workbook as a download: never shown in the browser, whatever is in it, and never kept by it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def downloaded(*, name: str, content: bytes, media_type: str) -> HttpResponse:
    """The answer that makes a browser save a file."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
