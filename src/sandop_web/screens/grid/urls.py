"""Addresses of the planning grid, below those of plans."""

from django.urls import URLPattern, path

from sandop_web.screens.grid import comments, edits, kept_views, page

urlpatterns: list[URLPattern] = [
    path("<int:version>/grid/", page.grid, name="grid"),
    path("<int:version>/grid/columns/", page.columns, name="grid-columns"),
    path("<int:version>/grid/edit/", edits.edit, name="grid-edit"),
    path("<int:version>/grid/spread/", edits.spread, name="grid-spread"),
    path("<int:version>/grid/amend/", edits.amend, name="grid-amend"),
    path("<int:version>/grid/undo/", edits.undo, name="grid-undo"),
    path("<int:version>/grid/redo/", edits.redo, name="grid-redo"),
    path("<int:version>/grid/comment/", comments.comment, name="grid-comment"),
    path("<int:version>/grid/resolve/", comments.resolve, name="grid-resolve"),
    path("<int:version>/grid/keep/", kept_views.keep, name="grid-keep"),
    path("<int:version>/grid/forget/", kept_views.forget, name="grid-forget"),
]
