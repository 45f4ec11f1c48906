"""The margin bridge between two plans adds up to the cent at every node, for every pair of plans."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sandop.finance import MARGIN_EFFECTS, Earned, margin_effects, rolled_up

MONTHS = 3
QUANTITY = st.one_of(st.just(0.0), st.floats(0.001, 1e5))
MONEY = st.one_of(st.just(0.0), st.floats(-1e3, 1e7))
PRICE = st.one_of(st.just(float("nan")), st.floats(0.0, 1e4))
MONTH = st.tuples(QUANTITY, MONEY, MONEY, st.floats(0.05, 200.0), PRICE)
LEAF = st.tuples(
    st.lists(MONTH, min_size=MONTHS, max_size=MONTHS),
    st.lists(MONTH, min_size=MONTHS, max_size=MONTHS),
    st.integers(0, 3),
)
LEAVES = st.lists(LEAF, min_size=1, max_size=8)
Leaves = list[tuple[list[tuple[float, ...]], list[tuple[float, ...]], int]]


def plans(leaves: Leaves) -> tuple[Earned, Earned, np.ndarray]:
    base, other = (np.array([leaf[side] for leaf in leaves], dtype=np.float64) for side in (0, 1))
    family = np.array([leaf[2] for leaf in leaves], dtype=np.int64)
    return Earned(*np.moveaxis(base, 2, 0)), Earned(*np.moveaxis(other, 2, 0)), family


@settings(derandomize=True, max_examples=200, deadline=None)
@given(LEAVES)
def test_start_and_effects_are_the_end_at_every_leaf_and_month_to_the_cent(leaves: Leaves) -> None:
    base, other, family = plans(leaves)
    made = margin_effects(base=base, plan=other, group=family)
    assert (made.revenue_start + made.revenue.sum(axis=0) == made.revenue_end).all()
    assert (made.margin_start + made.margin.sum(axis=0) == made.margin_end).all()
    assert (np.abs(made.revenue_end / 100.0 - other.revenue) <= 0.00501).all()
    assert not made.revenue[MARGIN_EFFECTS.index("cost")].any(), "cost moves no revenue"


@settings(derandomize=True, max_examples=100, deadline=None)
@given(LEAVES)
def test_so_does_every_node_above_and_the_nodes_make_up_the_company(leaves: Leaves) -> None:
    base, other, family = plans(leaves)
    made = margin_effects(base=base, plan=other, group=family)
    start, end = (rolled_up(cents, node=family[:, None], count=4) for cents in (made.margin_start, made.margin_end))
    by_family = rolled_up(made.margin, node=family[:, None], count=4)
    assert (start + by_family.sum(axis=0) == end).all()
    company = rolled_up(made.margin, node=np.zeros((1, MONTHS), dtype=np.int64), count=1)
    assert (by_family.sum(axis=1) == company[:, 0]).all()


@settings(derandomize=True, max_examples=100, deadline=None)
@given(LEAVES)
def test_nothing_sets_a_plan_apart_from_itself(leaves: Leaves) -> None:
    base, _, family = plans(leaves)
    made = margin_effects(base=base, plan=base, group=family)
    assert not made.margin.any() and not made.revenue.any()


@settings(derandomize=True, max_examples=100, deadline=None)
@given(LEAVES)
def test_back_again_the_whole_difference_turns_round(leaves: Leaves) -> None:
    base, other, family = plans(leaves)
    there = margin_effects(base=base, plan=other, group=family)
    back = margin_effects(base=other, plan=base, group=family)
    assert (there.margin.sum(axis=0) == -back.margin.sum(axis=0)).all()
    new, lost = (MARGIN_EFFECTS.index(name) for name in ("new", "lost"))
    assert (there.margin[new] == -back.margin[lost]).all()
