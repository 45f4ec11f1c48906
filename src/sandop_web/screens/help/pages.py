"""The pages of the help."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sandop.cycle import Step, inputs_of, roles, step
from sandop.wording import Language
from sandop_web.access import NothingThere
from sandop_web.queries.plans import current_version
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.help.contents import GLOSSARY, PARTS, STEPS, help_page, terms
from sandop_web.screens.help.written import as_html
from sandop_web.wording import say

_OF_A_VERSION = ("grid", "exchange-bring")  # pages whose address names the version


@member_page
def contents(request: SignedIn) -> HttpResponse:
    """What there is to read."""
    language = request.language
    parts = [
        (say(f"help.part.{part}", language), [help_page(slug, language) for slug in slugs])
        for part, slugs in PARTS.items()
    ]
    return render(request, "help/contents.html", {"parts": parts})


@member_page
def page(request: SignedIn, page: str) -> HttpResponse:
    """One page; beside another one where it is asked for there. Raises NothingThere for a page there is not."""
    found = help_page(page, request.language)
    if found is None:
        raise NothingThere()
    beside = bool(request.headers.get("X-Beside"))
    shown = {
        "shown": found,
        "body": as_html(found.text, lambda kind, name: _address(request, kind, name), found.title),
        "guide": _guide(step(page), request.language) if page in STEPS else None,
        "terms": terms(request.language) if page == GLOSSARY else (),
    }
    answer = render(request, "help/text.html" if beside else "help/page.html", shown)
    if beside:
        answer.headers["X-Beside"] = "1"
    return answer


def _address(request: SignedIn, kind: str, name: str) -> str:
    """Where a link of the text leads in the reader's company; empty where that needs a plan and there is none."""
    if kind == "step":
        return address(request, "step", step(name).step)
    if kind == "help":
        return address(request, "help-page", name)
    about = [current_version(by=request.by)] if name in _OF_A_VERSION else []
    return "" if None in about else address(request, name, *about)


def _guide(one: Step, language: Language) -> dict[str, Any]:
    """What the template of the month says of the step."""
    return {
        "step": one.step,
        "purpose": one.purpose(language),
        "chair": _role(one.chair, language),
        "inputs": [(_role(found.owner, language), found.title(language)) for found in inputs_of(one.step)],
        "checklist": one.checklist(language),
        "outputs": one.outputs(language),
    }


def _role(role: str, language: Language) -> str:
    return roles()[role][language]
