"""Sheets: a blank is not zero, misaligned sheets never combine, roll-up and spread keep totals."""

import numpy as np
import pytest

from sandop.calendar import Periods
from sandop.network import Customers, Families, Items, Network, Priorities, Sites
from sandop.plan import MisalignedSheets, Rows, Sheet, by_month, level, require_aligned, roll_up, spread

MONTHS = Periods.months("2026-01", 3)


def network(*, unit_b: str = "pump", factor: float = 1.0) -> Network:
    return Network.of(
        families=Families.of([{"family": "DOM", "unit": "pump"}, {"family": "IND", "unit": unit_b}]),
        items=Items.of(
            [
                {"item": "A", "family": "DOM", "value": 10.0},
                {"item": "B", "family": "DOM", "value": 20.0, "plan_factor": factor},
                {"item": "C", "family": "IND", "value": 30.0},
            ]
        ),
        sites=Sites.of([{"site": "DC"}]),
        priorities=Priorities.of([{"priority": "1", "late": 1.0, "lost": 5.0}]),
        customers=Customers.of(
            [
                {"customer": "E", "site": "DC", "priority": "1", "region": "East"},
                {"customer": "W", "site": "DC", "priority": "1", "region": "West"},
            ]
        ),
    )


def demand() -> Sheet:
    return Sheet.of(
        "demand",
        MONTHS,
        {
            ("A", "DC", "E"): [1.0, 2.0, np.nan],
            ("A", "DC", "W"): [3.0, np.nan, np.nan],
            ("B", "DC", "E"): [5.0, 6.0, 7.0],
            ("C", "DC", "W"): [8.0, 9.0, 1.0],
        },
    )


def test_a_roll_up_skips_blanks_and_all_blank_stays_blank() -> None:
    """
    item  jan  feb  mar
    A     1+3  2    blank
    B     5    6    7
    C     8    9    1
    """
    by_item = roll_up(demand(), network(), by=["item"])
    assert by_item.rows.keys == (("A",), ("B",), ("C",))
    np.testing.assert_array_equal(by_item.values, [[4, 2, np.nan], [5, 6, 7], [8, 9, 1]])


def test_families_and_regions_add_up_to_the_company() -> None:
    for by in (["family"], ["region"], ["family", "region"], ["customer"], ["site"]):
        total = np.nansum(roll_up(demand(), network(), by=by).values, axis=0)
        np.testing.assert_allclose(total, roll_up(demand(), network(), by=[]).values[0])


def test_a_family_counts_in_its_plan_unit() -> None:
    """One B counts as two pumps: January of DOM = 1 + 3 + 2 x 5."""
    assert roll_up(demand(), network(factor=2.0), by=["family"]).at(("DOM",), "2026-01") == 14.0


def test_units_are_never_mixed() -> None:
    with pytest.raises(ValueError, match="different plan units"):
        roll_up(demand(), network(unit_b="set"), by=[])
    assert roll_up(demand(), network(unit_b="set"), by=["family"]).at(("IND",), "2026-02") == 9.0


def test_a_measure_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="does not add up"):
        roll_up(demand().named("stocked_out"), network(), by=["family"])


def test_a_level_the_rows_do_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no level"):
        level(Rows.of(("item", "site"), [("A", "DC")]), network(), ["region"])


def test_a_total_is_spread_in_proportion_and_evenly_where_there_is_no_pattern() -> None:
    at = level(demand().rows, network(), ["family"])
    totals = np.array([[18.0, 16.0, 14.0], [4.0, np.nan, 2.0]])
    parts = spread(totals=totals, pattern=demand().values * [[1.0, 1.0, 0.0]], at=at)
    np.testing.assert_allclose(parts[:3, 0], [2, 6, 10])
    np.testing.assert_allclose(parts[:3, 2], [14 / 3] * 3)
    assert np.isnan(parts[3, 1])
    np.testing.assert_allclose(at.total(parts), totals)


def test_a_roll_up_of_nothing_is_nothing() -> None:
    empty = Sheet.blank("demand", Rows(("item", "site", "customer"), ()), MONTHS)
    assert roll_up(empty, network(), by=["family"]).values.shape == (0, 3)


def test_sheets_with_different_rows_never_combine() -> None:
    other = demand().take(np.array([True, True, True, False]))
    with pytest.raises(MisalignedSheets, match="different rows"):
        demand().combine(other, np.add, "demand")
    require_aligned(demand(), demand().named("consensus"))
    doubled = demand().combine(demand(), np.add, "consensus")
    assert doubled.at(("B", "DC", "E"), "2026-03") == 14.0
    assert doubled.unit == "unit"


def test_a_sheet_on_other_rows_is_blank_where_it_knows_nothing() -> None:
    rows = Rows.of(("item", "site", "customer"), [("B", "DC", "E"), ("Z", "DC", "E")])
    moved = demand().on(rows, Periods.months("2026-03", 2))
    np.testing.assert_array_equal(moved.values, [[7, np.nan], [np.nan, np.nan]])
    with pytest.raises(MisalignedSheets, match="grain"):
        demand().on(Rows.of(("item", "site"), [("B", "DC")]))


def test_a_sheet_cannot_be_written_to_and_keeps_its_own_numbers() -> None:
    values = np.ones((1, 3))
    sheet = Sheet("demand", Rows.of(("item", "site", "customer"), [("A", "DC", "E")]), MONTHS, values)
    values[0, 0] = 99.0
    assert sheet.values[0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        sheet.values[0, 0] = 2.0


def test_values_must_fit_rows_and_periods() -> None:
    with pytest.raises(ValueError, match="values"):
        Sheet("demand", demand().rows, MONTHS, np.ones((2, 3)))


def test_rows_are_sorted_unique_and_know_their_places() -> None:
    rows = Rows.of(("item", "site"), [("B", "X"), ("A", "X"), ("B", "X")])
    assert rows.keys == (("A", "X"), ("B", "X"))
    assert rows.places([("B", "X"), ("C", "X")]).tolist() == [1, -1]
    assert rows.where(item="A", site="X").tolist() == [True, False]
    assert rows == Rows.of(("item", "site"), rows.keys) and hash(rows) == hash(Rows.of(("item", "site"), rows.keys))
    with pytest.raises(ValueError, match="sorted and unique"):
        Rows(("item",), (("B",), ("A",)))
    with pytest.raises(ValueError, match="parts for grain"):
        Rows(("item",), (("B", "X"),))


def test_blanks_are_filled_only_on_request_and_stored_values_are_rounded() -> None:
    assert demand().filled().at(("A", "DC", "W"), "2026-02") == 0.0
    assert str(demand().with_values(demand().values * -0.0001).rounded().values[0, 0]) == "0.0"


def test_weeks_become_months_flows_sum_and_levels_take_the_last_week() -> None:
    weeks = Periods.weeks("2027-02", 2)
    key = ("A", "DC", "E")
    flow = Sheet.of("demand", weeks, {key: [1.0] * len(weeks)})
    assert by_month(flow).values.tolist() == [[4.0, len(weeks) - 4.0]]
    stock = Sheet.of("closing_stock", weeks, {("A", "DC"): list(range(len(weeks)))})
    assert by_month(stock).values.tolist() == [[3.0, len(weeks) - 1.0]]
    assert by_month(demand()) is not None and by_month(demand()).periods.bucket == "month"
