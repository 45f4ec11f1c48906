"""A bridge adds up exactly, for every pair of books."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sandop.finance import EFFECTS, Book, effects

AMOUNT = st.one_of(st.just(0.0), st.floats(0.01, 1e7), st.floats(-1e4, 0.0))
RATE = st.floats(0.05, 200.0)
LEAF = st.tuples(AMOUNT, AMOUNT, RATE, AMOUNT, AMOUNT, RATE, st.integers(0, 3))


def books(leaves: list[tuple[float, ...]]) -> tuple[Book, Book, np.ndarray]:
    table = np.array(leaves, dtype=np.float64).reshape(len(leaves), 7)
    return (
        Book(table[:, 0], table[:, 1], table[:, 1] / table[:, 2]),
        Book(table[:, 3], table[:, 4], table[:, 4] / table[:, 5]),
        table[:, 6].astype(np.int64),
    )


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(LEAF, max_size=12))
def test_start_and_effects_are_the_end_at_every_leaf_to_the_cent(leaves: list[tuple[float, ...]]) -> None:
    base, book, family = books(leaves)
    made = effects(base=base, book=book, family=family)
    assert made.effects.dtype == np.int64
    assert (made.start + made.effects.sum(axis=0) == made.end).all()
    assert (np.abs(made.start / 100.0 - base.revenue) <= 0.00501).all()
    assert (np.abs(made.end / 100.0 - book.revenue) <= 0.00501).all()


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(LEAF, min_size=1, max_size=12))
def test_nothing_changes_between_a_book_and_itself(leaves: list[tuple[float, ...]]) -> None:
    base, _, family = books(leaves)
    assert not effects(base=base, book=base, family=family).effects.any()


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(1, 1e4), st.floats(1, 1e4), st.floats(1, 500)), min_size=1, max_size=8))
def test_at_unchanged_prices_only_volume_and_mix_move(leaves: list[tuple[float, float, float]]) -> None:
    before, after, price = np.array(leaves).T
    family = np.zeros(len(leaves), dtype=np.int64)
    made = effects(
        base=Book(before, before * price, before * price),
        book=Book(after, after * price, after * price),
        family=family,
    )
    moved = {effect for i, effect in enumerate(EFFECTS) if np.abs(made.effects[i]).max() > 2}
    assert moved <= {"volume", "mix"}


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(LEAF, min_size=2, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_the_leaves_does_not_matter(leaves: list[tuple[float, ...]], shuffle: object) -> None:
    order = list(range(len(leaves)))
    shuffle.shuffle(order)  # type: ignore[attr-defined]
    base, book, family = books(leaves)
    mixed = books([leaves[i] for i in order])
    made = effects(base=base, book=book, family=family)
    again = effects(base=mixed[0], book=mixed[1], family=mixed[2])
    assert np.abs(made.effects[:, order] - again.effects).max() <= 1, "sums in another order may move a cent"
