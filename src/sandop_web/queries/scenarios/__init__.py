"""Scenarios: their list, one of them with its levers, and several side by side."""

from sandop_web.queries.scenarios.bridging import LINES
from sandop_web.queries.scenarios.comparison import MOST, ScenarioComparison, compare_scenarios
from sandop_web.queries.scenarios.figures import FIGURES, KeyFigures, tone_of
from sandop_web.queries.scenarios.levers import LEVERS, Lever, lever_of, levers_of
from sandop_web.queries.scenarios.listing import ScenarioLine, Scenarios, ScenarioView, scenario_of, scenarios_of
from sandop_web.queries.scenarios.money_apart import MoneyApart, money_apart
from sandop_web.queries.scenarios.places import PlaceBetween, PlaceIn

__all__ = [
    "FIGURES",
    "LEVERS",
    "LINES",
    "MOST",
    "KeyFigures",
    "Lever",
    "MoneyApart",
    "PlaceBetween",
    "PlaceIn",
    "ScenarioComparison",
    "ScenarioLine",
    "ScenarioView",
    "Scenarios",
    "compare_scenarios",
    "lever_of",
    "levers_of",
    "money_apart",
    "scenario_of",
    "scenarios_of",
    "tone_of",
]
