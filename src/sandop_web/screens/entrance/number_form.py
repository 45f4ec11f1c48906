"""Choosing how large numbers are said."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from sandop_web.access import guest_of
from sandop_web.actions.account import set_number_form
from sandop_web.screens.entrance.language import own_address
from sandop_web.screens.language import language_of


@require_POST
@login_required
def choose_number_form(request: HttpRequest) -> HttpResponse:
    """Say large amounts in this way from now on, wherever the person signs in."""
    assert request.user.is_authenticated
    by = guest_of(user=request.user, at=timezone.now(), language=language_of(request))
    set_number_form(by=by, large_numbers=request.POST.get("large_numbers", ""))  # type: ignore[arg-type]
    return redirect(own_address(request, request.POST.get("next", "")))
