"""`sandop`: one planning month from the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

import sandop
from sandop_cli.screen import write_answer

# Verb → the module that holds it, in the order of the month. A verb is loaded when it is used, so that help is quick.
VERBS = {
    "demo": "companies",
    "cycle": "cycle",
    "template": "inputs",
    "check": "inputs",
    "convert": "inputs",
    "vintages": "steps",
    "forecast": "steps",
    "demand": "steps",
    "supply": "steps",
    "verify": "versions",
    "finance": "steps",
    "approve": "versions",
    "diff": "versions",
    "release": "versions",
    "pack": "output",
    "run": "steps",
}


class _Verbs(click.Group):
    """The verbs in the order of the month."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        verb: click.Command = getattr(import_module(f"sandop_cli.verbs.{VERBS[cmd_name]}"), cmd_name)
        return verb

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """With --json a mistake in the command itself is an answer too: one JSON object on stdout."""
        words = list(sys.argv[1:] if args is None else args)
        if "--json" not in words:
            return super().main(words, *more, **extra)
        try:
            ended = super().main(words, *more, **{**extra, "standalone_mode": False})
        except click.ClickException as mistake:
            write_answer({"error": mistake.format_message()})
            sys.exit(mistake.exit_code)
        sys.exit(ended or 0)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(sandop.__version__, prog_name="sandop")
def main() -> None:
    """Sandop turns the numbers and opinions of a company into one signed plan every month.

    \b
    A month:  check → forecast → demand → supply → finance → approve → release → pack
    At once:  sandop run FOLDER --by PERSON --why REASON
    Try it:   sandop demo pumps my-month --run
    """
