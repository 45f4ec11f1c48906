"""Addresses of the families' S&OP sheets."""

from django.urls import path

from sandop_web.screens.family_sheet.pages import family_sheet_page, family_sheets_page

urlpatterns = [
    path("family-sheet/", family_sheets_page, name="family-sheets"),
    path("family-sheet/<str:family>/", family_sheet_page, name="family-sheet"),
]
