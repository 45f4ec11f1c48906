"""Writes the generated pages: the plan folder, the measures, the commands, and the outputs of the tutorial."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click
import django

from sandop.io import plan_folder_reference
from sandop.measures import measures
from sandop_cli.main import VERBS, main

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS))
from console import filled  # noqa: E402


def measures_page() -> str:
    """The vocabulary of measures."""
    lines = [
        "# Measures",
        "",
        "Written by `make reference` from `src/sandop/measures.csv`.",
        "",
        "| measure | 指标 | unit | one row per | adds up over time, rows | kind | meaning |",
        "|---|---|---|---|---|---|---|",
    ]
    for measure in measures().values():
        how = f"{measure.over_time}, {measure.over_rows}"
        grain = ", ".join(measure.grain)
        lines.append(
            f"| `{measure.name}` | {measure.title('zh')} | {measure.unit} | {grain} | {how} | {measure.direction} | "
            f"{measure.meaning('en')} |"
        )
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """Every verb's own help."""
    lines = ["# Commands", "", "Written by `make reference` from the verbs' own help.", ""]
    context = click.Context(main, info_name="sandop", max_content_width=100, terminal_width=100)
    for verb in VERBS:
        command = main.get_command(context, verb)
        assert command is not None
        with click.Context(command, info_name=f"sandop {verb}", terminal_width=100, max_content_width=100) as own:
            lines += [f"## {verb}", "", "```text", command.get_help(own), "```", ""]
    lines += [
        "Every verb ends with 0 (clean), 1 (warnings) or 2 (nothing loaded, or refused). `--json` prints one object for a",
        "machine; in a pipe there are no progress bars.",
    ]
    return "\n".join(lines) + "\n"


def api_page() -> str:
    """Every operation of the API and every shape it takes or gives, from its own description."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandop_web.settings")
    os.environ.setdefault("SANDOP_HOME", tempfile.mkdtemp())
    django.setup()
    from sandop_web.api.door import api
    from sandop_web.api.reference import reference_of

    return reference_of(api.get_openapi_schema())


def pages() -> dict[str, str]:
    """File name → content of the generated reference pages."""
    return {
        "reference/plan-folder.md": plan_folder_reference("en"),
        "reference/measures.md": measures_page(),
        "reference/commands.md": commands_page(),
        "reference/api.md": api_page(),
    }


if __name__ == "__main__":
    for name, content in pages().items():
        (DOCS / name).write_text(content, encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        tutorial = DOCS / "tutorial.md"
        tutorial.write_text(filled(tutorial.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")
