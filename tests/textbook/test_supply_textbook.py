"""Plans whose best answer is printed in a book."""

from __future__ import annotations

import numpy as np
import pytest

from sandop.supply import plan_supply, verify_supply
from supply_cases import no_targets, red_tomato, steel


def test_red_tomato_tools_costs_422275_with_workers_by_the_fraction() -> None:
    """Chopra and Meindl, Supply Chain Management, aggregate planning."""
    made, demand = red_tomato()
    best = plan_supply(plan=made, demand=demand, targets=no_targets(made))
    assert best.certificate.primal == pytest.approx(422_275)
    assert best.certificate.bound == pytest.approx(422_275)
    assert best.sheets["closing_stock"].values[0, -1] >= 500
    assert best.sheets["backlog"].values[0, -1] == 0


def test_red_tomato_tools_costs_422660_with_whole_workers_and_states_the_gap() -> None:
    made, demand = red_tomato(whole=True)
    best = plan_supply(plan=made, demand=demand, targets=no_targets(made))
    workers = best.sheets["workers"].values
    assert best.certificate.primal == pytest.approx(422_660)
    assert np.array_equal(workers, np.round(workers))
    assert best.certificate.bound == pytest.approx(422_275)
    assert best.certificate.claimed == pytest.approx(422_660)
    assert best.certificate.gap == pytest.approx(385 / 422_660)
    assert [finding.message for finding in best.findings] == ["supply.whole_workers_gap"]
    assert verify_supply(
        plan=made, demand=demand, targets=no_targets(made), sheets=best.sheets, certificate=best.certificate
    ).holds


def test_steel_earns_515033_and_an_hour_is_worth_2660_3080_3400_3400() -> None:
    """Fourer, Gay and Kernighan, AMPL, chapter 4: profit = revenue of all that could be sold - cost of the plan."""
    made, demand = steel()
    best = plan_supply(plan=made, demand=demand, targets=no_targets(made))
    could_sell = float((made.sheet("lost_cost").values * demand.values).sum())
    assert could_sell - best.certificate.primal == pytest.approx(515_033)
    assert best.sheets["hour_value"].values[0].tolist() == pytest.approx([2660, 3080, 3400, 3400])
    confirmed = {shortage.limit.period: shortage.value for shortage in best.shortages}
    assert list(confirmed.values()) == pytest.approx([3400, 3080, 3400, 2660])
    assert set(confirmed) == set(made.calendar.horizon.labels)
