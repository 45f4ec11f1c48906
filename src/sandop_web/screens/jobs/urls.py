"""Addresses of these pages."""

from django.urls import URLPattern, path

from sandop_web.screens.jobs import pages

urlpatterns: list[URLPattern] = [
    path("jobs/", pages.jobs, name="jobs"),
    path("jobs/live/", pages.jobs_live, name="jobs-live"),
    path("jobs/import/", pages.import_page, name="import-plan"),
    path("jobs/import/upload/", pages.import_upload, name="import-plan-upload"),
    path("jobs/<int:job>/", pages.job, name="job"),
    path("jobs/<int:job>/live/", pages.live, name="job-live"),
    path("jobs/<int:job>/cancel/", pages.cancel, name="job-cancel"),
    path("plan/<int:version>/run/", pages.run_month, name="run-month"),
    path("plan/<int:version>/export/", pages.export, name="export"),
    path("documents/<int:document>/", pages.document, name="document"),
]
