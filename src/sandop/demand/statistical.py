"""The statistical forecast of a plan: the history sheet in, the point and its range out, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandop.calendar import Periods
from sandop.demand.forecast import ForecastReport, ForecastSettings, SeriesForecast, forecast_series
from sandop.demand.forecast.ranges import SEASON_POWER
from sandop.demand.reporting import figure
from sandop.plan.sheet import Rows, Sheet, Values
from sandop.tables import Report

Codes = npt.NDArray[np.int64]

# A month counts as a stock-out where at least this share of it nothing could be ordered.
STOCK_OUT_SHARE = 0.1
# Demand ahead moves a stock's spread between these factors of what it is over the first months.
LEAST_SWING, MOST_SWING = 0.25, 4.0


@dataclass(frozen=True, eq=False)
class StatisticalForecast:
    """
    point           expected demand, sheet `statistical`, units, (row, period)
    p10, p50, p90   its range, sheets `statistical_p10`, `statistical_p50`, `statistical_p90`
    series          the same as arrays, with `report` (why) and `spread_over`
    """

    point: Sheet
    p10: Sheet
    p50: Sheet
    p90: Sheet
    series: SeriesForecast

    @property
    def sheets(self) -> dict[str, Sheet]:
        """All four sheets by measure."""
        return {sheet.name: sheet for sheet in (self.point, self.p10, self.p50, self.p90)}

    @property
    def why(self) -> ForecastReport:
        """Pattern, models, what was mended and what the gate decided, one value per row in each column."""
        return self.series.report

    @property
    def report(self) -> Report:
        """A flat table: one row per series with its ids, every column of the forecast's report, and its story
        in English and Chinese."""
        columns = self.why.columns()
        grain = self.point.rows.grain
        return [
            {
                **dict(zip(grain, key)),
                **{name: _cell(column[place]) for name, column in columns.items()},
                "why_en": self.why.why(place, "en"),
                "why_zh": self.why.why(place, "zh"),
            }
            for place, key in enumerate(self.point.rows.keys)
        ]


def _cell(value: np.generic) -> str | float | int | None:
    plain = value.item()
    return figure(plain) if isinstance(plain, float) else plain


def statistical_forecast(
    *,
    orders: Sheet,
    periods: Periods,
    censored: Sheet | None = None,
    festival: Values | None = None,
    family: Codes | None = None,
    learned: bool = True,
    seed: int = 0,
) -> StatisticalForecast:
    """Forecast every row of the history of orders over the months of `periods`.

    orders    demand by requested date, units, (row, month); the months end where `periods` begins
    periods   the months to forecast
    censored  sheet `stocked_out`: share of the month in which nothing could be ordered; other rows than those
              of `orders` are ignored, rows it does not know were never out of stock
    festival  (month + period,) share of a moving festival in each month of history and horizon
    family    (row,) codes of the rows that may lend each other season and festival effect
    learned   whether a learned correction may improve the forecast where it proves itself

    Raises ValueError where `periods` does not follow the history, or holds no months.
    """
    if orders.periods.bucket != "month" or periods.bucket != "month":
        raise ValueError(f"the forecast is made in months, not from {orders.periods.bucket} to {periods.bucket}")
    if not len(periods) or orders.periods.end != periods.starts[0]:
        first = periods.labels[:1]
        raise ValueError(f"the horizon {first} does not follow the history that ends before {orders.periods.end}")
    series = forecast_series(
        history=orders.values,
        horizon=len(periods),
        censored=_stock_outs(censored, orders),
        festival=festival,
        family=family,
        seed=seed,
        settings=ForecastSettings(learned=learned),
    )
    point, p10, p50, p90 = (
        Sheet(name, orders.rows, periods, values)
        for name, values in (
            ("statistical", series.point),
            ("statistical_p10", series.p10),
            ("statistical_p50", series.p50),
            ("statistical_p90", series.p90),
        )
    )
    return StatisticalForecast(point, p10, p50, p90, series)


def _stock_outs(censored: Sheet | None, orders: Sheet) -> npt.NDArray[np.bool_] | None:
    if censored is None:
        return None
    share = censored.on(orders.rows, orders.periods).values
    return np.nan_to_num(share) >= STOCK_OUT_SHARE


def demand_spread(
    *, orders: Sheet, demand: Sheet, months: Values, censored: Sheet | None = None, seed: int = 0
) -> Sheet:
    """Standard deviation of demand over each stock's lead time plus review period, units, (item x site, period).

    orders    history, (item x site x customer, month); it is added up over customers before it is forecast, so
              that what customers' errors have in common, or cancels, is in the spread
    demand    the plan, (item x site x customer, period): in a season of twice the demand the spread is 2 ** .5
              as large
    months    (item x site, period) or (item x site, 1) lead time plus review period in months; the rows are
              the stocks of `demand`, sorted: `stock_rows(demand.rows)`

    Formula: s(L) x (mean demand from the period on over L / mean demand of the first L months) ** .5, with s(L)
    from the errors of past forecasts summed over L months. A stock without history, or planned again after its
    end, takes the root of its demand (Poisson). Where the plan is in weeks they take the spread of the months.
    Raises ValueError where `months` has other rows than the stocks.
    """
    stocks = stock_rows(demand.rows)
    months = np.broadcast_to(np.asarray(months, dtype=np.float64), _shape(months, stocks, demand))
    history = _added_up(orders, stocks)
    plan = np.nan_to_num(_added_up(demand, stocks))
    forecast = forecast_series(
        history=history,
        horizon=max(len(demand.periods.month_labels), 1),
        censored=_any_stock_out(censored, orders, stocks),
        seed=seed,
        settings=ForecastSettings(learned=False),
    )
    out = np.empty(plan.shape)
    # Where the plan is in weeks, a month's length counts several columns.
    columns = months * len(demand.periods) / max(len(demand.periods.month_labels), 1)
    for place in range(plan.shape[1]):
        length, wide = months[:, place], columns[:, place]
        ahead, first = _mean_over(plan, place, wide), _mean_over(plan, 0, wide)
        swing = np.where((ahead > 0) & (first > 0), ahead / np.where(first > 0, first, 1.0), 1.0) ** SEASON_POWER
        own = forecast.spread_over(months=length) * np.clip(swing, LEAST_SWING, MOST_SWING)
        out[:, place] = np.where(own > 0, own, np.sqrt(ahead * wide))
    return Sheet("demand_spread", stocks, demand.periods, out)


def stock_rows(rows: Rows) -> Rows:
    """The stocks (item, site) of demand rows, sorted."""
    return Rows.of(("item", "site"), zip(rows.column("item"), rows.column("site")))


def _shape(months: Values, stocks: Rows, demand: Sheet) -> tuple[int, int]:
    shape = (len(stocks), len(demand.periods))
    if np.ndim(months) != 2 or np.shape(months)[0] != len(stocks) or np.shape(months)[1] not in (1, shape[1]):
        raise ValueError(f"months {np.shape(months)} for {shape[0]} stocks and {shape[1]} periods")
    return shape


def _added_up(sheet: Sheet, stocks: Rows) -> Values:
    """Sum over customers by stock, (stock, period); blank where all are blank."""
    node = stocks.places(zip(sheet.rows.column("item"), sheet.rows.column("site")))
    total = np.zeros((len(stocks), len(sheet.periods)))
    known = np.zeros(total.shape, dtype=bool)
    inside = node >= 0
    np.add.at(total, node[inside], np.nan_to_num(sheet.values[inside]))
    np.logical_or.at(known, node[inside], ~np.isnan(sheet.values[inside]))
    return np.where(known, total, np.nan)


def _any_stock_out(censored: Sheet | None, orders: Sheet, stocks: Rows) -> npt.NDArray[np.bool_] | None:
    hidden = _stock_outs(censored, orders)
    if hidden is None:
        return None
    return _added_up(orders.with_values(hidden.astype(np.float64)), stocks) > 0


def _mean_over(plan: Values, place: int, columns: Values) -> Values:
    """Mean planned demand a period over `columns` of them (rounded up, at least one) from `place` on, (stock,)."""
    stop = np.minimum(place + np.maximum(np.ceil(columns), 1).astype(int), plan.shape[1])
    total = np.concatenate([np.zeros((len(plan), 1)), np.cumsum(plan, axis=1)], axis=1)
    rows = np.arange(len(plan))
    return np.asarray((total[rows, stop] - total[rows, place]) / (stop - place))
