"""The cycle itself: its steps, their days, who leads them, what each needs and hands on."""

from __future__ import annotations

import datetime as dt

import click

from sandop.cycle import Step, country_days_off, meeting_dates, roles, steps
from sandop.cycle import step as step_of
from sandop_cli.options import screened
from sandop_cli.screen import Screen


@click.command()
@click.option(
    "--meeting", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Day of the S&OP meeting, such as 2026-01-29."
)
@click.option("--country", default="CN", show_default=True, help="Country whose holidays count, such as CN or DE.")
@click.option("--step", "wanted", type=click.Choice([step.step for step in steps()]), help="All about one step.")
@screened
def cycle(meeting: dt.datetime, country: str, wanted: str | None, screen: Screen) -> int:
    """Show the steps of the month, their days counted back from the meeting in working days, and who leads them.

    \b
    Example:  sandop cycle --meeting 2026-01-29
              sandop cycle --meeting 2026-01-29 --step demand_review --lang zh
    """
    day = meeting.date()
    off = country_days_off(country=country, years=(day.year - 1, day.year, day.year + 1))
    dates = meeting_dates(meeting=day, days_off=off.off, days_worked=off.worked)
    if wanted:
        _show_step(step_of(wanted), dates[wanted], screen)
        return 0
    rows = [
        {
            "date": dates[step.step].isoformat(),
            "step": step.title(screen.language),
            "chair": roles()[step.chair][screen.language],
            "purpose": step.purpose(screen.language),
        }
        for step in steps()
    ]
    screen.table(
        "steps", rows, {name: screen.words(f"heading.{name}") for name in ("date", "step", "chair", "purpose")}
    )
    return 0


def _show_step(step: Step, day: dt.date, screen: Screen) -> None:
    """Everything the template says of one step."""
    language = screen.language
    titles = roles()
    people = {
        name: [titles[role][language] for role in found]
        for name, found in (
            ("chair", (step.chair,)),
            ("responsible", step.responsible),
            ("accountable", (step.accountable,)),
            ("consulted", step.consulted),
            ("informed", step.informed),
        )
    }
    papers = {
        "goals": step.goals(language),
        "inputs": step.inputs(language),
        "outputs": step.outputs(language),
        "checklist": step.checklist(language),
    }
    screen.line(f"{day.isoformat()}  {step.title(language)}", "bold")
    screen.line(step.purpose(language))
    for name, entries in {**people, **papers}.items():
        if entries:
            screen.line(f"{screen.words(f'heading.{name}')}: {'; '.join(entries)}")
    screen.answer(date=day.isoformat(), step=step.step, **people, **papers)
