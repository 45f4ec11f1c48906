"""The two companies that come with the product, built and run with one verb."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

from sandop.io import write_folder, write_results
from sandop.plan import Plan
from sandop.scenario import ARBITER
from sandop_cli.desk import open_desk
from sandop_cli.options import screened
from sandop_cli.screen import Screen
from sandop_cli.verbs.direction import show_direction
from sandop_cli.verbs.steps import run_month
from sandop_demo.companies import companies
from sandop_demo.earlier import with_last_plan
from sandop_demo.vintages import add_vintages

ASIDE = "aside"


@click.command()
@click.argument("company", type=click.Choice(["pumps", "medicines"]))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--run", "run_it", is_flag=True, help="Run its whole month, signed by its general manager.")
@screened
def demo(company: str, folder: Path, run_it: bool, screen: Screen) -> int:
    """Build a demo company's plan folder: `pumps` is invented; `medicines` has real volumes and real money.

    \b
    Example:  sandop demo pumps my-month --run
    """
    if not (folder / "plan.toml").is_file():
        if folder.exists() and any(folder.iterdir()):
            screen.fails("error.folder_in_use", path=folder)
            return 2
        build_company(company, folder, screen)
    screen.answer(folder=str(folder))
    if not run_it:
        screen.line(companies()[company].description(screen.language))
        return 0
    desk = open_desk(folder, screen)
    desk.through("review", anew=False)
    version = run_month(desk, screen, by=_arbiter(desk.plan), why="the demo month, agreed as planned")
    show_direction(desk, screen, version)
    return 0


def build_company(company: str, folder: Path, screen: Screen) -> None:
    """The company's folder: inputs, vintages made from what was known then, the plan of the month before. It
    appears whole or not at all; what really happens in the planned months is kept aside."""
    new = folder.with_name(f".{folder.name}-building")
    shutil.rmtree(new, ignore_errors=True)
    with screen.progress() as bars:
        with bars.step("step.build"):
            built = companies()[company].build()
        with bars.step("step.vintages", count=built.plan.settings.demand.vintages):
            plan = add_vintages(built.plan, workers=os.cpu_count() or 1)
        with bars.step("step.previous"):
            plan = with_last_plan(plan)
    write_folder(plan, new)
    write_results(path=new / ASIDE, sheets=built.aside, reports={})
    new.rename(folder)


def _arbiter(plan: Plan) -> str:
    """The final arbiter of the company's people."""
    people = plan.network.people
    return next(str(person) for person, role in zip(people.person, people.role) if role == ARBITER)
