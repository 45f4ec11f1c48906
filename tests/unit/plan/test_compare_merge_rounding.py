"""What changed between two versions, how two branches join, and whole numbers that still add up."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandop.calendar import Periods
from sandop.plan import Sheet
from sandop.plan.compare import compare
from sandop.plan.merge import merge
from sandop.plan.rounding import round_to_total

MONTHS = Periods.months("2026-01", 2)
BLANK = math.nan
A, B = ("A", "P1"), ("B", "P1")


def stock(series: dict[tuple[str, ...], list[float]], periods: Periods = MONTHS) -> Sheet:
    return Sheet.of("closing_stock", periods, series)


def test_equal_versions_have_no_differences() -> None:
    sheet = {"closing_stock": stock({A: [1.0, BLANK]})}
    assert not compare(sheet, sheet)


def test_a_changed_cell_is_listed_with_the_total_of_its_period() -> None:
    """A moves from 5 to 8 in February; B stays at 10."""
    before = {"closing_stock": stock({A: [1, 5], B: [10, 10]})}
    after = {"closing_stock": stock({A: [1, 8], B: [10, 10]})}
    found = compare(before, after)
    (cell,) = found.cells
    assert (cell.measure, cell.row, cell.period, cell.before, cell.after) == ("closing_stock", A, "2026-02", 5, 8)
    (total,) = found.totals
    assert (total.period, total.before, total.after) == ("2026-02", 15.0, 18.0)


def test_a_difference_below_the_stored_decimals_is_none() -> None:
    assert not compare({"closing_stock": stock({A: [1, 5]})}, {"closing_stock": stock({A: [1, 5.0000001]})})


def test_a_sheet_row_or_month_that_only_one_side_has_is_blank_on_the_other() -> None:
    shorter = {"closing_stock": stock({A: [1]}, Periods.months("2026-01", 1))}
    longer = {"closing_stock": stock({A: [1, 2], B: [BLANK, 3]})}
    found = compare(shorter, longer)
    assert [(cell.row, cell.period, math.isnan(cell.before), cell.after) for cell in found.cells] == [
        (A, "2026-02", True, 2.0),
        (B, "2026-02", True, 3.0),
    ]
    assert math.isnan(found.totals[0].before) and found.totals[0].after == 5.0
    assert len(compare({}, longer).cells) == 3


def test_months_that_follow_each_other_are_compared_as_one_run() -> None:
    early = {"closing_stock": stock({A: [1, 2]})}
    late = {"closing_stock": stock({A: [3]}, Periods.months("2026-03", 1))}
    assert [cell.period for cell in compare(early, late).cells] == ["2026-01", "2026-02", "2026-03"]


def test_prices_have_no_total() -> None:
    before = {"price": Sheet.of("price", MONTHS, {("A", "EAST"): [5, 5]})}
    after = {"price": Sheet.of("price", MONTHS, {("A", "EAST"): [6, 5]})}
    found = compare(before, after)
    assert len(found.cells) == 1 and not found.totals


def test_empty_sheets_compare_equal() -> None:
    nothing = Sheet.of("closing_stock", Periods.of_labels(()), {})
    assert not compare({"closing_stock": nothing}, {"closing_stock": nothing})


def test_what_only_one_branch_changed_is_taken() -> None:
    """Ours changed January, theirs February, both set B to 7."""
    base = {"closing_stock": stock({A: [1, 1], B: [1, 1]})}
    ours = {"closing_stock": stock({A: [5, 1], B: [7, 1]})}
    theirs = {"closing_stock": stock({A: [1, 6], B: [7, 1]})}
    made = merge(base=base, ours=ours, theirs=theirs)
    assert made.conflicts == ()
    assert made.sheets["closing_stock"].values.tolist() == [[5.0, 6.0], [7.0, 1.0]]


def test_where_both_changed_a_cell_differently_a_person_decides() -> None:
    base, ours, theirs = ({"closing_stock": stock({A: [value, 1]})} for value in (1, 5, 6))
    made = merge(base=base, ours=ours, theirs=theirs)
    (conflict,) = made.conflicts
    assert (conflict.row, conflict.period, conflict.base, conflict.ours, conflict.theirs) == (A, "2026-01", 1, 5, 6)
    assert made.sheets["closing_stock"].at(A, "2026-01") == 1.0


def test_blanking_a_cell_is_a_change_and_a_new_sheet_is_kept() -> None:
    base = {"closing_stock": stock({A: [1, 1]})}
    ours = {"closing_stock": stock({A: [BLANK, 1]})}
    made = merge(base=base, ours=ours, theirs={**base, "stock_target": Sheet.of("stock_target", MONTHS, {A: [4, 4]})})
    assert math.isnan(made.sheets["closing_stock"].at(A, "2026-01"))
    assert made.sheets["stock_target"].at(A, "2026-02") == 4.0


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from([0.0, 1.0, 2.0, BLANK])] * 3), min_size=2, max_size=2))
def test_merging_with_an_unchanged_branch_gives_the_other(cells: list[tuple[float, float, float]]) -> None:
    base, ours, _ = ({"closing_stock": stock({A: [cell[side] for cell in cells]})} for side in range(3))
    for one, other in ((ours, base), (base, ours), (ours, ours)):
        made = merge(base=base, ours=one, theirs=other)
        assert not made.conflicts
        np.testing.assert_array_equal(made.sheets["closing_stock"].values, ours["closing_stock"].values)


def test_the_largest_remainders_get_the_missing_units() -> None:
    """3.3 + 3.3 + 3.4 = 10: the 3.4 is rounded up."""
    assert round_to_total(np.array([3.3, 3.3, 3.4])).tolist() == [3.0, 3.0, 4.0]
    assert round_to_total(np.array([0.5, 0.5])).tolist() == [1.0, 0.0]


def test_lots_are_shared_out_whole_and_blanks_stay_blank() -> None:
    made = round_to_total(np.array([[30.0, BLANK, 70.0], [25.0, 25.0, 50.0]]), lot=50.0)
    assert made[0, [0, 2]].tolist() == [50.0, 50.0] and math.isnan(made[0, 1])
    assert made[1].tolist() == [50.0, 0.0, 50.0]
    with pytest.raises(ValueError, match="positive"):
        round_to_total(np.array([1.0]), lot=0.0)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    st.lists(st.lists(st.floats(-1e5, 1e5), min_size=4, max_size=4), min_size=1, max_size=5),
    st.sampled_from([1.0, 5.0, 0.25]),
)
def test_whole_numbers_add_up_to_the_rounded_total(rows: list[list[float]], lot: float) -> None:
    values = np.array(rows)
    made = round_to_total(values, lot=lot)
    np.testing.assert_allclose(made / lot, np.round(made / lot))
    assert (np.abs(made - values) <= lot * (1 + 1e-6)).all()
    assert (np.abs(made.sum(axis=1) - values.sum(axis=1)) <= lot / 2 + 1e-6 * lot * 1e2).all()
