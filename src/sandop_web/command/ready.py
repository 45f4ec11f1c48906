"""What every verb needs: settings read, Django ready, sentences in the language asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from sandop.wording import Language
from sandop_web.environment import WrongSetting

Verb = TypeVar("Verb", bound=Callable[..., Any])


def in_language(verb: Verb) -> Verb:
    """Give the verb `--lang`."""
    return click.option(
        "--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of what is shown."
    )(verb)


def get_ready(*, address: str = "") -> None:
    """Read the settings. `address` is where people find the workbench unless SANDOP_URL says. A wrong setting ends
    the command with its own words."""
    os.umask(0o077)  # database and keys are for whoever runs the workbench alone
    if address:
        os.environ.setdefault("SANDOP_URL", address)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandop_web.settings")
    import django

    try:
        django.setup()
    except WrongSetting as wrong:
        raise click.ClickException(str(wrong)) from None


def tell(message: str, language: Language, /, **values: Any) -> None:
    """Print a sentence."""
    click.echo(said(message, language, **values))


def said(message: str, language: Language, /, **values: Any) -> str:
    """A sentence of the workbench."""
    from sandop_web.wording import say

    return say(message, language, **values)
