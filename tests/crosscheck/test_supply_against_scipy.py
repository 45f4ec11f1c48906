"""The product's program against an independent one."""

from __future__ import annotations

import pytest
from textbook_form import least_cost

from sandop.supply import SupplyModel
from supply_random import random_case


@pytest.mark.parametrize("seed", range(24))
def test_the_plan_costs_what_the_textbook_form_costs(seed: int) -> None:
    made, demand, targets = random_case(seed, staffed=seed % 3 == 0)
    _, certificate = SupplyModel.of(plan=made, demand=demand, targets=targets).solve()
    assert certificate.is_best
    assert certificate.primal == pytest.approx(least_cost(made, demand, targets), rel=1e-7)
