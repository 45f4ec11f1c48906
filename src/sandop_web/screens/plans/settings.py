"""The settings of a version."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from sandop.io.reference import setting_meaning
from sandop_web.actions.masters import edit_settings_of_plan
from sandop_web.queries.masters import settings_of
from sandop_web.queries.plans import version_facts
from sandop_web.screens.addresses import address, back_to
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.wording import say


@member_page
def settings(request: SignedIn, version: int) -> HttpResponse:
    """The settings of a version; who may change them gets a form for each."""
    view = settings_of(by=request.by, version=version)
    told = {
        "facts": version_facts(by=request.by, version=version),
        "view": view,
        "settings": [
            (
                one,
                setting_meaning(one.section, one.key, request.language) or one.key,
                _text(one.value),
                json.dumps(one.value, ensure_ascii=False),
            )
            for one in view.settings
        ],
    }
    return render(request, "plans/settings.html", told)


@member_deed
def settings_edit(request: SignedIn, version: int) -> HttpResponseRedirect:
    """Change one setting."""
    sent = request.POST
    edit_settings_of_plan(
        by=request.by,
        version=version,
        section=sent.get("section", ""),
        key=sent.get("key", ""),
        before=_said(sent.get("was", "")),
        value=sent.get("now", ""),
        why=sent.get("why", ""),
    )
    messages.success(request, say("plans.settings.saved", request.language))
    return back_to(request, address(request, "settings", version))


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
