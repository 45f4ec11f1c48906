"""The first page after signing in: the companies of which one is a member."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from sandop_web.access import companies_of


@require_safe
@login_required
def companies(request: HttpRequest) -> HttpResponse:
    """The reader's companies; who has one alone, and may open no other, goes straight to it unless
    they ask for the list."""
    user = request.user
    assert user.is_authenticated
    found = companies_of(user)
    if len(found) == 1 and not user.is_staff and "choose" not in request.GET:
        return redirect("work", company=found[0].slug)
    return render(request, "entrance/companies.html", {"companies": found, "may_found": user.is_staff})
