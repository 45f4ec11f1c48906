"""The master schedule follows the plan, for every plan, lot and calendar."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sandop.calendar import Periods, working_days
from sandop.execution import by_week, in_lots
from sandop.plan import Rows, Sheet

MONTHS = 4
PLAN = st.lists(st.one_of(st.just(0.0), st.floats(0.0, 5000.0)), min_size=MONTHS, max_size=MONTHS)
WEEKS = Periods.weeks("2026-01", MONTHS)


def weekly(months: list[float]) -> np.ndarray:
    sheet = Sheet("production", Rows(("process",), (("P",),)), Periods.months("2026-01", MONTHS), np.array([months]))
    return by_week(sheet=sheet, weeks=WEEKS, days=working_days(WEEKS))


def of_month(values: np.ndarray) -> np.ndarray:
    return np.bincount(WEEKS.month_of, values[0])


@settings(derandomize=True, max_examples=150, deadline=None)
@given(PLAN)
def test_weeks_add_up_to_their_month(months: list[float]) -> None:
    np.testing.assert_allclose(of_month(weekly(months)), months, atol=1e-9)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(PLAN, st.sampled_from([1.0, 7.0, 12.5, 50.0, 400.0]))
def test_the_schedule_is_whole_lots_never_a_lot_from_the_cumulative_plan(months: list[float], lot: float) -> None:
    plan = weekly(months)
    mps = in_lots(plan=plan, lot=np.array([lot]), kept=np.full_like(plan, np.nan))
    assert (mps >= 0).all()
    np.testing.assert_allclose(mps / lot, np.round(mps / lot), atol=1e-9)
    behind = plan.cumsum(axis=1) - mps.cumsum(axis=1)
    assert (np.abs(behind) <= lot / 2 + 1e-6).all()
    carry = of_month(plan) - of_month(mps)
    assert (np.abs(carry) < lot).all()


@settings(derandomize=True, max_examples=150, deadline=None)
@given(PLAN, st.lists(st.floats(0.0, 900.0), min_size=5, max_size=5), st.sampled_from([5.0, 50.0]))
def test_fixed_weeks_stay_and_the_free_weeks_catch_up(months: list[float], fixed: list[float], lot: float) -> None:
    plan = weekly(months)
    kept = np.full_like(plan, np.nan)
    kept[0, :5] = fixed
    mps = in_lots(plan=plan, lot=np.array([lot]), kept=kept)
    assert mps[0, :5].tolist() == fixed
    behind = plan.cumsum(axis=1)[0] - mps.cumsum(axis=1)[0]
    assert (behind[5:] <= lot / 2 + 1e-6).all(), "never more than half a lot behind once free"
    ahead = sum(fixed) > plan.sum()
    assert ahead or behind[-1] >= -lot / 2 - 1e-6 or (mps[0, 5:] == 0).all()
