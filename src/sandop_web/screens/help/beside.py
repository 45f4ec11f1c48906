"""Which page of the help goes with which page of the workbench."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from sandop.wording import Language
from sandop_web.screens.context import looked_of
from sandop_web.screens.help.contents import STEPS, help_page
from sandop_web.wording import say

# URL name → page of the help. Pages of a step have the step's guide.
_GOES_WITH = {
    "work": "finding-your-way",
    "cycle": "the-month",
    "grid": "grid",
    "exchange": "excel",
    "exchange-bring": "excel",
    "scenarios": "scenarios",
    "scenario": "scenarios",
    "scenarios-compare": "scenarios",
    "compare": "scenarios",
    "why": "reading-numbers",
    "sheet": "reading-numbers",
    "report": "reading-numbers",
    "family-sheet": "reading-numbers",
    "family-sheets": "reading-numbers",
    "decisions": "pre_sop",
    "decision": "pre_sop",
    "cuts": "pre_sop",
    "meeting": "sop_meeting",
    "minutes": "sop_meeting",
    "sign": "sop_meeting",
    "actions": "execution",
    "people": "roles",
    "person": "roles",
}


@dataclass(frozen=True)
class HelpLink:
    """Where the help leads from a page; `beside` where it is about this very page and opens next to it."""

    link: str
    title: str
    beside: bool


def help_for(request: HttpRequest, company: str, language: Language) -> HelpLink:
    """The page of the help for the page being read, else its contents."""
    match = request.resolver_match
    asked = match.kwargs.get("step", "") if match else ""
    slug = asked if asked in STEPS else _GOES_WITH.get((match.url_name or "") if match else "", "")
    kept = looked_of(request).after()
    found = help_page(slug, language) if slug else None
    if found is None:
        return HelpLink(reverse("help", args=[company]) + kept, say("help.title", language), False)
    return HelpLink(reverse("help-page", args=[company, slug]) + kept, found.title, True)
