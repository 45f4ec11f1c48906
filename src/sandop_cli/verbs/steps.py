"""The steps of the month: each reads the folder, computes, writes `results/`, and says what came out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import numpy as np

from sandop.demand import make_vintages
from sandop.findings import Severity, exit_code
from sandop.io import write_vintages
from sandop.scenario import Month, festival_of, require_signer
from sandop_cli.desk import Desk, load, open_desk
from sandop_cli.options import folder, screened
from sandop_cli.screen import Screen
from sandop_cli.verbs.direction import show_direction
from sandop_cli.verbs.long_table import forecast_long_table
from sandop_cli.verbs.output import make_pack
from sandop_cli.verbs.versions import release_schedule, sign

_HORIZON = click.option("--horizon", type=click.IntRange(1, 520), help="Periods to forecast (long table only).")
_OUT = click.option(
    "--out", type=click.Path(path_type=Path), help="Where to write (long table only): .csv or .parquet."
)


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@_HORIZON
@_OUT
@screened
def forecast(source: Path, horizon: int | None, out: Path | None, screen: Screen) -> int:
    """Forecast every demand series with its range (p10, p50, p90).

    SOURCE is a plan folder, or a long table (CSV or Parquet) with the columns unique_id, ds, y.

    \b
    Example:  sandop forecast my-company
              sandop forecast sales.csv --horizon 18 --out forecast.csv
    """
    if source.is_file():
        return forecast_long_table(source, horizon, out, screen)
    return _made("forecast", source, screen, show_forecast)


@click.command()
@folder
@screened
def demand(folder: Path, screen: Screen) -> int:
    """Make the unconstrained demand plan: statistics, activities, launches, sales opinion, overrides.

    \b
    Example:  sandop demand my-company
    """
    return _made("demand", folder, screen, show_demand)


@click.command()
@folder
@screened
def supply(folder: Path, screen: Screen) -> int:
    """Make the constrained plan and prove it: what is made, bought, moved, delivered, short.

    \b
    Example:  sandop supply examples/red_tomato
    """
    return _made("supply", folder, screen, show_supply)


@click.command()
@folder
@screened
def finance(folder: Path, screen: Screen) -> int:
    """Count the money: revenue, margin, stock, working capital against budget, estimate and last year.

    \b
    Example:  sandop finance my-company
    """
    return _made("finance", folder, screen, show_money)


@click.command()
@folder
@click.option("--by", help="Who signs the plan: a person of people.csv with the role gm. Without it nobody signs.")
@click.option("--why", default="", help="Why the plan is approved.")
@screened
def run(folder: Path, by: str | None, why: str, screen: Screen) -> int:
    """Run the whole month: forecast, demand, supply, finance, review; sign, release the schedule, write the pack.

    \b
    Example:  sandop run my-company --by chen --why "plan agreed"
    """
    desk = open_desk(folder, screen)
    if by:
        require_signer(plan=desk.plan, by=by, why=why)  # before the month is computed, not after
    desk.through("review", anew=False)
    signed = run_month(desk, screen, by=by, why=why)
    screen.findings([finding for finding in desk.findings if finding.severity is not Severity.NOTE])
    show_direction(desk, screen, signed)
    return min(exit_code(desk.findings), 1)


def run_month(desk: Desk, screen: Screen, *, by: str | None, why: str) -> str:
    """Sign (where somebody signs), release, write the pack; the version's hash, empty where nobody signed."""
    version = ""
    if by:
        version = sign(desk, screen, by=by, why=why)
        release_schedule(desk.folder, screen)
    else:
        screen.say("approve.unsigned")
    make_pack(desk, screen)
    return version


@click.command()
@folder
@click.option("--count", type=click.IntRange(1, 60), help="How many months back; the default is what plan.toml says.")
@screened
def vintages(folder: Path, count: int | None, screen: Screen) -> int:
    """Make the forecasts of past months as they would have been made then, so that accuracy can be judged. They are
    written to FOLDER/vintages; months that have one keep it.

    \b
    Example:  sandop vintages my-company --count 12
    """
    plan = load(folder, screen)
    wanted = count or plan.settings.demand.vintages
    with screen.progress() as bars, bars.step("step.vintages", count=wanted):
        made = make_vintages(plan=plan, count=wanted, festival_share=festival_of(plan))
    fresh = {month: sheet for month, sheet in made.items() if month not in plan.vintages}
    write_vintages(path=folder, vintages=fresh)
    screen.say("vintages.done", count=len(fresh), path=folder / "vintages")
    screen.answer(vintages=sorted(fresh))
    return 0


def show_forecast(month: Month, screen: Screen) -> None:
    if "statistical" not in month.sheets:
        screen.say("forecast.no_history")
        screen.answer(series=0, months=0)
        return
    totals = {
        name: float(np.nansum(month.sheets[name].values))
        for name in ("statistical", "statistical_p10", "statistical_p90")
    }
    sheet = month.sheets["statistical"]
    screen.say(
        "forecast.done",
        series=len(sheet.rows),
        months=len(sheet.periods),
        total=totals["statistical"],
        low=totals["statistical_p10"],
        high=totals["statistical_p90"],
    )
    screen.answer(series=len(sheet.rows), months=len(sheet.periods), **totals)


def show_demand(month: Month, screen: Screen) -> None:
    total = float(np.nansum(month.sheets["demand"].values))
    statistical = float(np.nansum(month.sheets["statistical"].values)) if "statistical" in month.sheets else 0.0
    change = total / statistical - 1 if statistical else 0.0
    screen.say("demand.done", total=total, months=len(month.sheets["demand"].periods), change=change)
    screen.answer(demand=total, change_to_statistical=change)


def show_supply(month: Month, screen: Screen) -> None:
    sheets, certificate = month.sheets, month.reports["certificate"][0]
    lost = float(np.nansum(sheets["lost"].values))
    owed = np.nansum(sheets["backlog"].values, axis=0)
    late = float(owed.max(initial=0.0))
    delivered = float(np.nansum(sheets["deliveries"].values))
    wanted = delivered + lost + float(owed[-1])  # demand, and what was owed when the plan started
    served = delivered / wanted if wanted else 1.0
    screen.say("supply.done", served=served, late=late, lost=lost, cost=certificate["primal"])
    screen.say("supply.proven", bound=certificate["bound"], gap=max(float(str(certificate["gap"])), 0.0))
    headings = {
        name: screen.words(f"heading.{name}")
        for name in ("kind", "limit", "period", "used", "available", "unit_value")
    }
    screen.table("shortages", list(month.reports["shortages"])[:10], headings)
    screen.answer(served=served, late=late, lost=lost, certificate=dict(certificate))


def show_money(month: Month, screen: Screen) -> None:
    years = [row for row in month.reports["money"] if row["scope"] == "year"]
    headings = {
        name: screen.words(f"heading.{name}") for name in ("line", "period", "plan", "budget", "le", "last_year")
    }
    screen.table("money", years, headings)


def _made(step: str, folder: Path, screen: Screen, show: Callable[[Month, Screen], None]) -> int:
    """Make a step of the folder's month and what it needs, show what came out, and tell its exit code."""
    desk = open_desk(folder, screen)
    show(desk.through(step), screen)
    screen.findings(desk.findings)
    return min(exit_code(desk.findings), 1)
