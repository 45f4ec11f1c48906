"""Addresses of these pages."""

from django.urls import URLPattern, path

from sandop_web.screens.founding import pages

urlpatterns: list[URLPattern] = [
    path("new-company/", pages.new_company, name="new-company"),
    path("new-company/template/", pages.template, name="new-company-template"),
    path("new-company/upload/", pages.upload, name="new-company-upload"),
    path("new-company/demo/", pages.demo, name="new-company-demo"),
    path("new-company/jobs/<int:job>/", pages.founding, name="founding"),
    path("new-company/jobs/<int:job>/cancel/", pages.cancel, name="founding-cancel"),
]
