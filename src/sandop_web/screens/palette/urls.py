"""Address of the search by name."""

from django.urls import path

from sandop_web.screens.palette.pages import palette

urlpatterns = [path("palette/", palette, name="palette")]
