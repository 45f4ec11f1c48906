"""Addresses of the pages of plans."""

from django.urls import URLPattern, path

from sandop_web.screens.plans import comparing, master_deeds, masters, reports, settings, sheets, versions

urlpatterns: list[URLPattern] = [
    path("", versions.versions, name="plans"),
    path("compare/", comparing.compare, name="compare"),
    path("<int:version>/", versions.version, name="plan"),
    path("<int:version>/branch/", versions.branch, name="branch"),
    path("<int:version>/rename/", versions.rename, name="rename"),
    path("<int:version>/discard/", versions.discard, name="discard"),
    path("<int:version>/undo/", versions.undo, name="undo-edit"),
    path("<int:version>/merge/", comparing.merge, name="merge"),
    path("<int:version>/merge/now/", comparing.merge_now, name="merge-now"),
    path("<int:version>/sheet/<str:measure>/", sheets.sheet, name="sheet"),
    path("<int:version>/sheet/<str:measure>/edit/", sheets.sheet_edit, name="sheet-edit"),
    path("<int:version>/sheet/<str:measure>/spread/", sheets.sheet_spread, name="sheet-spread"),
    path("<int:version>/sheet/<str:measure>/cell/", sheets.cell, name="cell"),
    path("<int:version>/report/<str:name>/", reports.report, name="report"),
    path("<int:version>/masters/", masters.masters, name="masters"),
    path("<int:version>/masters/<str:table>/", masters.master_table, name="master-table"),
    path("<int:version>/masters/<str:table>/row/", masters.master_row, name="master-row"),
    path("<int:version>/masters/<str:table>/add/", master_deeds.master_add, name="master-add"),
    path("<int:version>/masters/<str:table>/edit/", master_deeds.master_edit, name="master-edit"),
    path("<int:version>/masters/<str:table>/end/", master_deeds.master_end, name="master-end"),
    path("<int:version>/settings/", settings.settings, name="settings"),
    path("<int:version>/settings/edit/", settings.settings_edit, name="settings-edit"),
]
