"""Addresses of the entrance: signing in and out, passwords, invitations, language, numbers, companies."""

from django.urls import path

from sandop_web.screens.entrance import accounts, companies, language, number_form

urlpatterns = [
    path("", companies.companies, name="companies"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
    path("password/", accounts.ChangePassword.as_view(), name="password"),
    path("invitation/<uid>/<token>/", accounts.AcceptInvitation.as_view(), name="invitation"),
    path("language/", language.choose_language, name="language"),
    path("number-form/", number_form.choose_number_form, name="number-form"),
]
