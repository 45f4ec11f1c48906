"""The page on which the plan is signed, and the check of a signature."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.access import NotUnderstood
from sandop_web.actions.signing import sign_plan
from sandop_web.queries.signatures import signatures, signing_sheet, verify_signature
from sandop_web.screens.addresses import address, back_to
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.typed import id_of


@member_page
def sign(request: SignedIn) -> HttpResponse:
    """What would be signed now, or was signed; below it every signature of the company."""
    told = {"sheet": signing_sheet(by=request.by), "signatures": signatures(by=request.by)}
    return render(request, "decisions/sign.html", told)


@member_deed
def sign_now(request: SignedIn) -> HttpResponse:
    """Sign what the page showed."""
    version = id_of(request.POST.get("version", ""))
    if version is None:
        raise NotUnderstood(field="version", value=request.POST.get("version", "")[:40], wanted="1, 2, …")
    sign_plan(
        by=request.by,
        version=version,
        expected_hash=request.POST.get("expected_hash", ""),
        conditions=request.POST.get("conditions", "").splitlines(),
        why=request.POST.get("why", ""),
    )
    return back_to(request, address(request, "sign"))


@member_page
def check(request: SignedIn, version: int) -> HttpResponse:
    """Whether a signature still holds over the content it covers."""
    checked = verify_signature(by=request.by, version=version)
    line = next(one for one in signatures(by=request.by) if one.version == version)
    return render(request, "decisions/signature.html", {"checked": checked, "line": line})
