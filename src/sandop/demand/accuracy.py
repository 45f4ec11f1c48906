"""How good past forecasts were, from frozen vintages: by stream, level and lag. Error = forecast - actual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.demand.judged import SEASON, Judged, Past, judged_streams
from sandop.demand.reporting import figure, series_name
from sandop.demand.scope import Series
from sandop.plan import Level, Plan, Rows, Values, level
from sandop.tables import Cell, Report

LEVELS: dict[str, tuple[str, ...]] = {
    "total": (),
    "family": ("family",),
    "region": ("region",),
    "item": ("item",),
    "series": ("item", "site", "customer"),
}
DETAIL_LAGS = (1, 2, 3)  # lags at which single items and series are listed: what their planners can still act on
_DETAILED = ("item", "series")
NO_NAME = "-"


def accuracy(*, plan: Plan, detail_lags: Sequence[int] = DETAIL_LAGS) -> Report:
    """Accuracy of the vintages, of the sales forecast (lag 1) and of the seasonal naive forecast in the same cells.

    One row by stream, level, node and lag. An empty node is all nodes of the level pooled: at level series that is
    the usual "WMAPE at series level". Single items and series are listed at `detail_lags` only.

    wmape            sum of absolute errors / sum of actuals; errors are taken after adding up to the level
    bias             sum of errors / sum of actuals; + is over-forecast
    mase             mean absolute error / mean absolute change from the same month a year before, over the months
                     before the first judged one; blank with fewer than twelve such changes. Pooled: mean of nodes
    tracking_signal  sum of errors / mean absolute error; between -periods and +periods; blank for pooled rows
    actual, forecast   sums over the judged cells, in `unit`: the plan unit; where the node joins families of
                     different plan units, standard cost in the plan currency, because units are never mixed
    periods          months judged; `censored`: series months left out because the item was out of stock in them

    Actual demand = orders by requested date. A blank on either side is no cell.
    Source: Hyndman and Koehler (2006) for MASE; formulas in the glossary.
    """
    past = Past.of(plan)
    if not len(past.rows):
        return []
    streams = judged_streams(plan, past)
    judging = _Judging.of(plan, past, streams)
    return [
        row
        for stream in streams
        for name in LEVELS
        for row in judging.rows(stream, name, listed=name not in _DETAILED or stream.lag in detail_lags)
    ]


@dataclass(frozen=True, eq=False)
class _Node:
    """A level made ready: what each series weighs in it, and the scale of MASE of each node."""

    level: Level
    weight: NDArray[np.float64]
    units: NDArray[np.object_]
    scale: Values


@dataclass(frozen=True, eq=False)
class _Judging:
    """The levels of one plan, and the unit in which everything pooled adds up."""

    nodes: dict[str, _Node]
    pooled_weight: NDArray[np.float64]
    pooled_unit: str

    @staticmethod
    def of(plan: Plan, past: Past, streams: Sequence[Judged]) -> _Judging:
        series = Series.of(past.rows, plan.network)
        cost = plan.network.items.value[plan.network.items.places(series.labels["item"])]
        first = min((month for stream in streams for month in stream.months), default="")
        before = past.orders[:, : past.months.position.get(first, len(past.months))]
        units = sorted(set(series.unit))
        one = len(units) == 1
        return _Judging(
            {name: _node(plan, series, cost, by, before) for name, by in LEVELS.items()},
            series.factor if one else cost,
            units[0] if one else plan.settings.company.currency,
        )

    def rows(self, stream: Judged, name: str, *, listed: bool) -> list[dict[str, Cell]]:
        """Report rows of one stream at one level: the nodes where `listed`, and all of them pooled."""
        node = self.nodes[name]
        figures = _Figures.of(stream, node)
        head: dict[str, Cell] = {"stream": stream.stream, "level": name, "node": "", "lag": stream.lag}
        rows = [{**head, **self._pooled(stream, node, figures)}] if figures.judged.any() else []
        if listed and name != "total":
            rows += [
                {**head, "node": _named(node.level.rows, i), **figures.row(i), "unit": node.units[i]}
                for i in np.flatnonzero(figures.judged).tolist()
            ]
        return rows

    def _pooled(self, stream: Judged, node: _Node, figures: _Figures) -> dict[str, Cell]:
        if len(node.level.rows) == 1:
            return {**figures.row(0), "unit": node.units[0]}
        forecast, actual = (
            node.level.total(v * self.pooled_weight[:, None]) for v in (stream.forecast, stream.actual)
        )
        error, base = forecast - actual, float(np.nansum(actual))
        mase = figures.mase[~np.isnan(figures.mase)]
        return {
            "periods": int((~np.isnan(error)).any(axis=0).sum()),
            "wmape": figure(float(np.nansum(np.abs(error))) / base) if base > 0 else None,
            "bias": figure(float(np.nansum(error)) / base) if base > 0 else None,
            "mase": figure(float(mase.mean())) if len(mase) else None,
            "tracking_signal": None,
            "actual": figure(base, 3),
            "forecast": figure(float(np.nansum(forecast)), 3),
            "censored": int(stream.censored.sum()),
            "unit": self.pooled_unit,
        }


@dataclass(frozen=True, eq=False)
class _Figures:
    """Accuracy of every node of one level, (node,)."""

    periods: NDArray[np.int64]
    wmape: Values
    bias: Values
    mase: Values
    signal: Values
    actual: Values
    forecast: Values
    censored: NDArray[np.int64]

    @property
    def judged(self) -> NDArray[np.bool_]:
        return (self.periods > 0) | (self.censored > 0)

    @staticmethod
    def of(stream: Judged, node: _Node) -> _Figures:
        forecast, actual = (node.level.total(v * node.weight[:, None]) for v in (stream.forecast, stream.actual))
        error = forecast - actual
        periods = (~np.isnan(error)).sum(axis=1)
        off, net, base = np.nansum(np.abs(error), axis=1), np.nansum(error, axis=1), np.nansum(actual, axis=1)
        mean = _ratio(off, periods.astype(np.float64))
        left_out = np.bincount(node.level.node, stream.censored.sum(axis=1), len(node.level.rows))
        return _Figures(
            periods,
            _ratio(off, base),
            _ratio(net, base),
            _ratio(mean, node.scale),
            _ratio(net, mean),
            base,
            np.nansum(forecast, axis=1),
            left_out.astype(np.int64),
        )

    def row(self, place: int) -> dict[str, Cell]:
        return {
            "periods": int(self.periods[place]),
            "wmape": figure(self.wmape[place]),
            "bias": figure(self.bias[place]),
            "mase": figure(self.mase[place]),
            "tracking_signal": figure(self.signal[place]),
            "actual": figure(self.actual[place], 3),
            "forecast": figure(self.forecast[place], 3),
            "censored": int(self.censored[place]),
        }


def _node(plan: Plan, series: Series, cost: Values, by: tuple[str, ...], before: Values) -> _Node:
    """The level with each node's unit: its plan unit, or standard cost where it joins several."""
    at = level(series.rows, plan.network, by)
    mixed = at.joins_several(series.unit)
    units = np.empty(len(at.rows), dtype=object)
    units[at.node] = series.unit
    units[mixed] = plan.settings.company.currency
    weight = np.where(mixed[at.node], cost, series.factor)
    return _Node(at, weight, units, _naive_scale(at.total(before * weight[:, None])))


def _naive_scale(history: Values) -> Values:
    """Mean absolute change from the same month a year before, (node,); blank with fewer than twelve changes."""
    change = np.abs(history[:, SEASON:] - history[:, :-SEASON])
    count = (~np.isnan(change)).sum(axis=1)
    return np.where(count >= SEASON, _ratio(np.nansum(change, axis=1), count.astype(np.float64)), np.nan)


def _ratio(top: Values, bottom: Values) -> Values:
    """top / bottom; blank where the bottom is zero, negative or blank."""
    ratio: Values = np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0)
    return ratio


def _named(rows: Rows, place: int) -> str:
    return series_name(rows.keys[place]) or NO_NAME
