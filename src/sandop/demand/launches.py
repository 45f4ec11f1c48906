"""New products: a curve with a like-item's season, a pipeline fill, and what they take from the item they replace.

Quantity in month m since the launch (m = 0 in the first) = steady monthly demand x min(1, (m + 1) / ramp months)
x seasonal index of the like-item, plus the pipeline fill in the first month.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import month_number
from sandop.demand.effects import Ground, Stream
from sandop.demand.scope import in_proportion
from sandop.findings import Where, note, warning
from sandop.plan import Key, Plan, Values

_FILE = Where("launches")
_YEARS = 3  # years of the like-item that its season is read from


def launch_key(row: Mapping[str, Any], plan: Plan) -> Key:
    """The series a launch opens: its item and customer, at the site that ships to the customer."""
    customers = plan.network.customers
    return row["item"], customers.site[customers.position[row["customer"]]], row["customer"]


def launch_stream(ground: Ground) -> Stream:
    """Launches net of what they take from the items they replace, and the end of items phased out.

    For a series that has a launch its curve stands in place of the statistics: a few first orders say little about
    a product that is still growing. Once the ramp lies in the closed months and orders are there, the statistics
    speak and the launch is left aside. Outside an item's months of sale nothing is left.
    """
    stream = Stream.empty(ground)
    for row in ground.plan.network.launches.rows():
        _launch(ground, row, stream)
    taken_off = np.where(np.isnan(ground.statistics), 0.0, ground.statistics)
    stream.effect = np.where(ground.sale, stream.effect, -taken_off)
    return stream


def seasonal_indices(history: Values, first_month: int) -> NDArray[np.float64] | None:
    """Seasonal index of each calendar month, mean 1, (12,), January first; None where there is no whole year.

    history      demand of one item by month, oldest first, units, (month,); a blank counts as no demand
    first_month  calendar month of history[0], 0 = January

    Each of the last whole years (three at most) is divided by its own mean, so that growth from year to year does
    not pass for season; the ratios of a calendar month are then averaged.
    """
    years = min(len(history) // 12, _YEARS)
    recent = np.nan_to_num(history[len(history) - 12 * years :]).reshape(years, 12)
    means = recent.mean(axis=1, keepdims=True)
    told = means[:, 0] > 0
    if not told.any():
        return None
    ratios: NDArray[np.float64] = (recent[told] / means[told]).mean(axis=0)
    return np.asarray(np.roll(ratios, (first_month + len(history)) % 12))


def _launch(ground: Ground, row: Mapping[str, Any], stream: Stream) -> None:
    begin, place = ground.place(row["launch"]), ground.series.rows.position[launch_key(row, ground.plan)]
    names = {"item": row["item"], "customer": row["customer"], "launch": row["launch"]}
    _check_dates(ground, row, names, stream)
    if begin >= len(ground.months):
        stream.findings.append(note("demand.launch_after_horizon", _FILE, **names))
        return
    ordered = _has_orders(ground, launch_key(row, ground.plan))
    if ordered and begin + max(row["ramp_months"], 1.0) <= 0:
        stream.findings.append(note("demand.launch_is_history", _FILE, **names))
        return
    if ordered:
        stream.findings.append(note("demand.launch_in_history", _FILE, **names))
    elif begin < 0:
        stream.findings.append(warning("demand.launch_without_orders", _FILE, **names))
    stream.enter(ground, row, "launch", _launch_effect(ground, row, place, ordered, stream))


def _launch_effect(ground: Ground, row: Mapping[str, Any], place: int, ordered: bool, stream: Stream) -> Values:
    """Effect of one launch on all series, units, (row, month)."""
    effect = np.zeros(ground.statistics.shape)
    begin = ground.place(row["launch"])
    age = np.arange(len(ground.months)) - begin
    grown = _steady(row, age) * _season(ground, row, stream)
    curve = grown + np.where(age == 0, row["pipeline_fill"], 0.0)
    open_ = (age >= 0) & ground.sale[place]
    effect[place] = np.where(open_, curve - ground.known_statistics[place], 0.0)
    if row["replaces"] and row["replaced"] > 0:
        # what the replaced item has already lost stands in its own history
        gone = _steady(row, np.array([-1 - begin]))[0] if ordered else 0.0
        lost = row["replaced"] * np.clip(grown - gone, 0.0, None) * open_
        effect -= _taken_from_replaced(ground, row, place, lost, stream)
    return effect


def _steady(row: Mapping[str, Any], age: NDArray[np.int64]) -> Values:
    """Demand without season or fill at `age` months since the launch, units a month."""
    ramp = max(float(row["ramp_months"]), 1.0)
    return np.asarray(row["monthly"] * np.clip((age + 1) / ramp, 0.0, 1.0))


def _season(ground: Ground, row: Mapping[str, Any], stream: Stream) -> Values:
    """Seasonal index of every planned month, (month,); ones where there is no like-item or it tells nothing."""
    months = np.array([month_number(label) % 12 for label in ground.months.labels])
    if not row["like_item"]:
        return np.ones(len(months))
    orders = ground.orders
    history = np.nansum(orders.values[orders.rows.where(item=row["like_item"])], axis=0)
    first = ground.plan.calendar.history.starts[0].month - 1 if len(ground.plan.calendar.history) else 0
    indices = seasonal_indices(history, first)
    if indices is None:
        stream.findings.append(
            warning("demand.like_item_unknown", _FILE, item=row["item"], like_item=row["like_item"])
        )
        return np.ones(len(months))
    return np.asarray(indices[months])


def _taken_from_replaced(ground: Ground, row: Mapping[str, Any], place: int, lost: Values, stream: Stream) -> Values:
    """What the replaced item loses, units, (row, month): at the same customer, never more than it has."""
    series = ground.series
    at = np.flatnonzero((series.labels["item"] == row["replaces"]) & (series.labels["customer"] == row["customer"]))
    names = {"item": row["item"], "replaces": row["replaces"], "customer": row["customer"]}
    taken = np.zeros(ground.statistics.shape)
    if not len(at) or series.unit[at[0]] != series.unit[place]:
        stream.findings.append(warning("demand.nothing_to_replace", _FILE, **names))
        return taken
    there = np.clip(ground.known_statistics[at] + stream.effect[at], 0.0, None)
    wanted = in_proportion(lost * series.factor[place] / series.factor[at[0]], there, ground.sale[at])
    taken[at] = np.minimum(wanted, there)
    return taken


def _check_dates(ground: Ground, row: Mapping[str, Any], names: Mapping[str, str], stream: Stream) -> None:
    items = ground.plan.network.items
    first = items.launch[items.position[row["item"]]]
    if first and month_number(first) > month_number(row["launch"]):
        stream.findings.append(warning("demand.launch_before_item", _FILE, **names, first=first))


def _has_orders(ground: Ground, key: Key) -> bool:
    orders = ground.orders
    place = orders.rows.position.get(key)
    return place is not None and bool((np.nan_to_num(orders.values[place]) > 0).any())
