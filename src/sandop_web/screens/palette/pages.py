"""The command palette: pages, steps, help and everything in the plan that has a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sandop_web.queries.frame import company_frame
from sandop_web.queries.places import Found, NamedPlace, how_well, places_named
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.help.contents import help_pages
from sandop_web.screens.navigation import navigation, places_of_menu
from sandop_web.wording import say

_LONGEST = 100  # letters of what is looked for
_OTHER_VERSIONS = {"scenario": "scenario", "version": "plan"}  # kind of version → its page
_TABLES = {"item": "items", "customer": "customers", "resource": "resources", "supplier": "suppliers"}


@dataclass(frozen=True)
class Line:
    """Somewhere to go. `other` is its name in the other language, by which it is found too."""

    title: str
    link: str
    detail: str = ""
    other: str = ""


@dataclass(frozen=True)
class Group:
    """Places of a kind."""

    title: str
    places: tuple[Line, ...]


@member_page
def palette(request: SignedIn) -> HttpResponse:
    """What bears the name looked for; before anything is, the pages of the menu. The palette asks for the list
    alone, everybody else gets a page."""
    text = request.GET.get("q", "").strip()[:_LONGEST]
    groups = _groups(request, text)
    told = {"groups": groups, "text": text, "count": sum(len(group.places) for group in groups)}
    if request.headers.get("X-Palette"):
        return render(request, "palette/found.html", told)
    return render(request, "palette/page.html", told)


def _groups(request: SignedIn, text: str) -> tuple[Group, ...]:
    wanted = text.casefold()
    groups = [_group(request, "page", _fitting(_menu(request), wanted))]
    if wanted:
        found = places_named(by=request.by, text=text)
        kinds = dict.fromkeys(place.kind for place in found.places)
        groups += [_group(request, kind, _lines(request, found, kind)) for kind in kinds]
        groups.append(_group(request, "help", _fitting(_help(request), wanted)))
    return tuple(group for group in groups if group.places)


def _group(request: SignedIn, kind: str, lines: Iterable[Line]) -> Group:
    return Group(say(f"shell.palette.kind.{kind}", request.language), tuple(lines))


def _fitting(lines: Iterable[Line], wanted: str) -> list[Line]:
    """The lines whose title fits, the best first; all where nothing is wanted."""
    ranked = ((how_well(wanted, line.title, line.detail, line.other) if wanted else 0, line) for line in lines)
    return [
        line for _, line in sorted(((rank, line) for rank, line in ranked if rank is not None), key=lambda e: e[0])
    ]


def _menu(request: SignedIn) -> list[Line]:
    """The pages of the menu, their other language beside them so that either name is found."""
    company = company_frame(by=request.by)
    here, other = (
        places_of_menu(navigation(request=request, company=company, role=request.by.role, language=language))
        for language in ((request.language, "en") if request.language == "zh" else (request.language, "zh"))
    )
    return [Line(place.title, place.link, other=named.title) for place, named in zip(here, other, strict=True)]


def _help(request: SignedIn) -> list[Line]:
    pages = help_pages(request.language)
    return [Line(page.title, address(request, "help-page", page.slug), page.summary) for page in pages]


def _lines(request: SignedIn, found: Found, kind: str) -> list[Line]:
    places = (place for place in found.places if place.kind == kind)
    return [Line(place.title, _link(request, found, place), other=place.detail) for place in places]


def _link(request: SignedIn, found: Found, place: NamedPlace) -> str:
    """Where it is shown; with what the reader looks at, except where it leads to another version."""
    if place.kind in _OTHER_VERSIONS:
        return reverse(_OTHER_VERSIONS[place.kind], args=[request.by.company, place.id])
    if place.kind == "decision":
        return address(request, "decision", place.id)
    if place.kind == "family":
        return address(request, "family-sheet", place.id)
    if place.kind == "measure":
        return address(request, "sheet", found.version, place.id)
    return address(request, "master-row", found.version, _TABLES[place.kind], key=place.id)
