"""Addresses of single sign-on. The provider is told the callback's: https://…/sso/callback/."""

from django.urls import path

from sandop_web.screens import single_sign_on

_THE_PROVIDER = {"provider_id": single_sign_on.PROVIDER}  # allauth finds the callback by its own name and argument

urlpatterns = [
    path("login/", single_sign_on.to_provider, name="single-sign-on"),
    path("callback/", single_sign_on.from_provider, _THE_PROVIDER, name="openid_connect_callback"),
]
