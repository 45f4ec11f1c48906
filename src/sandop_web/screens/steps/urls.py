"""Addresses of the steps of the month."""

from django.urls import path

from sandop_web.screens.steps.pages import step_page

urlpatterns = [path("<slug:step>/", step_page, name="step")]
