"""Addresses of single sign-on."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
