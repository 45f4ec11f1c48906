"""The settings of a version."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from sandop.findings import Refusal
from sandop.io.reference import setting_meaning
from sandop.wording import Language
from sandop.wording import messages as messages_known
from sandop_web.access import status_of
from sandop_web.actions.masters import edit_settings_of_plan
from sandop_web.queries.masters import Setting, settings_of
from sandop_web.queries.plans import version_facts
from sandop_web.screens.addresses import address, back_to
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.plans.masters import refused
from sandop_web.screens.typed import about_what_was_typed
from sandop_web.wording import say


@member_page
def settings(request: SignedIn, version: int) -> HttpResponse:
    """The settings of a version; who may change them gets a form for each."""
    return _page(request, version)


@member_deed
def settings_edit(request: SignedIn, version: int) -> HttpResponseBase:
    """Change one setting. What cannot be comes back with what was typed."""
    sent = request.POST
    try:
        edit_settings_of_plan(
            by=request.by,
            version=version,
            section=sent.get("section", ""),
            key=sent.get("key", ""),
            before=_said(sent.get("was", "")),
            value=sent.get("now", ""),
            why=sent.get("why", ""),
        )
    except Refusal as refusal:
        return _page(request, version, about_what_was_typed(refusal))
    messages.success(request, say("plans.settings.saved", request.language))
    return back_to(request, address(request, "settings", version))


def _page(request: SignedIn, version: int, refusal: Refusal | None = None) -> HttpResponse:
    """The settings, those of a section together; after a refusal with what was typed."""
    view = settings_of(by=request.by, version=version)
    sections: dict[str, list[dict[str, Any]]] = {}
    for one in view.settings:
        sections.setdefault(one.section, []).append(_line(request, one, refusal))
    told = {
        "facts": version_facts(by=request.by, version=version),
        "view": view,
        "sections": [(_section_title(name, request.language), lines) for name, lines in sections.items()],
        **refused(request, refusal),
    }
    return render(request, "plans/settings.html", told, status=status_of(refusal) if refusal else HTTPStatus.OK)


def _line(request: SignedIn, one: Setting, refusal: Refusal | None) -> dict[str, Any]:
    sent = request.POST
    here = refusal is not None and (sent.get("section"), sent.get("key")) == (one.section, one.key)
    return {
        "one": one,
        "meaning": setting_meaning(one.section, one.key, request.language) or one.key,
        "text": _text(one.value),
        "was": json.dumps(one.value, ensure_ascii=False),
        "typed": sent.get("now", "") if here else _text(one.value),
        "why": sent.get("why", "") if here else "",
        "open": here,
    }


def _section_title(name: str, language: Language) -> str:
    """What a section of the settings is called; one nobody has named by its own name."""
    message = f"plans.section.{name or 'alone'}"
    return say(message, language) if message in messages_known() else name


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _said(text: str) -> Any:
    """What the page showed, as the settings hold it; what cannot be read was never shown."""
    try:
        return json.loads(text)
    except ValueError:
        return None
