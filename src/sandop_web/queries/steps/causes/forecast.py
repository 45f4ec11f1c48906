"""Forecast error and bias: the frozen forecasts of the month before, item by item, against what was ordered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sandop.calendar import Periods
from sandop.demand.judged import Judged, Past, judge
from sandop.plan import Level, level
from sandop_web.queries.steps.causes.ratio import Flags, Numbers, Ratio
from sandop_web.queries.steps.content import Needs, Reading
from sandop_web.store.models import Entry
from sandop_web.store.parts import read_part

NEEDS = Needs(inputs=("orders", "stocked_out"), reports=("kpis",))


def forecast_wmape(reading: Reading) -> Sequence[Ratio]:
    """Sum of |forecast - actual| by item, over the sum of actuals."""
    return _ratios(reading, absolute=True)


def forecast_bias(reading: Reading) -> Sequence[Ratio]:
    """Sum of forecast - actual, over the sum of actuals."""
    return _ratios(reading, absolute=False)


def _ratios(reading: Reading, *, absolute: bool) -> Sequence[Ratio]:
    """By item, and the items added up by family: errors are taken at the item, where nothing can cancel out."""
    judged, past = _judged(reading)
    if judged is None or not judged.months:
        return ()
    network = reading.month.plan.network
    at = level(past.rows, network, ["item"])
    weight = _weight(reading, past)
    forecast, actual = (at.total(values * weight[:, None]) for values in (judged.forecast, judged.actual))
    error = np.abs(forecast - actual) if absolute else forecast - actual
    items = tuple(str(key[0]) for key in at.rows.keys)
    every: Flags = np.ones(len(judged.months), dtype=bool)
    closed = len(judged.months)
    by_item = Ratio("item", items, error, actual, judged.months, closed, every)
    families = level(at.rows, network, ["family"])
    names = tuple(str(key[0]) for key in families.rows.keys)
    off, met = (_added(families, values) for values in (error, actual))
    return Ratio("family", names, off, met, judged.months, closed, every), by_item


def _added(families: Level, values: Numbers) -> Numbers:
    total: Numbers = families.total(values)
    return total


def _judged(reading: Reading) -> tuple[Judged | None, Past]:
    """The forecasts made for the first month not closed, and what they met."""
    plan = reading.month.plan
    past = Past.of(plan)
    _, whole = read_part(reading.version, {Entry.Kind.VINTAGE: _months(reading)})
    vintages = {month: sheet for month, sheet in whole.plan.vintages.items() if month in past.months.position}
    if not vintages or not len(past.rows):
        return None, past
    made = sorted(vintages)
    forecast = np.hstack([vintages[label].on(past.rows, Periods.months(label, 1)).values for label in made])
    return judge(past, vintages[made[0]].name, 1, made, forecast), past


def _months(reading: Reading) -> tuple[str, ...]:
    """Names under which vintages may stand: the closed months."""
    return reading.month.plan.calendar.history.labels


def _weight(reading: Reading, past: Past) -> Numbers:
    """What a unit of each series weighs: its plan unit where all share one, else its standard cost, (row,)."""
    items, families = reading.month.plan.network.items, reading.month.plan.network.families
    place = items.places(past.rows.column("item"))
    units = families.unit[families.places(items.family[place])]
    weight: Numbers = items.plan_factor[place] if len(set(units)) == 1 else items.value[place]
    return weight
