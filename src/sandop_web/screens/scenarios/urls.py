"""Addresses of these pages."""

from django.urls import URLPattern, path

from sandop_web.screens.scenarios import changing, comparing, pages

urlpatterns: list[URLPattern] = [
    path("", pages.scenarios, name="scenarios"),
    path("compare/", comparing.compare, name="scenarios-compare"),
    path("compare/money/", comparing.money, name="scenarios-money"),
    path("<int:version>/", pages.scenario, name="scenario"),
    path("<int:version>/results/", pages.results, name="scenario-results"),
    path("<int:version>/change/", changing.change, name="scenario-change"),
    path("<int:version>/renew/", changing.renew, name="scenario-renew"),
    path("<int:version>/take-back/", changing.take_back, name="scenario-take-back"),
]
