"""What is sent and not read: it is read away before the answer goes out.

A server that answers while the browser is still sending cuts the line, and the browser then shows that the line was
cut instead of the answer. A form that is too large is refused before it is read, so its sender would never learn why.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, UnreadablePostError

_AT_ONCE = 256 * 1024  # bytes
_UPLOADS = 2  # so many times the largest upload is read away; whoever sends more than that is cut off


class ReadToTheEnd:
    """Whatever a request brought has been read when its answer is sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            _read_away(request)
        return response


def _read_away(request: HttpRequest) -> None:
    left = _UPLOADS * settings.UPLOAD_LIMIT
    try:
        while left > 0 and (portion := request.read(_AT_ONCE)):
            left -= len(portion)
    except UnreadablePostError:  # its sender has gone
        return
