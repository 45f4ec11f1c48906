"""Versions: verify the proof, sign the plan, see what changed between two of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from sandop.io import publish, read_version, write_results
from sandop.plan import Sheet
from sandop.plan.compare import compare
from sandop.scenario import require_signable, verify_month
from sandop_cli.desk import Desk, open_desk
from sandop_cli.options import folder, screened
from sandop_cli.screen import Screen

_CELLS_SHOWN = 20
_SCHEDULE = ("schedule", "schedule_carry", "rccp")
NOW, SIGNED = "now", "signed"  # what stands in results/, and the version in force


@click.command()
@folder
@screened
def verify(folder: Path, screen: Screen) -> int:
    """Check the certificate of the supply plan again from the inputs, without the solver.

    \b
    Example:  sandop verify my-company
    """
    desk = open_desk(folder, screen)
    verification = verify_month(month=desk.month)
    checked = verification.checked
    figures = {
        "primal": checked.primal,
        "bound": checked.bound,
        "gap": max(checked.gap, 0.0),
        "infeasibility": checked.violation,
    }
    screen.answer(holds=verification.holds, whole=verification.whole, **figures)
    if verification.holds:
        screen.say("verify.holds", **figures)
        return 0
    screen.findings(verification.findings)
    return 2


@click.command()
@folder
@click.option("--by", required=True, help="Who signs: a person of people.csv with the role gm.")
@click.option("--why", required=True, help="Why the plan is approved.")
@click.option("--condition", "conditions", multiple=True, help="A condition of the approval; may be repeated.")
@screened
def approve(folder: Path, by: str, why: str, conditions: tuple[str, ...], screen: Screen) -> int:
    """Sign the plan: publish an immutable version, named by its hash, with the hashes of its inputs and results.

    \b
    Example:  sandop approve my-company --by chen --why "January bottleneck accepted"
    """
    desk = open_desk(folder, screen)
    sign(desk, screen, by=by, why=why, conditions=conditions)
    return 0


def sign(desk: Desk, screen: Screen, *, by: str, why: str, conditions: tuple[str, ...] = ()) -> str:
    """Publish the desk's month as a version signed by `by`. Raises the refusals of `require_signable`."""
    month = desk.month
    require_signable(month=month, by=by, why=why)
    version = publish(
        desk.folder,
        sheets=month.sheets,
        reports=month.reports,
        input_hash=desk.inputs,
        start=desk.plan.settings.time.start,
        who=by,
        when=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        conditions=(why, *conditions),
        others=month.proofs,
    )
    people = desk.plan.network.people
    place = people.position[by]
    name = (people.name_zh if screen.language == "zh" else people.name)[place] or by
    screen.say(
        "approve.done", who=name, version=version[:12], inputs=desk.inputs[:12], results=month.result_hash[:12]
    )
    screen.answer(version=version, input_hash=desk.inputs, result_hash=month.result_hash, signed_by=by)
    return version


@click.command()
@folder
@click.argument("before")
@click.argument("after")
@click.option("--measure", help="Show the cells of this measure only.")
@screened
def diff(folder: Path, before: str, after: str, measure: str | None, screen: Screen) -> int:
    """Show what changed between two versions, in total by measure and cell by cell. BEFORE and AFTER are the
    beginnings of their hashes; `signed` is the version in force, `now` is what stands in results/.

    \b
    Example:  sandop diff my-company signed now --measure demand
    """
    one, two = (_sheets(folder, name, screen) for name in (before, after))
    if measure:
        one, two = ({name: sheet for name, sheet in sheets.items() if name == measure} for sheets in (one, two))
    changed = compare(one, two)
    cells = [_cell(vars(cell)) for cell in changed.cells]
    totals = [_cell(vars(total)) for total in changed.totals]
    if not changed:
        screen.say("diff.same")
        screen.answer(cells=[], totals=[])
        return 0
    screen.say("diff.total", cells=len(cells), measures=len({cell["measure"] for cell in cells}))
    shown = {name: screen.words(f"heading.{name}") for name in ("measure", "period", "before", "after", "change")}
    screen.table("totals", totals, shown)
    screen.table(
        "cells", cells if screen.as_json else cells[:_CELLS_SHOWN], {"row": screen.words("heading.row"), **shown}
    )
    return 1


@click.command()
@folder
@screened
def release(folder: Path, screen: Screen) -> int:
    """Hand out the master production schedule of the approved plan: lots by item, line and week. The signature is
    checked first; the files go to FOLDER/releases.

    \b
    Example:  sandop release my-company
    """
    release_schedule(folder, screen)
    return 0


def release_schedule(folder: Path, screen: Screen) -> None:
    """Write the schedule of the version in force to `releases/<version>/`. Raises the refusals of `read_version`."""
    version = read_version(folder)
    reports = {name: version.reports[name] for name in _SCHEDULE if name in version.reports}
    path = folder / "releases" / version.hash[:12]
    write_results(path=path, sheets={"mps": version.sheets["mps"]}, reports=reports, input_hash=version.hash)
    figures = {
        "starts": len(reports["schedule"]),
        "weeks": len(version.sheets["mps"].periods),
        "carried": sum(bool(row["carry"]) for row in reports["schedule_carry"]),
    }
    screen.say("release.done", **figures, path=path)
    screen.answer(release=str(path), version=version.hash, **figures)


def _cell(difference: dict[str, Any]) -> dict[str, Any]:
    """A difference as a row of a table; a blank is None."""
    before, after = difference["before"], difference["after"]
    change = None if before != before or after != after else after - before
    row = " · ".join(difference["row"]) if "row" in difference else ""
    blank_aware = {name: None if value != value else value for name, value in difference.items()}
    return {**blank_aware, "row": row, "change": change}


def _sheets(folder: Path, name: str, screen: Screen) -> Mapping[str, Sheet]:
    """The result sheets of a version, or of `results/`. Raises the refusals of `read_version`."""
    if name == NOW:
        return open_desk(folder, screen).month.sheets
    return read_version(folder, "" if name == SIGNED else name).sheets
