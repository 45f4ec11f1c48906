"""Addresses of the pages of a company, with what they show kept in the address; and the way on after a deed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse

from sandop_web.screens.context import looked_of
from sandop_web.screens.door import SignedIn

_SEE_OTHER = 303  # the way on is asked for anew: nothing is sent twice


def address(request: SignedIn, name: str, *parts: object, **shown: object) -> str:
    """The address of a page of the reader's company; `shown` stands behind the question mark, lists repeated, blanks
    left out, after what the reader chose to look at."""
    path = reverse(name, args=[request.by.company, *parts])
    shown = {**looked_of(request).kept, **shown}
    kept = {key: value for key, value in shown.items() if value not in ("", None)}
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def see_other(address: str) -> HttpResponseRedirect:
    """On to an address of the workbench, after something was done."""
    response = HttpResponseRedirect(address)
    response.status_code = _SEE_OTHER
    return response


def to_page(request: SignedIn, name: str, *parts: object) -> HttpResponseRedirect:
    """On to a page of the reader's company, after something was done."""
    return see_other(address(request, name, *parts))


def back_to(request: SignedIn, otherwise: str) -> HttpResponseRedirect:
    """To the page the form names, where that lies in the same company; else to `otherwise`."""
    wanted = request.POST.get("back", "")
    inside = wanted.startswith(f"/c/{request.by.company}/") and "\\" not in wanted
    return see_other(wanted if inside else otherwise)
