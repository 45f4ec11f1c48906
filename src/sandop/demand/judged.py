"""What is judged: the forecasts made in the past beside the orders that came, cell by cell, at each lag.

A vintage is named by the month in which it was made: the first month that was not closed. That month is lag 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods, month_label, month_number
from sandop.demand.statistical import STOCK_OUT_SHARE
from sandop.plan import Plan, Rows, Values

SEASON = 12


@dataclass(frozen=True, eq=False)
class Past:
    """The closed months.

    rows      item x site x customer
    orders    actual demand, units, (row, month); blank before a series begins
    censored  True where the item could not be ordered for a good part of the month, (row, month)
    """

    rows: Rows
    months: Periods
    orders: Values
    censored: NDArray[np.bool_]

    @staticmethod
    def of(plan: Plan) -> Past:
        months = plan.calendar.history
        orders = plan.sheet_or_blank("orders", periods=months)
        out = plan.sheet_or_blank("stocked_out", orders.rows, months)
        return Past(orders.rows, months, orders.values, np.nan_to_num(out.values) >= STOCK_OUT_SHARE)

    def at(self, values: Values, months: list[str], blank: float = np.nan) -> Values:
        """Columns of `values` (row, month) at these months, (row, judged month); `blank` where they lie outside."""
        place = np.array([self.months.position.get(month, -1) for month in months], dtype=np.int64)
        found = values[:, np.clip(place, 0, None)] if len(self.months) else np.zeros((len(self.rows), 0))
        return (
            np.where(place >= 0, found, blank) if len(self.months) else np.full((len(self.rows), len(months)), blank)
        )


@dataclass(frozen=True, eq=False)
class Judged:
    """One stream of forecasts at one lag, in time order.

    stream    statistical or demand (as the vintages are named), sales, naive
    months    the closed months that were forecast
    forecast, actual   units, (row, judged month); blank in both where a cell is not judged
    censored  cells left out because demand was not fully seen, (row, judged month)
    """

    stream: str
    lag: int
    months: tuple[str, ...]
    forecast: Values
    actual: Values
    censored: NDArray[np.bool_]


def judged_streams(plan: Plan, past: Past) -> list[Judged]:
    """Every stream at every lag: the vintages, the seasonal naive in the same cells, and sales at lag 1."""
    streams: list[Judged] = []
    last = month_number(plan.settings.time.start)
    for lag in range(1, plan.settings.time.months + 1):
        made = [month for month in plan.vintages if month_number(month) + lag - 1 < last]
        if made:
            streams += _at_lag(plan, past, made, lag)
    return streams + _sales(plan, past, next((stream.months for stream in streams), ()))


def judge(past: Past, stream: str, lag: int, months: list[str], forecast: Values) -> Judged:
    """The cells in which a `forecast`, units, (row, month), meets a known demand that was fully seen."""
    actual = past.at(past.orders, months)
    censored = past.at(past.censored.astype(np.float64), months, 0.0) > 0
    met = ~np.isnan(forecast) & ~np.isnan(actual)
    kept = met & ~censored
    return Judged(
        stream,
        lag,
        tuple(months),
        np.where(kept, forecast, np.nan),
        np.where(kept, actual, np.nan),
        met & censored,
    )


def _at_lag(plan: Plan, past: Past, made: list[str], lag: int) -> list[Judged]:
    months = [month_label(month_number(month) + lag - 1) for month in made]
    columns = [plan.vintages[a].on(past.rows, Periods.months(b, 1)).values for a, b in zip(made, months)]
    forecast = np.hstack(columns)
    name = plan.vintages[made[0]].name
    back = SEASON * -(-lag // SEASON)  # the last same month of the year that was closed when the vintage was made
    naive = past.at(past.orders, [month_label(month_number(month) - back) for month in months])
    return [
        judge(past, name, lag, months, forecast),
        judge(past, "naive", lag, months, np.where(np.isnan(forecast), np.nan, naive)),
    ]


def _sales(plan: Plan, past: Past, months: tuple[str, ...]) -> list[Judged]:
    """Sales one month ahead, in the months of the vintages; where there are none, in all months in which it spoke."""
    if "sales_forecast_past" not in plan.sheets:
        return []
    said = plan.sheet("sales_forecast_past").on(past.rows, past.months)
    spoken = np.flatnonzero((~np.isnan(said.values)).any(axis=0))
    judged = list(months) or [past.months.labels[i] for i in spoken]
    return [judge(past, "sales", 1, judged, past.at(said.values, judged))] if judged else []
