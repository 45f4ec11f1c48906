"""What the frame of every page needs: the reader, the company they are in, the language, the menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from sandop.wording import Language
from sandop_web.access import Actor
from sandop_web.queries.frame import company_frame
from sandop_web.screens.context import looked_of, named_by_address
from sandop_web.screens.context_bar import context_bar
from sandop_web.screens.help.beside import help_for
from sandop_web.screens.navigation import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context of every page: `by`, `company`, `language`, `menu`, `context`, `help`."""
    by: Actor | None = getattr(request, "by", None)
    language: Language = getattr(request, "language", "en")
    around: dict[str, Any] = {"by": by, "language": language, "company": None, "menu": (), "context": None}
    if by is None or not by.company:
        return around
    company = company_frame(by=by, version=looked_of(request).version or named_by_address(request))
    return around | {
        "company": company,
        "context": context_bar(request),
        "help": help_for(request, company.slug, language),
        "menu": navigation(request=request, company=company, role=by.role, language=language),
    }
