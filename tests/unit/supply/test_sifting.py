"""Where large plans start: near the best plan, and never in the way of finding it."""

from __future__ import annotations

import numpy as np
import pytest

from sandop.supply import SupplyModel, sifting
from sandop.supply.chain import Chain
from sandop.supply.draw import draw_chain
from sandop.supply.model import build_program
from sandop.supply.primary import just_in_time_start
from sandop.supply.program import Program
from sandop.supply.sifting import sifted_start
from sandop.supply.solver import LiveModel, Start
from sandop.supply.solving_parts import Part, solve_part
from supply_cases import no_targets, one_line, plan, sheet
from supply_random import random_case

SEEDS = range(12)


def program_of(seed: int) -> tuple[Chain, Program]:
    made, demand, targets = random_case(seed, staffed=seed % 3 == 0)
    chain = draw_chain(plan=made, demand=demand, targets=targets)
    return chain, build_program(chain)


def least_cost(program: Program, start: Start | None) -> tuple[float, int]:
    """Cost of the best continuous plan, proven, and how many steps the solver took."""
    live = LiveModel(program, start=start)
    answer = live.solve_continuous()
    assert live.certify(answer).is_best
    return answer.cost, int(live._highs.getInfo().simplex_iteration_count)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sifted_start_leaves_the_solver_nothing_to_do_and_costs_the_same(seed: int) -> None:
    chain, program = program_of(seed)
    columns, rows = sifted_start(program, just_in_time_start(chain, program))
    assert (columns == 1).sum() + (rows == 1).sum() == len(rows)
    cost, steps = least_cost(program, (columns, rows))
    assert steps == 0
    assert cost == pytest.approx(least_cost(program, None)[0], rel=1e-9)


@pytest.mark.parametrize(("name", "value"), [("_MOST_ROUNDS", 0), ("_MOST_ROUNDS", 2), ("_GENTLE_ROUNDS", 0)])
@pytest.mark.parametrize("seed", range(4))
def test_rounds_that_end_early_or_begin_without_relief_still_give_a_valid_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: int, seed: int
) -> None:
    chain, program = program_of(seed)
    monkeypatch.setattr(sifting, name, value)
    columns, rows = sifted_start(program, just_in_time_start(chain, program))
    assert (columns == 1).sum() + (rows == 1).sum() == len(rows)
    assert least_cost(program, (columns, rows))[0] == pytest.approx(least_cost(program, None)[0], rel=1e-9)


def test_a_peak_without_relief_is_let_be_late_instead_of_being_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    """demand 30 10 20 on 20 hours: with every relief closed and nothing let in yet there is no plan, so reliefs come
    back at a price that nothing is worth, and the lateness of ten units is let in."""
    parts: list[bool] = []

    def told(part: Part, **how: Start | None) -> object:
        solved = solve_part(part, **how)
        parts.append(solved is not None)
        return solved

    monkeypatch.setattr(sifting, "_GENTLE_ROUNDS", 0)
    monkeypatch.setattr(sifting, "solve_part", told)
    made, demand = one_line(demand=(30, 10, 20))
    chain = draw_chain(plan=made, demand=demand, targets=no_targets(made))
    program = build_program(chain)
    start = sifted_start(program, just_in_time_start(chain, program))
    assert parts[:3] == [True, False, True]
    assert least_cost(program, start) == (pytest.approx(60 * 5 + 10 * 10), 0)


def test_a_plan_without_shared_limits_starts_just_in_time() -> None:
    made = plan(
        items=[{"item": "A", "value": 1.0}],
        sites=[{"site": "P"}],
        opening_stock=[{"item": "A", "site": "P", "quantity": 3.0}],
    )
    chain = draw_chain(plan=made, demand=sheet(made, "demand", {}), targets=no_targets(made))
    program = build_program(chain)
    start = just_in_time_start(chain, program)
    assert sifted_start(program, start) is start


@pytest.mark.parametrize("found", [0, 1, 3])
def test_a_part_that_the_solver_gives_up_ends_the_rounds_only(monkeypatch: pytest.MonkeyPatch, found: int) -> None:
    chain, program = program_of(1)
    calls = iter(range(99))
    monkeypatch.setattr(
        sifting, "solve_part", lambda part, **how: solve_part(part, **how) if next(calls) < found else None
    )
    start = sifted_start(program, just_in_time_start(chain, program))
    assert least_cost(program, start)[0] == pytest.approx(least_cost(program, None)[0], rel=1e-9)


def test_a_large_plan_is_sifted_and_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made, demand, targets = random_case(5)
    before, _ = SupplyModel.of(plan=made, demand=demand, targets=targets).solve()
    monkeypatch.setattr("sandop.supply.supply_model.FEWEST_ROWS_SIFTED", 1)
    one, certificate = SupplyModel.of(plan=made, demand=demand, targets=targets).solve()
    two, _ = SupplyModel.of(plan=made, demand=demand, targets=targets).solve()
    assert certificate.is_best
    assert one.cost == pytest.approx(before.cost)
    np.testing.assert_array_equal(one.x, two.x)
    np.testing.assert_array_equal(one.y, two.y)
