"""Addresses of what pre-S&OP settles: cuts and agreement."""

from django.urls import URLPattern, path

from sandop_web.screens.pre_sop import agreement, cuts

urlpatterns: list[URLPattern] = [
    path("pre-sop/cuts/", cuts.cuts, name="cuts"),
    path("pre-sop/cuts/accept/", cuts.accept, name="cut-accept"),
    path("pre-sop/cuts/escalate/", cuts.escalate, name="cut-escalate"),
    path("pre-sop/agreement/", agreement.agreement, name="agreement"),
    path("pre-sop/agreement/agree/", agreement.agree, name="agree"),
]
