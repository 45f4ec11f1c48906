"""The demand review: what customers will want, what was believed before, and who made the forecast better."""

from sandop.demand.accuracy import accuracy
from sandop.demand.consensus import DemandPlan, make_demand, planned_months
from sandop.demand.segmentation import segmentation
from sandop.demand.statistical import StatisticalForecast, demand_spread, statistical_forecast, stock_rows
from sandop.demand.value_added import forecast_value_added
from sandop.demand.vintages import family_codes, make_vintage, make_vintages
from sandop.demand.waterfall import waterfall

__all__ = [
    "DemandPlan",
    "StatisticalForecast",
    "accuracy",
    "demand_spread",
    "family_codes",
    "forecast_value_added",
    "make_demand",
    "make_vintage",
    "make_vintages",
    "planned_months",
    "segmentation",
    "statistical_forecast",
    "stock_rows",
    "waterfall",
]
