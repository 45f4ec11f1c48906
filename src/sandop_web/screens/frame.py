"""What the frame of every page needs: the reader, the company they are in, the language, the menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from sandop.wording import Language
from sandop_web.access import Actor
from sandop_web.queries.frame import company_frame
from sandop_web.screens.navigation import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context of every page: `by`, `company`, `language`, `menu`."""
    by: Actor | None = getattr(request, "by", None)
    language: Language = getattr(request, "language", "en")
    around: dict[str, Any] = {"by": by, "language": language, "company": None, "menu": ()}
    if by is None or not by.company:
        return around
    company = company_frame(by=by, version=_version(request))
    return around | {
        "company": company,
        "menu": navigation(request=request, company=company, role=by.role, language=language),
    }


def _version(request: HttpRequest) -> int | None:
    """The version the page is about, as its address names it."""
    match = request.resolver_match
    named = match.kwargs.get("version") if match else None
    return named if isinstance(named, int) else None
