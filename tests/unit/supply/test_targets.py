"""How much stock is wanted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sandop.network import Lanes, Sources
from sandop.plan import Plan, Rows, Sheet
from sandop.supply import lead_time_plus_review, safety_stock
from supply_cases import one_line, sheet

NAN = float("nan")


def targets(made: Plan, demand: Sheet, spread: float = 10.0) -> list[float]:
    count = len(made.calendar.horizon)
    sigma = sheet(made, "demand_spread", {("A", "P"): [spread] * count})
    return safety_stock(plan=made, demand=demand, spread=sigma).values[0].tolist()  # type: ignore[no-any-return]


def test_cycle_service_of_95_percent_covers_1645_standard_deviations() -> None:
    assert targets(*one_line()) == pytest.approx([16.449, 16.449, 16.449])


def test_the_items_service_level_wins_over_its_familys_and_that_over_the_plans() -> None:
    family = [{"family": "F", "service_level": 0.9}]
    assert targets(*one_line(families=family))[0] == pytest.approx(12.816)
    item = [{"item": "A", "value": 10.0, "service_level": 0.99}]
    assert targets(*one_line(families=family, items=item))[0] == pytest.approx(23.263)


def test_a_service_under_one_half_asks_for_no_negative_stock() -> None:
    assert targets(*one_line(items=[{"item": "A", "value": 10.0, "service_level": 0.3}])) == [0, 0, 0]


def test_days_of_supply_are_the_demand_of_the_days_that_follow() -> None:
    """demand 10 30 20 (then 20): 1.5 months after January ask for 30 + half of 20."""
    made, demand = one_line(items=[{"item": "A", "value": 10.0, "stock_days": 1.5 * 30.4375}])
    assert targets(made, demand) == pytest.approx([40, 30, 30])


def test_nobody_stocks_up_on_what_is_no_longer_asked_for() -> None:
    """Phased out after February: stock is wanted at the end of January, for February, and never again."""
    assert targets(*one_line(demand=(10, 30, 0))) == pytest.approx([16.449, 0, 0])
    assert targets(*one_line(demand=(0, 0, 0))) == [0, 0, 0]
    assert targets(*one_line(demand=(0, 0, 20))) == pytest.approx([16.449, 16.449, 16.449]), "a launch is stocked for"


def test_items_made_to_order_get_no_computed_stock() -> None:
    assert np.isnan(targets(*one_line(items=[{"item": "A", "value": 10.0, "strategy": "MTO"}]))).all()


def test_the_planners_own_target_wins_cell_by_cell() -> None:
    made, demand = one_line(sheets={"stock_target": {("A", "P"): [NAN, 7, NAN]}})
    assert targets(made, demand) == pytest.approx([16.449, 7, 16.449])


def test_stock_bridges_the_longest_lead_time_and_the_review_period() -> None:
    made, _ = one_line(
        sites=[{"site": "P", "review_days": 7.0}, {"site": "D", "review_days": 14.0}],
        processes=[{"process": "A@P", "item": "A", "site": "P", "lead_time_days": 5.0}],
        suppliers=[{"supplier": "S"}],
    )
    network = replace(
        made.network,
        lanes=Lanes.of([{"item": "", "origin": "P", "destination": "D", "lead_time_days": 4.0}]),
        sources=Sources.of([{"item": "A", "site": "P", "supplier": "S", "price": 1.0, "lead_time_days": 30.0}]),
    )
    rows = Rows.of(("item", "site"), [("A", "P"), ("A", "D")])
    assert lead_time_plus_review(network, rows).tolist() == [18.0, 37.0]
