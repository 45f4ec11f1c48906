"""The store as Django knows it."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Label "store": the user model and every table."""

    name = "sandop_web.store"
    label = "store"
