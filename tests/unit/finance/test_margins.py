"""A margin bridge worked out by hand.

leaf        base: quantity, price, cost     plan: quantity, price, cost
A|East      100 x 10, 6                     110 x 10, 6
B|East      100 x 20, 8                     100 x 21, 9
Both of one family, which grows from 200 to 210: by 5 %.
"""

import numpy as np
import pytest

from sandop.finance import MARGIN_EFFECTS, Earned, margin_effects
from sandop.finance.effects import Cents


def _earned(quantity: list[list[float]], price: list[float], cost: list[float], rate: float = 1.0) -> Earned:
    units = np.array(quantity, dtype=np.float64)
    price_of, cost_of = np.array(price)[:, None], np.array(cost)[:, None]
    listed = np.broadcast_to(price_of, units.shape)
    return Earned(units, units * price_of, units * cost_of, np.full_like(units, rate), listed)


def _of(cents: Cents, leaf: int) -> dict[str, float]:
    """The effects of a leaf over all months, plan currency; those that are zero left out."""
    amounts = cents[:, leaf].sum(axis=-1) / 100.0
    return {name: float(amount) for name, amount in zip(MARGIN_EFFECTS, amounts) if amount}


ONE_GROUP = np.zeros(2, dtype=np.int64)


def test_each_effect_is_what_one_works_out_by_hand() -> None:
    base = _earned([[100.0], [100.0]], [10.0, 20.0], [6.0, 8.0])
    plan = _earned([[110.0], [100.0]], [10.0, 21.0], [6.0, 9.0])
    made = margin_effects(base=base, plan=plan, group=ONE_GROUP)
    assert _of(made.margin, 0) == {"volume": 20.0, "mix": 20.0}
    assert _of(made.margin, 1) == {"price": 100.0, "volume": 60.0, "mix": -60.0, "cost": -100.0}
    assert _of(made.revenue, 0) == {"volume": 50.0, "mix": 50.0}


def test_what_moves_to_another_month_at_one_price_comes_to_nothing() -> None:
    base = _earned([[100.0, 0.0], [50.0, 50.0]], [10.0, 20.0], [6.0, 8.0])
    plan = _earned([[0.0, 100.0], [50.0, 50.0]], [10.0, 20.0], [6.0, 8.0])
    made = margin_effects(base=base, plan=plan, group=ONE_GROUP)
    assert _of(made.margin, 0) == {} and made.margin[:, 0].any()


def test_a_month_in_which_only_one_plan_sells_takes_the_price_list_and_no_price_has_changed() -> None:
    """Sold at 10 in the first month; the list says 12 in the second, to which the plan moves it."""
    listed = np.array([[10.0, 12.0]])
    base, plan = (
        Earned(units, units * listed, units * 6.0, np.ones((1, 2)), listed)
        for units in (np.array([[100.0, 0.0]]), np.array([[0.0, 100.0]]))
    )
    made = margin_effects(base=base, plan=plan, group=np.zeros(1, dtype=np.int64))
    assert _of(made.margin, 0) == {"mix": 200.0}


def test_business_that_only_one_plan_has_is_new_or_lost_with_all_its_margin() -> None:
    base = _earned([[100.0], [0.0]], [10.0, 20.0], [6.0, 8.0])
    plan = _earned([[0.0], [30.0]], [10.0, 20.0], [6.0, 8.0])
    made = margin_effects(base=base, plan=plan, group=ONE_GROUP)
    assert _of(made.margin, 0) == {"lost": -400.0}
    assert _of(made.margin, 1) == {"new": 360.0}


def test_the_exchange_rate_is_taken_out_of_the_price() -> None:
    base, plan = (_earned([[10.0]], [price], [5.0], rate) for price, rate in ((70.0, 7.0), (80.0, 8.0)))
    made = margin_effects(base=base, plan=plan, group=np.zeros(1, dtype=np.int64))
    assert _of(made.margin, 0) == pytest.approx({"currency": 100.0})
