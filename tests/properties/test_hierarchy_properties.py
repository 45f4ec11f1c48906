"""What holds for every hierarchy: every row lies once below every level, and spread then roll-up returns."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sandop.plan.hierarchy import Hierarchy
from sandop.plan.sharing import share_out

PROPERTY = settings(derandomize=True, max_examples=60, deadline=None)
LEVELS = ("family", "item", "customer")
MONTHS = 3

label = st.sampled_from(("A", "B", "C", ""))
rows_of_labels = st.lists(st.tuples(label, label, label), max_size=12)
amount = st.one_of(st.just(math.nan), st.integers(0, 5_000_000).map(lambda whole: whole / 1000))
month_of_rows = st.lists(amount, min_size=MONTHS, max_size=MONTHS)


def _hierarchy(rows: list[tuple[str, str, str]]) -> Hierarchy:
    columns = [np.array([row[place] for row in rows] or [], dtype=object) for place in range(len(LEVELS))]
    return Hierarchy.of(dict(zip(LEVELS, columns)), len(rows))


def _below(rows: list[tuple[str, str, str]], path: dict[str, str]) -> list[int]:
    return [i for i, row in enumerate(rows) if all(row[LEVELS.index(name)] == one for name, one in path.items())]


@PROPERTY
@given(rows_of_labels)
def test_below_a_node_lie_exactly_the_rows_of_its_labels(rows: list[tuple[str, str, str]]) -> None:
    at = _hierarchy(rows)
    for node in range(len(at)):
        path = at.path(node)
        assert sorted(at.rows_below(node).tolist()) == _below(rows, path)
        assert at.node(path) == node


@PROPERTY
@given(rows_of_labels)
def test_what_lies_below_a_node_is_one_run_of_nodes(rows: list[tuple[str, str, str]]) -> None:
    at = _hierarchy(rows)
    for node in range(len(at)):
        inside = {one for one in range(len(at)) if one == node or _is_above(at, node, one)}
        assert inside == set(range(node, int(at.end[node])))


def _is_above(at: Hierarchy, above: int, node: int) -> bool:
    while node > 0:
        node = int(at.parent[node])
        if node == above:
            return True
    return False


@PROPERTY
@given(st.lists(st.tuples(st.tuples(label, label, label), month_of_rows), max_size=12))
def test_a_total_is_what_is_known_below_it(drawn: list[tuple[tuple[str, str, str], list[float]]]) -> None:
    rows = [row for row, _ in drawn]
    values = np.array([months for _, months in drawn], dtype=np.float64).reshape(len(rows), MONTHS)
    at = _hierarchy(rows)
    totals = at.totals(values)
    for node in range(len(at)):
        below = values[_below(rows, at.path(node))]
        blank = np.isnan(below).all(axis=0)
        expected = np.where(blank, np.nan, np.nansum(below, axis=0))
        np.testing.assert_allclose(totals[node], expected, rtol=1e-12)


@PROPERTY
@given(rows_of_labels)
def test_a_node_agrees_where_all_its_rows_have_one_unit(rows: list[tuple[str, str, str]]) -> None:
    at = _hierarchy(rows)
    units = np.array([row[0] for row in rows] or [], dtype=object)
    for node, agrees in enumerate(at.agrees(units)):
        assert agrees == (len(set(units[at.rows_below(node)])) <= 1)


@PROPERTY
@given(st.lists(st.tuples(month_of_rows, month_of_rows), min_size=1, max_size=8), month_of_rows)
def test_spread_then_roll_up_returns_to_the_last_decimal(
    rows: list[tuple[list[float], list[float]]], totals: list[float]
) -> None:
    before, otherwise = (np.array([row[place] for row in rows], dtype=np.float64) for place in (0, 1))
    after = share_out(
        totals=np.array(totals), before=before, otherwise=otherwise, factor=np.ones(len(rows)), decimals=3
    )
    for month, total in enumerate(totals):
        if math.isnan(total):
            assert np.isnan(after[:, month]).all()
        else:
            assert round(float(np.nansum(after[:, month])), 6) == total


@PROPERTY
@given(st.lists(month_of_rows, min_size=2, max_size=8), st.integers(0, 10**9))
def test_who_said_nothing_beside_others_keeps_saying_nothing(rows: list[list[float]], total: int) -> None:
    before = np.array(rows, dtype=np.float64)
    blank = np.full(before.shape, np.nan)
    shares = share_out(
        totals=np.full(MONTHS, total / 1000), before=before, otherwise=blank, factor=np.ones(len(rows)), decimals=3
    )
    for month in range(MONTHS):
        spoken = bool(np.nansum(before[:, month]) > 0)
        assert np.isnan(shares[:, month]).tolist() == (np.isnan(before[:, month]) & spoken).tolist()


@PROPERTY
@given(st.lists(st.tuples(st.integers(1, 5_000), st.sampled_from((0.5, 1.0, 12.0))), min_size=2, max_size=6))
def test_rows_of_different_units_miss_their_total_by_no_more_than_a_step(rows: list[tuple[int, float]]) -> None:
    before, factor = np.array([[float(held)] for held, _ in rows]), np.array([units for _, units in rows])
    total = np.array([1000.0])
    after = share_out(totals=total, before=before, otherwise=before, factor=factor, decimals=3)
    assert abs(float((after[:, 0] * factor).sum()) - 1000.0) <= 0.0005 * float(factor.min()) + 1e-9
