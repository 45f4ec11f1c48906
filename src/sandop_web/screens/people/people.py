"""The company's people: who they are, adding somebody, changing a place, inviting."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sandop.cycle import roles
from sandop_web.access import may
from sandop_web.actions.inviting import Invitation
from sandop_web.actions.people import add_member, change_member, invite_again
from sandop_web.queries.people import member_of_company, people_of, places_of
from sandop_web.screens.addresses import to_page
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.typed import number_of


@member_page
def people(request: SignedIn) -> HttpResponse:
    """Everybody in the company; for those who may, a form to add somebody."""
    rows = people_of(by=request.by)
    told = {
        "rows": rows,
        "all": sum(row.active for row in rows),
        "here": sum(row.active and row.signed_in for row in rows),
        "left": sum(not row.active for row in rows),
        **_choices(request),
    }
    return render(request, "people/people.html", told)


@member_page
def person(request: SignedIn, member: int) -> HttpResponse:
    """One person; for those who may, forms to change their place and to invite them again."""
    told = {"row": member_of_company(by=request.by, member=member), **_choices(request)}
    return render(request, "people/person.html", told)


@never_cache
@member_deed
def add(request: SignedIn) -> HttpResponse:
    """Add somebody; the answer shows the invitation, this one time."""
    invitation = add_member(
        by=request.by, person=request.POST.get("person", ""), why=request.POST.get("why", ""), **_place(request)
    )
    return _invited(request, invitation)


@member_deed
def change(request: SignedIn, member: int) -> HttpResponse:
    """Change a person's place."""
    change_member(
        by=request.by,
        member=member,
        active=request.POST.get("active") == "yes",
        why=request.POST.get("why", ""),
        **_place(request),
    )
    return to_page(request, "person", member)


@never_cache
@member_deed
def invite(request: SignedIn, member: int) -> HttpResponse:
    """Invite a person again; the answer shows the link, this one time."""
    return _invited(request, invite_again(by=request.by, member=member))


def _choices(request: SignedIn) -> dict[str, Any]:
    """What the form offers to those who may change a place."""
    if not may(request.by.role, "change_member"):
        return {"may_change": False}
    return {"may_change": True, "roles": tuple(roles()), "places": places_of(by=request.by)}


def _place(request: SignedIn) -> dict[str, Any]:
    """The place as the form gives it."""
    language = request.by.language
    money, units = (
        number_of(request.POST.get(name, ""), field=f"people.{name}", language=language)
        for name in ("authority", "authority_units")
    )
    texts = {name: request.POST.get(name, "") for name in ("name", "name_zh", "email", "role", "region", "family")}
    return {**texts, "authority": money or 0.0, "authority_units": units}


def _invited(request: SignedIn, invitation: Invitation) -> HttpResponse:
    """Shows the link once. It answers the POST itself: after a redirect the link would have to be kept."""
    link = request.build_absolute_uri(invitation.path) if invitation.path else ""
    return render(request, "people/invited.html", {"invitation": invitation, "link": link})
