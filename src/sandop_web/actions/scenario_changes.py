"""Trying something out: demand, hours, prices, limits or rates of a scenario changed over a scope and some months."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from sandop.calendar import Periods, month_number
from sandop.measures import measure as measure_named
from sandop.network import Network
from sandop.plan import Rows, Sheet, Values, in_plan_units, level, spread
from sandop.plan.rounding import round_to_total
from sandop_web.access import Actor, NotUnderstood, WebRefusal, action
from sandop_web.access.changing import NothingToChange, UnitsDiffer
from sandop_web.access.editing import require_cells_editable
from sandop_web.access.members import acting_member
from sandop_web.access.sheet_rows import known_measure, periods_spoken_of
from sandop_web.access.trying import TRIED, months_between, rows_tried
from sandop_web.access.versions import version_of
from sandop_web.actions.scenarios import NotAScenario
from sandop_web.actions.spreading import NoRowsThere
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.edits import Edit, edit_cells
from sandop_web.store.models import Version
from sandop_web.store.own_demand import demand_now
from sandop_web.store.plans import read_network, read_sheet
from sandop_web.wording import say

Way = Literal["percent", "plus", "exactly"]
WAYS: tuple[str, ...] = get_args(Way)
_GIVEN = "demand_given"  # the demand given replaces the computed one


class NoDemandYet(WebRefusal):
    """Demand is to be changed where none has been computed."""

    message = "scenarios.no_demand_yet"


class NotToBeTried(WebRefusal):
    """The measure is not among those a scenario's levers change."""

    message = "scenarios.not_to_be_tried"
    status = 400


@dataclass(frozen=True, eq=False)
class _Ground:
    """What is changed: `held` as the scenario says it, `base` as it counts today, both (row, period)."""

    held: Sheet
    base: Values
    network: Network


@action
def change_in_scenario(
    *,
    by: Actor,
    version: int,
    measure: str,
    wanted: Mapping[str, str],
    first: str,
    last: str,
    way: str,
    amount: float,
    why: str,
) -> str:
    """Change a measure of a scenario in the rows of `wanted` (level → label) that lie in the person's scope, from the
    month `first` to the month `last`; returns the batch, by which it can be taken back.

    way     percent: every number grows by so many percent. plus: the sum of each month grows by the amount. exactly:
            the sum of each month becomes the amount. Sums are in plan units and shared in proportion; prices and
            rates have no sum, so that each of them is moved by, or set to, the amount

    Demand is `demand_given`: what is said there takes the place of what statistics and sales agree on; where nothing
    is said yet it begins with the demand that this scenario's own numbers make, its activities as they stand in it.

    Raises NothingThere, NotAScenario, NotToBeTried, NotUnderstood, NoRowsThere, NoDemandYet, UnitsDiffer,
    NothingToChange, and as `edit_cells_of_plan`.
    """
    found = version_of(by=by, version=version)
    if found.purpose != Version.Purpose.SCENARIO:
        raise NotAScenario(title=found.title)
    if known_measure(by=by, name=measure).name not in TRIED:
        raise NotToBeTried(measure=measure_named(measure).title(by.language))
    _require_understood(by, way, amount)
    ground = _ground(by, found, measure, wanted, _months(by, found, measure, first, last))
    edits = _edits(ground.held, _changed(ground, way, amount))
    if not edits:
        raise NothingToChange()
    require_cells_editable(by=by, version=found, cells=((edit.measure, edit.row) for edit in edits))
    return str(edit_cells(version=found, edits=edits, member=acting_member(by=by), at=by.at, why=why))


def _require_understood(by: Actor, way: str, amount: float) -> None:
    if way not in WAYS:
        raise NotUnderstood(
            field=say("scenarios.lever.way", by.language), value=str(way)[:80], wanted=" / ".join(WAYS)
        )
    if not math.isfinite(amount) or (way == "percent" and amount < -100.0):
        field, wanted = say("scenarios.lever.amount", by.language), say("scenarios.an_amount", by.language)
        raise NotUnderstood(field=field, value=f"{amount:g}", wanted=wanted)


def _months(by: Actor, version: Version, name: str, first: str, last: str) -> Periods:
    """The periods of the measure in these months."""
    spoken = periods_spoken_of(version=version, name=name)
    field, wanted = say("scenarios.lever.months", by.language), say("plans.a_month", by.language)
    try:
        month_number(first), month_number(last)
    except ValueError:
        raise NotUnderstood(field=field, value=f"{first} – {last}"[:80], wanted=wanted) from None
    chosen = months_between(spoken, first, last)
    if not len(chosen):
        span = f"{spoken.month_labels[0]} – {spoken.month_labels[-1]}"
        raise NotUnderstood(field=field, value=f"{first} – {last}", wanted=span)
    return chosen


def _ground(by: Actor, version: Version, name: str, wanted: Mapping[str, str], months: Periods) -> _Ground:
    network = read_network(version)
    rows: Rows = rows_tried(by=by, version=version, name=name, network=network, wanted=wanted)
    if not len(rows):
        raise NoRowsThere()
    sheet = read_sheet(version, "input", name)
    held = Sheet.blank(name, rows, months) if sheet is None else sheet.on(rows, months)
    base = held.values if name != _GIVEN else _as_it_counts(version, held)
    return _Ground(held, base, network)


def _as_it_counts(version: Version, held: Sheet) -> Values:
    """The demand given, and where none is the one that this version's own numbers make now, what was tried of its
    activities too; units, (row, period)."""
    computed = demand_now(version)
    if computed is None:
        raise NoDemandYet(title=version.title)
    return np.where(np.isnan(held.values), computed.on(held.rows, held.periods).values, held.values)


def _changed(ground: _Ground, way: str, amount: float) -> Values:
    """What the cells are to hold, as stored, (row, period)."""
    known = measure_named(ground.held.name)
    if way == "percent":
        return known.rounded(ground.base * (1.0 + amount / 100.0))
    if known.over_rows != "sum":
        return known.rounded(ground.base + amount if way == "plus" else np.full_like(ground.base, amount))
    shared = _shared(ground, way, amount)
    lot = 10.0**-known.decimals
    return known.rounded(np.stack([round_to_total(column, lot=lot) for column in shared.T], axis=1))


def _shared(ground: _Ground, way: str, amount: float) -> Values:
    """The new sum of each period shared over the rows by what they hold, units, (row, period)."""
    at = level(ground.held.rows, ground.network, ())
    try:
        factor = in_plan_units(ground.held.with_values(np.ones_like(ground.base)), ground.network, at)
    except ValueError:
        raise UnitsDiffer() from None
    pattern = ground.base * factor
    before = np.nan_to_num(at.total(pattern))
    totals = before + amount if way == "plus" else np.full_like(before, amount)
    shares = spread(totals=totals, pattern=pattern, at=at) / factor
    silent = np.isnan(ground.base) & (np.nan_to_num(before) > 0)  # beside others that speak it stays silent
    return np.where(silent, np.nan, shares)


def _edits(held: Sheet, after: Values) -> list[Edit]:
    differs = ~((held.values == after) | (np.isnan(held.values) & np.isnan(after)))
    return [
        Edit(
            held.name,
            held.rows.keys[row],
            held.periods.labels[place],
            none_if_blank(held.values[row, place]),
            none_if_blank(after[row, place]),
        )
        for row, place in np.argwhere(differs)
    ]
