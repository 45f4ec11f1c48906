"""Marketing activities and events: gain, what is only bought forward, what another family loses (cannibalisation)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods, month_label, month_number
from sandop.demand.effects import Ground, Stream
from sandop.demand.scope import Scope, in_proportion
from sandop.findings import Where, note, warning
from sandop.measures import measure
from sandop.plan import Values

_FILE = Where("activities")
Places = NDArray[np.int64]


def activity_stream(ground: Ground, base: Values) -> Stream:
    """Effect of all activities, net of cannibalisation and pull-forward, units, (row, month).

    base  statistics and launches before activities, units, (row, month)

    gain of a series    = uplift x base, or its share of the stated quantity in proportion to base
    pull-forward        = dip_after x the gain of all the activity's months, out of the month after the last one
                          (what was put off, where the activity lowers demand, comes back in the same way)
    cannibalisation     = taken x gain in plan units, out of the losing family at the same customers

    Uplifts that meet in a month add up. Together they never take more than there is: a series with demand does not
    fall under zero.
    """
    stream = Stream.empty(ground)
    for row in ground.plan.network.activities.rows():
        _activity(ground, row, base, stream)
    effect = np.where(ground.sale, stream.effect, 0.0)
    least = -np.clip(base, 0.0, None)
    short = np.clip(least - effect, 0.0, None)
    if short.sum() > 0.5 * 10.0 ** -measure("activity_effect").decimals:
        stream.findings.append(_more_than_there_is(ground, short))
    stream.effect = np.maximum(effect, least)
    return stream


def _activity(ground: Ground, row: Mapping[str, Any], base: Values, stream: Stream) -> None:
    begin, count = ground.place(row["start"]), int(row["months"])
    names = {"activity": row["activity"], "scope": str(Scope.of(row)), "start": row["start"]}
    if begin + count < 0 or (begin + count == 0 and not row["dip_after"]):
        return  # over and done
    if begin >= len(ground.months):
        stream.findings.append(note("demand.activity_after_horizon", _FILE, **names))
        return
    if np.isnan(row["uplift"]) and np.isnan(row["quantity"]):
        stream.findings.append(warning("demand.activity_without_effect", _FILE, **names))
        return
    at = np.flatnonzero(ground.series.within(Scope.of(row)) & ground.sale.any(axis=1))
    if not len(at):
        stream.findings.append(warning("demand.activity_without_scope", _FILE, **names))
        return
    items = ground.plan.network.items
    if not np.isnan(row["quantity"]) and len(set(items.unit[items.places(ground.series.labels["item"][at])])) > 1:
        stream.findings.append(warning("demand.activity_mixes_units", _FILE, **names))
    if begin < 0 < begin + count and row["uplift"] != -1.0:  # all cannot be lost twice
        stream.findings.append(warning("demand.activity_began_earlier", _FILE, **names))
    stream.enter(ground, row, "activity", _activity_effect(ground, row, at, base, stream))


def _activity_effect(ground: Ground, row: Mapping[str, Any], at: Places, base: Values, stream: Stream) -> Values:
    """Effect of one activity on all series, units, (row, month)."""
    effect = np.zeros(base.shape)
    begin, count = ground.place(row["start"]), int(row["months"])
    gain = _gain(row, ground.months, base[at], ground.sale[at], begin, count)
    effect[at] += gain
    after = begin + count
    if row["dip_after"] and 0 <= after < len(ground.months):
        whole = gain.sum(axis=1) + _gain_so_far(ground, row, at, begin, count)
        effect[at, after] -= row["dip_after"] * whole
    if row["takes_from"] and row["taken"]:
        effect -= _cannibalised(ground, row, at, gain, base, stream)
    return effect


def _gain(
    row: Mapping[str, Any], months: Periods, base: Values, sale: NDArray[np.bool_], begin: int, count: int
) -> Values:
    """Gain of the series in scope, units, (series, month); never a loss of more than the base."""
    place = np.arange(len(months))
    running = (place >= begin) & (place < begin + count)
    there = np.clip(base, 0.0, None) * sale
    if np.isnan(row["quantity"]):
        return np.asarray(row["uplift"] * there * running)
    return np.maximum(in_proportion(row["quantity"] * running, there, sale), -there)


def _gain_so_far(ground: Ground, row: Mapping[str, Any], at: Places, begin: int, count: int) -> Values:
    """Gain of the months already closed, units, (series,): an uplift u is u / (1 + u) of what was ordered."""
    first = month_number(ground.months.labels[0])
    closed = [month_label(first + place) for place in range(begin, min(begin + count, 0))]
    if not closed:
        return np.zeros(len(at))
    orders = ground.orders.on(ground.series.rows, Periods.of_labels(closed))
    ordered = np.clip(np.nan_to_num(orders.values[at]), 0.0, None)
    if np.isnan(row["quantity"]):
        return np.asarray(ordered.sum(axis=1) * (row["uplift"] / (1 + row["uplift"]) if row["uplift"] > -1 else 0.0))
    sale = np.ones(ordered.shape, dtype=bool)
    return np.asarray(in_proportion(np.full(len(closed), row["quantity"]), ordered, sale).sum(axis=1))


def _cannibalised(
    ground: Ground, row: Mapping[str, Any], at: Places, gain: Values, base: Values, stream: Stream
) -> Values:
    """What the losing family loses, units, (row, month)."""
    series = ground.series
    scope = Scope(family=row["takes_from"], region=row["region"], customer=row["customer"])
    losing = series.within(scope)
    losing[at] = False
    losers = np.flatnonzero(losing)
    taken = np.zeros(base.shape)
    units = {series.one_unit(at), series.one_unit(losers)}
    if not len(losers) or len(units) > 1 or None in units:
        names = {"activity": row["activity"], "family": row["takes_from"]}
        stream.findings.append(warning("demand.nothing_to_take", _FILE, **names))
        return taken
    factor = series.factor[losers][:, None]
    there = np.clip(base[losers], 0.0, None) * ground.sale[losers] * factor
    lost = row["taken"] * (gain * series.factor[at][:, None]).sum(axis=0)
    taken[losers] = in_proportion(lost, there, there > 0) / factor
    return taken


def _more_than_there_is(ground: Ground, short: Values) -> Any:
    """One finding for all cells in which activities would take more than the base holds."""
    touched = np.flatnonzero(short.any(axis=1))
    families = sorted(set(ground.series.labels["family"][touched]))
    months = np.flatnonzero(short.any(axis=0))
    return warning(
        "demand.more_than_there_is",
        _FILE,
        families=", ".join(families),
        series=len(touched),
        first=ground.months.labels[int(months[0])],
        quantity=round(float(short.sum()), 3),
    )
