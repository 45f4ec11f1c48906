"""Addresses of the help."""

from django.urls import path

from sandop_web.screens.help import pages

urlpatterns = [
    path("help/", pages.contents, name="help"),
    path("help/<slug:page>/", pages.page, name="help-page"),
]
