"""Addresses of the steps of the month."""

from django.urls import path

from sandop_web.screens.steps.pages import section_page, step_page, work_page

urlpatterns = [
    path("<slug:step>/", step_page, name="step"),
    path("<slug:step>/work/", work_page, name="step-work"),
    path("<slug:step>/<slug:section>/", section_page, name="step-part"),
]
