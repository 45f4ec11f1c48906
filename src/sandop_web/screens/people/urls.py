"""Addresses of the company's people, their tokens, and the record of deeds."""

from django.urls import path

from sandop_web.screens.people import deeds, people, tokens

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="person-add"),
    path("people/<int:member>/", people.person, name="person"),
    path("people/<int:member>/change/", people.change, name="person-change"),
    path("people/<int:member>/invite/", people.invite, name="person-invite"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/make/", tokens.make, name="token-make"),
    path("tokens/<int:token>/revoke/", tokens.revoke, name="token-revoke"),
    path("deeds/", deeds.deeds, name="deeds"),
]
