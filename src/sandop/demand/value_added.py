"""Forecast value added: what each step of the forecast won or lost against the step before it, and how surely."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sandop.demand.judged import Judged, Past, judged_streams
from sandop.demand.reporting import figure
from sandop.demand.scope import Series
from sandop.plan import Plan, Values
from sandop.tables import Cell, Report

_STEPS = ("naive", "statistical", "demand", "sales")  # in the order in which the forecast is made
_LEAST_MONTHS = 3  # fewer months tell nothing about chance


def forecast_value_added(*, plan: Plan) -> Report:
    """WMAPE of each step at lag 1 and series level beside the step before it, in the cells that both judged.

    One row by step and node: level total (node empty), family, and contributor (the salesperson of the customer).

    wmape, before   of the step and of the one before, in the same cells, weighed by standard cost where plan units
                    differ
    added           before - wmape: + where the step made the forecast better
    n               months; p_value: chance that steps of equal skill would differ as much. The differences of
                    absolute error are summed by month (errors of one month go together) and tested against zero
                    mean by Student's t: the test of Diebold and Mariano (1995) at one step ahead with the small
                    sample correction of Harvey, Leybourne and Newbold (1997). Blank with fewer than three months.
    """
    past = Past.of(plan)
    if not len(past.rows):
        return []
    streams = {stream.stream: stream for stream in judged_streams(plan, past) if stream.lag == 1}
    present = [streams[name] for name in _STEPS if name in streams]
    weight, nodes = _weight(plan, past), _nodes(plan, past)
    return [
        {"step": step.stream, "reference": reference.stream, "level": level, "node": node, **figures}
        for reference, step in pairwise(present)
        for (level, node), mask in nodes.items()
        if (figures := _compared(step, reference, mask, weight)) is not None
    ]


def _compared(
    step: Judged, reference: Judged, mask: NDArray[np.bool_], weight: NDArray[np.float64]
) -> dict[str, Cell] | None:
    """Figures of a step against another in the cells of `mask` (row,); None where they share none."""
    shared = [month for month in step.months if month in reference.months]
    mine, other = (_errors(stream, shared, mask, weight) for stream in (step, reference))
    both = ~np.isnan(mine) & ~np.isnan(other)
    actual = _columns(step, step.actual, shared)[mask] * weight[mask, None]
    base = float(actual[both].sum())
    if not both.any() or base <= 0:
        return None
    mine, other = np.where(both, mine, 0.0), np.where(both, other, 0.0)
    better = (other - mine).sum(axis=0)[both.any(axis=0)]
    return {
        "wmape": figure(mine.sum() / base),
        "before": figure(other.sum() / base),
        "added": figure(better.sum() / base),
        "n": len(better),
        "p_value": figure(_chance(better)),
    }


def _chance(better: Values) -> float:
    """Two-sided p-value of a zero mean; NaN with too few months or without any spread."""
    if len(better) < _LEAST_MONTHS or np.ptp(better) <= 1e-9 * max(1.0, float(np.abs(better).max())):
        return float("nan")
    return float(stats.ttest_1samp(better, 0.0).pvalue)


def _errors(stream: Judged, months: list[str], mask: NDArray[np.bool_], weight: NDArray[np.float64]) -> Values:
    off = np.abs(_columns(stream, stream.forecast, months) - _columns(stream, stream.actual, months))
    return off[mask] * weight[mask, None]


def _columns(stream: Judged, values: Values, months: list[str]) -> Values:
    return values[:, [stream.months.index(month) for month in months]]


def _weight(plan: Plan, past: Past) -> NDArray[np.float64]:
    """Plan units in one unit, or standard cost where plan units differ, (row,)."""
    series = Series.of(past.rows, plan.network)
    if len(set(series.unit)) == 1:
        return series.factor
    return np.asarray(plan.network.items.value[plan.network.items.places(series.labels["item"])])


def _nodes(plan: Plan, past: Past) -> Mapping[tuple[str, str], NDArray[np.bool_]]:
    """(level, node) → True for its series, (row,)."""
    series, customers = Series.of(past.rows, plan.network), plan.network.customers
    person = customers.salesperson[customers.places(series.labels["customer"])]
    nodes = {("total", ""): np.ones(len(past.rows), dtype=bool)}
    for name, labels in (("family", series.labels["family"]), ("contributor", person)):
        nodes |= {(name, label): labels == label for label in sorted(set(labels)) if label}
    return nodes
