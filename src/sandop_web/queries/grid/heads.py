"""What stands above and beside the numbers of a grid: periods, quarters, levels, measures with their locks."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import quarter_of
from sandop.measures import measures
from sandop.pack.reader import Reader, scale_of
from sandop.plan import Plan, Values
from sandop.wording import currency_name
from sandop_web.access.grid.ground import Ground
from sandop_web.access.grid.locks import is_override, why_locked
from sandop_web.access.grid.money import mixed_nodes, worth_of_mixed
from sandop_web.access.grid.views import LAST_PLAN, VIEWS, level_title
from sandop_web.queries.grid.shape import (
    GridLevel,
    GridMeasure,
    GridOffered,
    GridPeriod,
    GridQuarter,
    GridWorth,
    State,
)
from sandop_web.store.plans import read_settings
from sandop_web.wording import say


def periods_of(ground: Ground) -> tuple[GridPeriod, ...]:
    """The periods shown; past are those before the plan's first month."""
    reader = _reader(ground)
    months = [f"{start:%Y-%m}" for start in ground.periods.starts]
    return tuple(
        GridPeriod(label, reader.short_month(label), quarter_of(month), month < ground.version.start)
        for label, month in zip(ground.periods.labels, months)
    )


def quarters_of(ground: Ground, periods: tuple[GridPeriod, ...]) -> tuple[GridQuarter, ...]:
    """The calendar quarters over the periods shown."""
    found = []
    for label, inside in groupby(periods, key=lambda period: period.quarter):
        year, _, quarter = label.partition("-Q")
        title = say("gridrules.quarter", ground.by.language, year=year, quarter=quarter)
        found.append(GridQuarter(label, title, len(list(inside))))
    return tuple(found)


def measures_of(ground: Ground, names: tuple[str, ...]) -> tuple[GridMeasure, ...]:
    """The measures, each with whether it may be changed here and now, and why not."""
    return tuple(_measure(ground, name) for name in names)


def offered(ground: Ground) -> GridOffered:
    """The views there are, and the levels and measures of this one."""
    language, view = ground.by.language, ground.view
    return GridOffered(
        views=tuple(GridLevel(name, say(f"gridrules.view.{name}", language)) for name in VIEWS),
        levels=tuple(GridLevel(name, level_title(name, language)) for name in (*view.levels, *view.more_levels)),
        measures=tuple(GridLevel(name, view.title(name, language)) for name in view.measures),
    )


def neighbours(ground: Ground) -> tuple[str, str]:
    """First period of the window before and of the one after; empty where there is none."""
    labels = ground.whole.labels
    if not len(ground.periods):
        return "", ""
    first, count = ground.whole.position[ground.periods.labels[0]], len(ground.periods)
    earlier, later = labels[max(first - count, 0)] if first else "", labels[first + count : first + count + 1]
    return earlier, "".join(later)


def plan_units(ground: Ground) -> tuple[str, ...]:
    """The plan units in which the rows count, in the reader's words, in the order of their ids; an empty one where a
    row has none."""
    reader = _reader(ground)
    return tuple(reader.word("unit_of", unit) if unit else "" for unit in _unit_ids(ground))


def units_of_nodes(ground: Ground) -> NDArray[np.int64]:
    """Place of each node's plan unit among `plan_units`, (node,); -1 where its rows count in several."""
    if not len(ground.rows):
        return np.full(len(ground.hierarchy), -1)
    places = {unit: place for place, unit in enumerate(_unit_ids(ground))}
    first = ground.layout.unit[ground.hierarchy.order[ground.hierarchy.first]]
    return np.where(ground.layout.one_unit, [places[unit] for unit in first.tolist()], -1)


def worth_told(ground: Ground, held: Mapping[str, Values]) -> GridWorth | None:
    """Money of the nodes that have no sum in quantity; None where every node has one. `held` is what the rows hold by
    measure, (row, period) in its unit."""
    values = worth_of_mixed(ground, held)
    if not values:
        return None
    reader = Reader(Plan(read_settings(ground.version), ground.network), ground.by.language, ground.by.large_numbers)
    amounts = [float(np.nanmax(np.abs(one), initial=0.0)) for one in values.values()]
    scale = scale_of(amounts)
    divisor = {"million": 1e6, "thousand": 1e3}.get(scale, 1.0)
    if reader.in_wan and divisor > 1.0:
        divisor = 1e4
    decimals = 1 if divisor == 1e6 else 0
    return GridWorth(reader.money_unit(scale), divisor, decimals, mixed_nodes(ground), values)


def _unit_ids(ground: Ground) -> list[str]:
    return sorted(set(ground.layout.unit.tolist()))


def _reader(ground: Ground) -> Reader:
    return Reader(Plan(read_settings(ground.version), ground.network), ground.by.language)


def _measure(ground: Ground, name: str) -> GridMeasure:
    known, language = ground.view.measure(name), ground.by.language
    locked = why_locked(by=ground.by, version=ground.version, view=ground.view, name=name, asked=ground.asked)
    is_input = name != LAST_PLAN and (measures()[name].direction == "input" or is_override(ground.view, name))
    state: State = "editable" if not locked else "locked" if is_input else "computed"
    money = ground.asked.unit == "money" and bool(ground.view.priced) and ground.counts_units(name)
    return GridMeasure(
        id=name,
        title=ground.view.title(name, language),
        unit=_unit(ground, name, money),
        decimals=0 if money else ground.decimals(name),
        over_rows=known.over_rows,
        state=state,
        why_locked=locked,
        override=is_override(ground.view, name),
    )


def _unit(ground: Ground, name: str, money: bool) -> str:
    """The unit in words: plan currency, the plan unit where all rows have the same, nothing where they differ, else
    the measure's own."""
    known, language = ground.view.measure(name), ground.by.language
    if money or known.unit == "currency":
        return currency_name(read_settings(ground.version).company.currency, language)
    if ground.counts_units(name):
        units = plan_units(ground)
        return units[0] if len(units) == 1 else ""
    return say(f"gridrules.unit.{known.unit}", language)
