"""The pages as Django knows them: template tags."""

from django.apps import AppConfig


class ScreensConfig(AppConfig):
    """Pages, template tags, static files."""

    name = "sandop_web.screens"
    label = "screens"
