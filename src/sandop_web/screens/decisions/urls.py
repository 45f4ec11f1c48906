"""Addresses of decisions, the signature, actions and notices."""

from django.urls import URLPattern, path

from sandop_web.screens.decisions import action_items, deciding, notices, signing

urlpatterns: list[URLPattern] = [
    path("decisions/", deciding.decisions, name="decisions"),
    path("decisions/take-up/", deciding.take_up, name="decisions-take-up"),
    path("decisions/add/", deciding.add, name="decision-add"),
    path("decisions/<int:number>/", deciding.decision, name="decision"),
    path("decisions/<int:number>/decide/", deciding.decide, name="decide"),
    path("decisions/<int:number>/escalate/", deciding.escalate, name="decision-escalate"),
    path("decisions/<int:number>/reopen/", deciding.reopen, name="decision-reopen"),
    path("decisions/<int:number>/assign/", deciding.assign, name="decision-assign"),
    path("sign/", signing.sign, name="sign"),
    path("sign/now/", signing.sign_now, name="sign-now"),
    path("sign/<int:version>/check/", signing.check, name="signature"),
    path("actions/", action_items.actions, name="actions"),
    path("actions/add/", action_items.add, name="action-add"),
    path("actions/<int:number>/report/", action_items.report, name="action-report"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read, name="notices-read"),
    path("notices/webhooks/", notices.webhooks, name="webhooks"),
    path("notices/webhooks/change/", notices.change, name="webhooks-change"),
]
