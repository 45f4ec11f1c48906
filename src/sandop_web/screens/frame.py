"""What the frame of every page needs: the reader, the company they are in, the language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from sandop_web.access import Actor
from sandop_web.queries.frame import company_frame


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context of every page: `by`, `company`, `language`."""
    by: Actor | None = getattr(request, "by", None)
    language = getattr(request, "language", "en")
    inside = by is not None and bool(by.company)
    return {"by": by, "language": language, "company": company_frame(by=by) if by and inside else None}
