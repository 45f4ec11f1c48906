"""What comes in: check it, turn folder into workbook and back, begin an empty one."""

from __future__ import annotations

from pathlib import Path

import click

from sandop.calendar import month_label, month_number
from sandop.findings import Severity, exit_code
from sandop.io import check as read_plan
from sandop.io import write_folder, write_template, write_workbook
from sandop.plan import Plan, Settings
from sandop_cli.desk import load
from sandop_cli.options import month_given, screened
from sandop_cli.screen import Screen

_SOURCE = click.argument("source", type=click.Path(exists=True, path_type=Path))


@click.command()
@_SOURCE
@screened
def check(source: Path, screen: Screen) -> int:
    """Read a plan folder or workbook and list every problem at once: file, row, column, what, remedy.

    \b
    Example:  sandop check my-company
              sandop check my-company.xlsx --lang zh
    """
    loaded = read_plan(source)
    screen.findings(loaded.findings)
    counts = loaded.counts
    if loaded.findings:
        screen.say(
            "check.counts",
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            notes=counts[Severity.NOTE],
        )
    if loaded.plan is None:
        screen.say("check.refused")
    elif not counts[Severity.ERROR] and not counts[Severity.WARNING]:
        _say_clean(loaded.plan, screen)
    screen.answer(counts={str(severity): counts[severity] for severity in Severity})
    return exit_code(loaded.findings)


def _say_clean(plan: Plan, screen: Screen) -> None:
    company = plan.settings.company
    series = len(plan.sheets["orders"].rows) if "orders" in plan.sheets else 0
    screen.say(
        "check.clean",
        company=company.name_zh if screen.language == "zh" and company.name_zh else company.name,
        items=len(plan.network.items),
        series=series,
        history=len(plan.calendar.history),
        months=plan.settings.time.months,
    )


@click.command()
@_SOURCE
@click.argument("target", type=click.Path(path_type=Path))
@screened
def convert(source: Path, target: Path, screen: Screen) -> int:
    """Turn a plan folder into one Excel workbook, or a workbook into a folder. The hash stays the same.

    \b
    Example:  sandop convert my-company my-company.xlsx
              sandop convert my-company.xlsx my-company
    """
    plan = load(source, screen)
    if target.suffix.lower() == ".xlsx":
        write_workbook(plan, target, language=screen.language)
    elif target.exists() and any(target.iterdir()):
        screen.fails("error.folder_in_use", path=target)
        return 2
    else:
        write_folder(plan, target)
    screen.say("convert.done", path=target)
    screen.answer(path=str(target))
    return 0


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="Name of the company.")
@click.option("--currency", required=True, help="The plan currency, such as EUR.")
@click.option("--start", required=True, callback=month_given, help="First planned month, such as 2026-01.")
@click.option("--years", type=click.IntRange(1, 20), default=3, show_default=True, help="Years of history.")
@screened
def template(target: Path, name: str, currency: str, start: str, years: int, screen: Screen) -> int:
    """Write an empty plan folder to fill with your own data: every setting explained, every file with its columns.

    \b
    Example:  sandop template my-company --name "My Company" --currency EUR --start 2026-01
    """
    if target.exists() and any(target.iterdir()):
        screen.fails("error.folder_in_use", path=target)
        return 2
    history_start = month_label(month_number(start) - 12 * years)
    settings = Settings.model_validate(
        {"company": {"name": name, "currency": currency}, "time": {"start": start, "history_start": history_start}}
    )
    write_template(path=target, settings=settings)
    screen.say("template.done", path=target)
    screen.answer(path=str(target))
    return 0
