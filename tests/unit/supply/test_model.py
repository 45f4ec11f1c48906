"""The open model, the solver's second try, and what nobody should be able to build."""

from __future__ import annotations

import numpy as np
import pytest

from sandop.supply import Limit, SupplyModel
from sandop.supply.primary import _choose
from sandop.supply.program import Draft
from sandop.supply.program_text import rule_text
from sandop.supply.solver import Answer, LiveModel, NoPlanFound
from supply_cases import no_targets, one_line, plan, red_tomato, sheet


def model(**more: object) -> SupplyModel:
    made, demand = one_line(**more)  # type: ignore[arg-type]
    return SupplyModel.of(plan=made, demand=demand, targets=no_targets(made))


def test_several_limits_can_be_raised_together() -> None:
    """demand 30 30 0 on 20 hours: ten are owed twice; ten hours more in both months save all lateness."""
    opened = model(demand=(30, 30, 0))
    _, before = opened.solve()
    hours = [Limit("capacity", ("LINE",), label) for label in ("2027-01", "2027-02")]
    assert opened.saving(hours, more=[10, 10]) == pytest.approx(300)
    assert opened.saving(hours[:1], more=[0.0]) == pytest.approx(0)
    assert opened.solve()[1].primal == pytest.approx(before.primal)
    assert opened.size_of(hours[0]) == 20


def test_a_limit_nobody_has_is_refused() -> None:
    with pytest.raises(KeyError, match="no capacity limit"):
        model().size_of(Limit("capacity", ("OVEN",), "2027-01"))
    with pytest.raises(KeyError):
        model().size_of(Limit("supplier limit", ("S",), "2027-01"))


def test_a_wrong_answer_of_a_warm_start_is_solved_again_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = model()
    honest = LiveModel._run
    runs: list[int] = []

    def first_wrong(live: LiveModel) -> Answer | None:
        answer = honest(live)
        runs.append(1)
        assert answer is not None
        return Answer(answer.x, answer.y * 0.0, answer.cost) if len(runs) == 1 else answer

    monkeypatch.setattr(LiveModel, "_run", first_wrong)
    _, certificate = opened.solve()
    assert len(runs) == 2
    assert certificate.is_best


def test_a_program_without_a_plan_is_told_and_not_answered() -> None:
    """x <= 1 and x >= 2: no draft of a plan can contain it, a hand-made program can."""
    draft = Draft(1)
    column = draft.add_columns("x", [("a",)], cost=1.0, upper=1.0)
    draft.put(draft.add_rows("much", [("a",)], lower=2.0, upper=np.inf), column, 1.0)
    program = draft.finish()
    live = LiveModel(program)
    with pytest.raises(NoPlanFound):
        live.solve()
    assert rule_text(program, "much", labels=["now"]) == "much[a now]: + 1 x[a now] >= 2\n"


def test_coefficients_given_twice_add_up_and_zeros_are_left_out() -> None:
    draft = Draft(1)
    column = draft.add_columns("x", [("a",), ("b",)], cost=1.0)
    row = draft.add_rows("rule", [("a",)], lower=0.0, upper=4.0)
    draft.put(row, column[:1], 1.5)
    draft.put(row, column[:1], 1.0)
    draft.put(row, column[1:], 0.0)
    program = draft.finish()
    assert program.values.tolist() == [2.5]
    assert program.times(np.array([2.0, 9.0])).tolist() == [5.0]
    assert program.transposed_times(np.array([2.0])).tolist() == [5.0, 0.0]
    assert rule_text(program, "rule", labels=["t"]) == "rule[a t]: + 2.5 x[a t] between 0 and 4\n"


def test_an_empty_plan_has_an_empty_program() -> None:
    program = Draft(3).finish()
    assert program.objective(np.zeros(0)) == 0.0
    assert len(program.values) == 0


def test_a_company_without_demand_or_resources_still_has_a_plan() -> None:
    made = plan(
        items=[{"item": "A", "value": 1.0}],
        sites=[{"site": "P"}],
        opening_stock=[{"item": "A", "site": "P", "quantity": 3.0}],
        holding_rate=0.1,
    )
    _, certificate = SupplyModel.of(plan=made, demand=sheet(made, "demand", {}), targets=no_targets(made)).solve()
    assert certificate.primal == pytest.approx(0.9)


def test_whole_workers_can_be_priced_hour_by_hour_through_the_continuous_plan() -> None:
    made, demand = red_tomato(whole=True)
    opened = SupplyModel.of(plan=made, demand=demand, targets=no_targets(made))
    answer, _ = opened.solve()
    limit = Limit("capacity", ("CREW",), "2027-04")
    row, column = opened.place_of(limit)
    assert column == -1
    assert opened.saving([limit], more=[1.0]) == pytest.approx(-answer.y[row])


def test_ways_that_get_cheaper_in_a_circle_are_refused() -> None:
    """A bought at 5, A made from B and B made from A at a gain of 1 each: no price would ever settle."""
    with pytest.raises(ValueError, match="circle"):
        _choose(2, np.array([0, 0, 1]), np.array([5.0, -1.0, -1.0]), np.array([1, 2]), np.array([1, 0]), np.ones(2))


def test_a_what_if_tells_the_saving_and_what_would_be_delivered() -> None:
    """demand 30 10 20 on 20 hours: ten hours more in January deliver what is owed there, and save its lateness."""
    opened = model(demand=(30, 10, 20))
    opened.solve()
    found = opened.what_if([Limit("capacity", ("LINE",), "2027-01")], more=[15.0])
    assert found.saving == pytest.approx(100)
    assert found.deliveries.values.tolist() == [[30, 10, 20]]
    assert found.used == pytest.approx((10.0,)), "of fifteen hours more only ten are used"


def test_branching_that_finds_no_whole_plan_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandop.supply.solver._FEASIBLE", 99)
    made, demand = red_tomato(whole=True)
    with pytest.raises(NoPlanFound):
        SupplyModel.of(plan=made, demand=demand, targets=no_targets(made)).solve()


def test_negative_stock_and_limits_count_as_none_and_there_is_still_a_plan() -> None:
    opened = model(hours=(-5, 20, 20), opening_stock=[{"item": "A", "site": "P", "quantity": -3.0}])
    assert opened.solve()[1].is_best
    assert opened.size_of(Limit("capacity", ("LINE",), "2027-01")) == 0


def test_where_the_solver_starts_never_changes_what_the_plan_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    cost = model().solve()[1].primal
    monkeypatch.setattr("sandop.supply.supply_model.FEWEST_ROWS_SIFTED", 0)
    assert model().solve()[1].primal == pytest.approx(cost)
