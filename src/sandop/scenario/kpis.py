"""The scorecard: every key figure by one stated formula, against the company's own target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from sandop.calendar import Periods
from sandop.finance import on_time, opening_backlog
from sandop.plan import Sheet, Values, by_month
from sandop.scenario.month import Month
from sandop.tables import Cell, Report

_BLANK = float("nan")
Parts = tuple[float, float]  # what is divided, and by what
_NONE: Parts = (_BLANK, _BLANK)


@dataclass(frozen=True)
class KeyFigure:
    """One key figure: `better` is "high", "low" or "near" (to the target); `unit` is share or day. `parts` is what it
    divides by what; None where it is more than one division."""

    kpi: str
    unit: str
    better: str
    value: Callable[[Month], float]
    parts: Callable[[Month], Parts] | None = None


def kpis(*, month: Month) -> Report:
    """Rows `kpi, value, target, tolerance, status, previous, unit`, in the order of `KEY_FIGURES`.

    status      green: at the target or better; amber: off by no more than the tolerance; red: further off; none:
                no value or no target. A bias is off by its size, whatever its sign.
    previous    the same figure of the version approved last, from what it said then; None where it cannot be made

    A figure with neither value nor target is left out. The formulas stand with each figure below.
    """
    goals = {goal["goal"]: goal for goal in month.plan.network.goals.rows()}
    approved = _approved(month)
    rows = []
    for figure in KEY_FIGURES:
        value = figure.value(month)
        goal = goals.get(figure.kpi)
        if np.isnan(value) and goal is None:
            continue
        target = _BLANK if goal is None else float(goal["target"])
        tolerance = _BLANK if goal is None else float(goal["tolerance"])
        rows.append(
            {
                "kpi": figure.kpi,
                "value": _cell(value),
                "target": _cell(target),
                "tolerance": _cell(tolerance),
                "status": status(value=value, target=target, tolerance=tolerance, better=figure.better),
                "previous": None if approved is None else _cell(figure.value(approved)),
                "unit": figure.unit,
            }
        )
    return rows


def status(*, value: float, target: float, tolerance: float, better: str) -> str:
    """green, amber, red or none. `better` is "high", "low", or "near" (a bias: no further from zero than the
    target)."""
    if np.isnan(value) or np.isnan(target):
        return "none"
    off = {"high": target - value, "low": value - target, "near": abs(value) - abs(target)}[better]
    if off <= 1e-9:
        return "green"
    return "amber" if off <= tolerance + 1e-9 else "red"


def forecast_wmape(month: Month) -> float:
    """Sum of |forecast - actual| / sum of actuals of the frozen demand forecasts, level item (all customers and
    sites), lag 1 (the first month not closed), all judged months."""
    return _accuracy(month, "wmape")


def forecast_bias(month: Month) -> float:
    """Sum of (forecast - actual) / sum of actuals, level item, lag 1; + is over-forecast."""
    return _accuracy(month, "bias")


def fill_rate(month: Month) -> float:
    """Demand of the horizon delivered in the very period asked for / demand of the horizon; old demand is served
    first (`on_time`). Fill rate, requested date, tolerant to the period; units weighed with standard cost."""
    return _over(*_served_and_asked(month))


def _served_and_asked(month: Month) -> Parts:
    demand, deliveries = _aligned(month)
    if demand is None or deliveries is None:
        return _NONE
    before = np.concatenate([_opening(month, demand)[:, None], _owed(month, demand)[:, :-1]], axis=1)
    served = on_time(demand=demand.values, served=deliveries.values, backlog=before)
    return _worth(month, demand, served), _worth(month, demand, demand.values)


def revenue_to_budget(month: Month) -> float:
    """Revenue of the fiscal year (actual to date + plan) / its budget: the first whole year of the plan."""
    return _over(*_revenue_and_budget(month))


def _revenue_and_budget(month: Month) -> Parts:
    return _of_year(month, "revenue", "plan"), _of_year(month, "revenue", "budget")


def margin_share(month: Month) -> float:
    """Gross margin / revenue of the fiscal year; of the horizon where it holds no whole year."""
    return _over(*_margin_and_revenue(month))


def _margin_and_revenue(month: Month) -> Parts:
    year = _of_year(month, "margin", "plan"), _of_year(month, "revenue", "plan")
    return year if not np.isnan(_over(*year)) else (_sum(month, "margin"), _sum(month, "revenue"))


def stock_days(month: Month) -> float:
    """Mean stock value at the ends of the planned months / cost of goods sold a day of the horizon."""
    return _over(*_stock_and_cost(month))


def _stock_and_cost(month: Month) -> Parts:
    return _mean(month, "stock_value"), _daily(month, "cogs")


def utilisation_peak(month: Month) -> float:
    """Hours worked (regular + overtime, without outsourced) / available regular hours: the highest of any resource
    in any period."""
    names = ("hours_regular", "hours_overtime", "hours_available")
    if not set(names) <= month.sheets.keys():
        return _BLANK
    regular, overtime, available = (month.sheets[name].values for name in names)
    open_hours = available > 0
    if not open_hours.any():
        return _BLANK
    return float(((regular + overtime)[open_hours] / available[open_hours]).max())


def backlog_share(month: Month) -> float:
    """Mean backlog at the periods' ends / mean demand of a period, units weighed with standard cost."""
    return _over(*_owed_and_asked(month))


def _owed_and_asked(month: Month) -> Parts:
    demand, _ = _aligned(month)
    if demand is None or "backlog" not in month.sheets:
        return _NONE
    return _worth(month, demand, _owed(month, demand)), _worth(month, demand, demand.values)


def schedule_attainment(month: Month) -> float:
    """Of what the version approved last wanted finished in the last closed month, the share that was: sum of
    min(actual, planned) / sum of planned, by item and site that makes, units weighed with standard cost."""
    return _over(*_done_and_wanted(month))


def _done_and_wanted(month: Month) -> Parts:
    plan = month.plan
    planned, history = plan.previous.get("production_finished"), plan.calendar.history
    if planned is None or "production_actual" not in plan.sheets or not len(history):
        return _NONE
    planned, label = by_month(planned), history.labels[-1]
    if label not in planned.periods.position:
        return _NONE
    processes = plan.network.processes
    place = processes.places(planned.rows.column("process"))
    wanted: dict[tuple[str, str], float] = {}
    for i, units in zip(place, planned.values[:, planned.periods.position[label]]):
        key = (str(processes.item[i]), str(processes.site[i]))
        wanted[key] = wanted.get(key, 0.0) + float(units)
    actual = plan.sheet("production_actual")
    made = {key: actual.at(key, label) if key in actual.rows.position else 0.0 for key in wanted}
    value = {key: float(plan.network.items.value[plan.network.items.position[key[0]]]) for key in wanted}
    done = sum(min(units, np.nan_to_num(made[key])) * value[key] for key, units in wanted.items())
    return float(done), sum(units * value[key] for key, units in wanted.items())


def cash_conversion_days(month: Month) -> float:
    """Days of stock + days of receivables - days of payables over the months in which all three are known: mean
    stock value and payables / cost of goods sold a day, mean receivables / revenue a day of the horizon."""
    if "payables" not in month.sheets or "receivables" not in month.sheets or "stock_value" not in month.sheets:
        return _BLANK
    stock = np.nansum(month.sheets["stock_value"].values, axis=0)
    owed_to_us, owed_by_us = month.sheets["receivables"].values[0], month.sheets["payables"].values[0]
    known = ~np.isnan(owed_to_us + owed_by_us)
    if not known.any():
        return _BLANK
    cost, revenue = _daily(month, "cogs"), _daily(month, "revenue")
    return _over(float((stock - owed_by_us)[known].mean()), cost) + _over(float(owed_to_us[known].mean()), revenue)


KEY_FIGURES: tuple[KeyFigure, ...] = (
    KeyFigure("revenue_to_budget", "share", "high", revenue_to_budget, _revenue_and_budget),
    KeyFigure("margin_share", "share", "high", margin_share, _margin_and_revenue),
    KeyFigure("fill_rate", "share", "high", fill_rate, _served_and_asked),
    KeyFigure("backlog_share", "share", "low", backlog_share, _owed_and_asked),
    KeyFigure("forecast_wmape", "share", "low", forecast_wmape),
    KeyFigure("forecast_bias", "share", "near", forecast_bias),
    KeyFigure("stock_days", "day", "low", stock_days, _stock_and_cost),
    KeyFigure("utilisation_peak", "share", "low", utilisation_peak),
    KeyFigure("schedule_attainment", "share", "high", schedule_attainment, _done_and_wanted),
    KeyFigure("cash_conversion_days", "day", "low", cash_conversion_days),
)


def _approved(month: Month) -> Month | None:
    """The version approved last as a month, with the year's revenue and margin as they stood in it; None where
    there is none. Its opening backlog and its own accuracy are not kept, so fill rate starts without backlog."""
    sheets = month.plan.previous
    if "revenue" not in sheets:
        return None
    orders = month.plan.network.open_orders
    network = replace(month.plan.network, open_orders=orders.take(np.flatnonzero(orders.kind != "customer")))
    plan = replace(month.plan, network=network, previous={})
    rows = [_restated(month, row) for row in month.reports.get("money", ()) if row["scope"] == "year"]
    return Month(plan, sheets, {"money": rows})


def _restated(month: Month, row: Mapping[str, Cell]) -> dict[str, Cell]:
    """A year's row of `money` with the plan as it was approved: the months the old version planned differ by what
    it planned less what this plan, or the actual, says of them."""
    sheet = month.plan.previous.get(str(row["line"]))
    if sheet is None or row["plan"] is None:
        return dict(row)
    calendar, old = month.plan.calendar, by_month(sheet)
    inside = [label for label in old.periods.labels if str(calendar.fiscal_year(label)) == row["period"]]
    now = {
        str(other["period"]): other["plan"]
        for other in month.reports["money"]
        if other["line"] == row["line"] and other["scope"] == "month"
    }
    then = float(np.nansum(old.on(old.rows, old.periods).values[:, [old.periods.position[m] for m in inside]]))
    if any(now.get(label) is None for label in inside):
        return {**row, "plan": None}
    return {**row, "plan": float(str(row["plan"])) + then - sum(float(str(now[label])) for label in inside)}


def _accuracy(month: Month, column: str) -> float:
    rows = [
        row
        for row in month.reports.get("accuracy", ())
        if row["level"] == "item" and row["lag"] == 1 and not row["node"] and row[column] is not None
    ]
    for stream in ("demand", "statistical"):
        for row in rows:
            if row["stream"] == stream:
                return float(str(row[column]))
    return _BLANK


def _of_year(month: Month, line: str, side: str) -> float:
    """The first whole fiscal year that the plan touches."""
    rows = [row for row in month.reports.get("money", ()) if row["line"] == line and row["scope"] == "year"]
    if not rows or rows[0][side] is None:
        return _BLANK
    return float(str(rows[0][side]))


def _aligned(month: Month) -> tuple[Sheet | None, Sheet | None]:
    """Demand and deliveries on the rows and periods of the deliveries."""
    demand, deliveries = month.sheets.get("demand"), month.sheets.get("deliveries")
    if demand is None or deliveries is None:
        return None, None
    if demand.periods.bucket != deliveries.periods.bucket:
        demand, deliveries = by_month(demand), by_month(deliveries)
    return demand.on(deliveries.rows, deliveries.periods).filled(0.0), deliveries


def _owed(month: Month, demand: Sheet) -> Values:
    """Backlog at each period's end on the rows and periods of the demand."""
    sheet = month.sheets.get("backlog")
    if sheet is None:
        return np.zeros_like(demand.values)
    if sheet.periods.bucket != demand.periods.bucket:
        sheet = by_month(sheet)
    return np.nan_to_num(sheet.on(demand.rows, demand.periods).values)


def _opening(month: Month, demand: Sheet) -> Values:
    return opening_backlog(plan=month.plan, rows=demand.rows)


def _worth(month: Month, sheet: Sheet, units: Values) -> float:
    items = month.plan.network.items
    return float((units * items.value[items.places(sheet.rows.column("item"))][:, None]).sum())


def _sum(month: Month, name: str) -> float:
    sheet = month.sheets.get(name)
    return _BLANK if sheet is None or np.isnan(sheet.values).all() else float(np.nansum(sheet.values))


def _mean(month: Month, name: str) -> float:
    sheet = month.sheets.get(name)
    return _BLANK if sheet is None or not sheet.values.size else float(np.nansum(sheet.values, axis=0).mean())


def _daily(month: Month, name: str) -> float:
    """A flow of the horizon a calendar day."""
    sheet = month.sheets.get(name)
    return _BLANK if sheet is None else _over(_sum(month, name), _days(sheet.periods))


def _days(periods: Periods) -> float:
    return float(periods.days.sum())


def _over(upper: float, lower: float) -> float:
    return upper / lower if lower and not np.isnan(lower) else _BLANK


def _cell(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)
