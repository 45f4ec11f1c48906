"""Which items deserve a planner's minutes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pump_company import company, network, past

from sandop.demand.segmentation import remaining_variation, segmentation


def test_abc_is_cut_where_the_money_is_cumulated() -> None:
    """
    orders of a year at standard cost   I1 12 x 14 x 500 = 84,000 (84 %)
                                        D1 12 x 10 x 100 = 12,000 (12 %)
                                        D2 12 x  2 x 200 =  4,800 (under 5 %)
    I1 begins at 0: A; D1 begins at 83 %: B; D2 begins at 95.2 %: C
    """
    orders = {("I1", "EAST"): [14] * 12, ("D1", "EAST"): [10] * 12, ("D2", "WEST"): [2] * 12}
    report = segmentation(plan=company(network=network(), sheets=[past("orders", orders)]))
    assert {row["item"]: row["abc"] for row in report} == {"I1": "A", "D1": "B", "D2": "C"}
    assert {row["item"]: row["revenue"] for row in report}["I1"] == 84_000
    assert {row["basis"] for row in report} == {"cost"}


def test_invoiced_revenue_goes_before_standard_cost() -> None:
    sheets = [
        past("orders", {("D1", "EAST"): [1] * 12, ("D1", "WEST"): [1] * 12, ("D2", "EAST"): [9] * 12}),
        past("revenue_actual", {("D1", "EAST"): [700] * 12, ("D1", "WEST"): [200] * 12, ("D2", "EAST"): [100] * 12}),
    ]
    report = segmentation(plan=company(network=network(), sheets=sheets))
    assert {row["item"]: (row["basis"], row["revenue"], row["share"]) for row in report} == {
        "D1": ("revenue", 10_800, 0.9),
        "D2": ("revenue", 1_200, 0.1),
    }


def test_the_planners_own_class_goes_before_the_computed_one() -> None:
    plan = company(network=network({"D1": {"abc": "A"}}), sheets=[past("orders", {("D1", "EAST"): [0] * 12})])
    (row,) = segmentation(plan=plan)
    assert (row["abc"], row["xyz"], row["share"], row["variation"]) == ("A", "Z", None, None)


def test_a_season_that_returns_every_year_is_no_uncertainty() -> None:
    year = [10.0, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]
    assert remaining_variation(np.array(year * 3)) == pytest.approx(0)
    assert remaining_variation(np.array(year + [2 * x for x in year])) > 0  # but a season that grows is


def test_a_step_from_year_to_year_is_no_uncertainty() -> None:
    assert remaining_variation(np.array([100.0] * 12 + [150.0] * 12)) == pytest.approx(0)


def test_what_is_left_is_counted_with_its_degrees_of_freedom() -> None:
    """Two years, 100 in every month but 122 in one; the mean is 100 + 22/24.

    Taking out months and years leaves the part (1 - 1/2)(1 - 1/12) = 11/24 of 22^2 as sum of squares, which has
    (12 - 1)(2 - 1) = 11 degrees of freedom.
    """
    history = np.full(24, 100.0)
    history[5] = 122.0
    expected = math.sqrt(22**2 * (11 / 24) / 11) / (100 + 22 / 24)
    assert remaining_variation(history) == pytest.approx(expected)


def test_short_history_takes_the_plain_variation() -> None:
    assert remaining_variation(np.array([8.0, 12.0])) == pytest.approx(math.sqrt(8) / 10)
    assert math.isnan(remaining_variation(np.array([8.0])))
    assert math.isnan(remaining_variation(np.array([900.0] + [0.0] * 6 + [-1.0] * 24)))


def test_the_item_with_most_money_to_miss_comes_first() -> None:
    """D1 sells more but never varies; D2 sells 12 in one month of the year only."""
    orders = {("D1", "EAST"): [100.0] * 12, ("D2", "EAST"): [0.0] * 11 + [12.0]}
    report = segmentation(plan=company(network=network(), sheets=[past("orders", orders)]))
    assert [(row["item"], row["xyz"], row["attention"]) for row in report] == [("D2", "Z", 1), ("D1", "X", 2)]


def test_without_orders_there_is_nothing_to_rank() -> None:
    assert segmentation(plan=company(network=network())) == []
