"""The statistical forecast: a portfolio of models over all series at once, corrected where that proves itself,
and the range around it.

`forecast_series` works on arrays, `forecast_table` on a plain long table, `sandop.demand.statistical` on sheets.
"""

from sandop.demand.forecast.engine import SeriesForecast, forecast_series
from sandop.demand.forecast.long_files import read_long, write_long
from sandop.demand.forecast.long_table import (
    LongHistory,
    TableRefused,
    check_table,
    forecast_history,
    forecast_table,
    read_history,
)
from sandop.demand.forecast.report import ForecastReport
from sandop.demand.forecast.settings import ForecastSettings

__all__ = [
    "ForecastReport",
    "ForecastSettings",
    "LongHistory",
    "SeriesForecast",
    "TableRefused",
    "check_table",
    "forecast_history",
    "forecast_series",
    "forecast_table",
    "read_history",
    "read_long",
    "write_long",
]
