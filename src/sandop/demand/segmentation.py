"""ABC by money and XYZ by how well demand can be forecast: which items deserve a planner's minutes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sandop.demand.reporting import figure
from sandop.plan import Level, Plan, Sheet, Values, level
from sandop.tables import Cell, Report

A_SHARE, B_SHARE = 0.80, 0.95  # of the money, cumulated from the largest item
X_LIMIT, Y_LIMIT = 0.5, 1.0  # of the variation left once the season is out
_YEAR = 12
_YEARS = 3


def segmentation(*, plan: Plan) -> Report:
    """One row per item with orders, the one that deserves attention first.

    revenue     of the last twelve closed months in the plan currency: invoiced; where nobody brought it, orders at
                standard cost (`basis` says which)
    abc         A up to 80 % of the cumulated money, B up to 95 %, C the rest; the planner's own class goes before
    variation   standard deviation of the monthly demand around its season and year / mean, of up to three years
    xyz         X under .5, Y under 1, Z above or without demand
    attention   revenue x variation, its rank from 1: the money that forecasts of this item can miss
    """
    orders = plan.sheet_or_blank("orders", periods=plan.calendar.history)
    if not len(orders.rows):
        return []
    at = level(orders.rows, plan.network, ("item",))
    items = at.rows.column("item")
    history = np.nan_to_num(at.total(orders.values))
    money, basis = _money(plan, orders, at)
    variation = np.array([remaining_variation(line[-_YEAR * _YEARS :]) for line in history])
    risk = np.nan_to_num(money * np.nan_to_num(variation))
    classes = _classes(plan, items, money)
    rows = [
        _row(plan, str(items[i]), money[i], basis, money.sum(), classes[i], variation[i], history[i])
        for i in np.lexsort((items.astype(str), -money, -risk))
    ]
    return [{**row, "attention": rank} for rank, row in enumerate(rows, start=1)]


def remaining_variation(history: Values) -> float:
    """Coefficient of variation of a `history` of monthly demand, (month,), once season and year are taken out; NaN
    without demand.

    Of the last whole years each month is set beside its calendar month's mean and its year's mean:
    residual = x - month mean - year mean + mean, with (12 - 1) x (years - 1) degrees of freedom. With less than two
    years nothing can be said of a season, and the plain variation is taken.
    """
    years = len(history) // _YEAR
    if history.sum() <= 0:
        return float("nan")
    if years < 2:
        return float(history.std(ddof=1) / history.mean()) if len(history) > 1 else float("nan")
    table = history[len(history) - years * _YEAR :].reshape(years, _YEAR)
    if table.mean() <= 0:
        return float("nan")
    left = table - table.mean(axis=0) - table.mean(axis=1, keepdims=True) + table.mean()
    return float(np.sqrt((left**2).sum() / ((_YEAR - 1) * (years - 1))) / table.mean())


def _money(plan: Plan, orders: Sheet, at: Level) -> tuple[NDArray[np.float64], str]:
    """Money of the last twelve closed months by item, plan currency, (item,), and what it was counted by."""
    year = plan.calendar.history.slice(max(len(plan.calendar.history) - _YEAR, 0), len(plan.calendar.history))
    if "revenue_actual" in plan.sheets:
        revenue = plan.sheet("revenue_actual").on(orders.rows, year)
        return np.nan_to_num(at.total(revenue.values)).sum(axis=1), "revenue"
    cost = plan.network.items.value[plan.network.items.places(at.rows.column("item"))]
    return np.nan_to_num(at.total(orders.on(orders.rows, year).values)).sum(axis=1) * cost, "cost"


def _classes(plan: Plan, items: NDArray[np.object_], money: NDArray[np.float64]) -> list[str]:
    """A, B or C of every item: an item belongs to the class in which its money begins."""
    order = np.lexsort((items.astype(str), -money))
    total = max(float(money.sum()), 1e-12)
    before = np.empty(len(items))
    before[order] = (np.cumsum(money[order]) - money[order]) / total
    given = plan.network.items.abc[plan.network.items.places(items)]
    counted = np.where(before < A_SHARE, "A", np.where(before < B_SHARE, "B", "C"))
    return [own or ("C" if amount <= 0 else str(place)) for own, place, amount in zip(given, counted, money)]


def _row(
    plan: Plan,
    item: str,
    money: float,
    basis: str,
    total: float,
    abc: str,
    variation: float,
    history: Values,
) -> dict[str, Cell]:
    items = plan.network.items
    return {
        "item": item,
        "family": items.family[items.position[item]],
        "abc": abc,
        "xyz": "X" if variation < X_LIMIT else "Y" if variation < Y_LIMIT else "Z",
        "revenue": figure(money, 2),
        "basis": basis,
        "share": figure(money / total) if total > 0 else None,
        "variation": figure(variation),
        "mean": figure(history[-_YEAR:].mean(), 3) if len(history) else None,
    }
