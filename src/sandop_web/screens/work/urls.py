"""The first page of a company: what waits for the reader."""

from django.urls import URLPattern, path

from sandop_web.screens.work import work

urlpatterns: list[URLPattern] = [path("", work.work, name="work")]
