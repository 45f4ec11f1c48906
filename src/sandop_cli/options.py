"""Options and the guard that every verb shares."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from sandop.calendar import month_number
from sandop.findings import Refusal
from sandop_cli.desk import NotLoaded
from sandop_cli.screen import Refused, Screen

Verb = TypeVar("Verb", bound=Callable[..., Any])

STOPPED = 130  # exit code of a command stopped from the keyboard, as shells know it

folder = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
_lang = click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of what is shown."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object for a machine to read.")


def month_given(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """A month such as 2026-01, or a usage error in plain words."""
    try:
        month_number(value)
    except ValueError as problem:
        raise click.BadParameter(str(problem), context, parameter) from None
    return value


def screened(verb: Callable[..., int | None]) -> Callable[..., None]:
    """Give the verb a `screen`; map refusals, unread input and files that cannot be read or written to messages and
    exit codes (0, 1, 2; 130 where it was stopped from the keyboard)."""

    @_lang
    @_json
    @functools.wraps(verb)
    def shown(*, lang: Any, as_json: bool, **arguments: Any) -> None:
        screen = Screen(language=lang, as_json=as_json)
        code: int | None = 2
        try:
            code = verb(screen=screen, **arguments)
        except NotLoaded:
            pass
        except Refusal as refusal:
            screen.answer(refused=refusal.text(lang), remedy=refusal.remedy(lang))
            if not as_json:
                raise Refused(refusal, lang) from None
        except OSError as trouble:
            screen.fails("error.file", file=trouble.filename or "", reason=trouble.strerror or str(trouble))
        except KeyboardInterrupt:
            screen.fails("error.stopped")
            code = STOPPED
        screen.close()
        raise SystemExit(code or 0)

    return shown
