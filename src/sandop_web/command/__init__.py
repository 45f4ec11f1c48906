"""`sandop-web`: start the workbench, more workers, the first account, a demo company."""

from __future__ import annotations

from importlib import import_module

import click

# Verb → the module that holds it. A verb is loaded when it is used, so that help is quick.
VERBS = {
    "serve": "serving",
    "worker": "working",
    "demo": "demo",
    "founder": "upkeep",
    "migrate": "upkeep",
    "check": "upkeep",
    "collect-garbage": "upkeep",
}


class _Verbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = import_module(f"sandop_web.command.{VERBS[cmd_name]}")
        verb: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return verb


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """The workbench: pages, API and workers on one database. Settings come from the environment (SANDOP_URL,
    SANDOP_HOME, DATABASE_URL ...); docs/deployment.md explains them.

    \b
    On this machine:  sandop-web founder me; sandop-web serve
    Try it:           sandop-web demo pumps --serve
    """
