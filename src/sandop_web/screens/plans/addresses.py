"""Addresses of the pages of plans, with what they show kept in the address."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse

from sandop_web.screens.door import SignedIn


def address(request: SignedIn, name: str, *parts: object, **shown: object) -> str:
    """The address of a page of the reader's company; `shown` stands behind the question mark, lists repeated, blanks
    left out."""
    path = reverse(name, args=[request.by.company, *parts])
    kept = {key: value for key, value in shown.items() if value not in ("", None)}
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def back_to(request: SignedIn, otherwise: str) -> HttpResponseRedirect:
    """To the page the form names, where that lies in the same company; else to `otherwise`."""
    wanted = request.POST.get("back", "")
    inside = wanted.startswith(f"/c/{request.by.company}/") and "\\" not in wanted
    response = HttpResponseRedirect(wanted if inside else otherwise)
    response.status_code = 303
    return response


def page_number(text: str) -> int:
    """The page asked for; the first where that is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
