"""A plan is a value; a change is a recorded edit; a hash names the content."""

import datetime as dt
import math

import numpy as np
import pytest
from pydantic import ValidationError

from sandop.calendar import Periods
from sandop.network import Families, Items, Network
from sandop.plan import Change, Plan, PlanHasMoved, Rows, Settings, Sheet, input_hash, sheet_hash, table_hash

KEY = ("A", "DC", "E")


def settings(**time: object) -> Settings:
    return Settings.model_validate(
        {
            "company": {"name": "Pumps", "currency": "CNY"},
            "time": {"start": "2026-01", "history_start": "2025-10", "months": 3, **time},
        }
    )


def plan() -> Plan:
    sales = Sheet.of("sales_forecast", Periods.months("2026-01", 3), {KEY: [1.0, np.nan, 3.0]})
    network = Network.of(
        families=Families.of([{"family": "F"}]), items=Items.of([{"item": "A", "family": "F", "value": 2.5}])
    )
    return Plan(settings(), network, {"sales_forecast": sales})


def change(before: float, after: float, period: str = "2026-01", row: tuple[str, ...] = KEY) -> Change:
    when = dt.datetime(2026, 1, 6, 9, 30, tzinfo=dt.UTC)
    return Change("wang", when, "sales_forecast", row, period, before, after, "tender won")


def test_history_ends_where_the_plan_starts() -> None:
    calendar = plan().calendar
    assert calendar.history.labels == ("2025-10", "2025-11", "2025-12")
    assert calendar.horizon.labels == ("2026-01", "2026-02", "2026-03")


def test_a_plan_may_be_made_in_weeks() -> None:
    weekly = Plan(settings(bucket="week", start="2027-02", months=1, history_start="2027-02"), plan().network)
    assert weekly.calendar.horizon.bucket == "week"
    assert len(weekly.calendar.horizon) == 4


def test_an_edit_returns_a_new_plan_and_leaves_the_old_one() -> None:
    old = plan()
    new = old.edited(change(1.0, 9.0))
    assert old.sheet("sales_forecast").at(KEY, "2026-01") == 1.0
    assert new.sheet("sales_forecast").at(KEY, "2026-01") == 9.0
    assert new.edited(change(math.nan, 2.0, "2026-02")).sheet("sales_forecast").at(KEY, "2026-02") == 2.0


def test_a_change_of_a_cell_that_moved_meanwhile_is_refused_with_both_values() -> None:
    with pytest.raises(PlanHasMoved, match=r"holds 1\.0, not 7\.0"):
        plan().edited(change(7.0, 9.0))


def test_a_change_of_an_unknown_cell_is_refused() -> None:
    with pytest.raises(KeyError):
        plan().edited(change(1.0, 2.0, row=("Z", "DC", "E")))


def test_a_sheet_nobody_brought_is_blank() -> None:
    rows = Rows.of(("item", "site", "customer"), [KEY])
    assert np.isnan(plan().sheet_or_blank("orders", rows).values).all()
    assert plan().sheet_or_blank("sales_forecast").at(KEY, "2026-03") == 3.0
    assert len(plan().sheet_or_blank("price").rows) == 0
    with pytest.raises(KeyError):
        plan().sheet("orders")


def test_the_hash_follows_the_content_and_nothing_else() -> None:
    assert input_hash(plan()) == input_hash(plan())
    assert input_hash(plan()) != input_hash(plan().edited(change(1.0, 9.0)))
    assert input_hash(plan()) != input_hash(
        plan().with_sheets(sales_forecast=plan().sheets["sales_forecast"].filled())
    )
    assert input_hash(plan()) != input_hash(plan().with_network(Network.of()))


def test_rows_on_which_nobody_spoke_do_not_change_the_hash() -> None:
    sheet = plan().sheets["sales_forecast"]
    wider = sheet.on(Rows.of(sheet.rows.grain, [KEY, ("B", "DC", "E")]))
    assert sheet_hash(wider) == sheet_hash(sheet)


def test_differences_below_the_stored_precision_do_not_change_the_hash() -> None:
    sheet = plan().sheets["sales_forecast"]
    assert sheet_hash(sheet.with_values(sheet.values + 1e-9)) == sheet_hash(sheet)
    assert sheet_hash(sheet.with_values(sheet.values + 1e-2)) != sheet_hash(sheet)


def test_the_order_of_the_rows_of_a_master_does_not_change_the_hash() -> None:
    one, two = {"item": "A", "family": "F", "value": 1.0}, {"item": "B", "family": "F", "value": 2.0}
    assert table_hash(Items.of([one, two])) == table_hash(Items.of([two, one]))
    assert table_hash(Items.of([one])) != table_hash(Items.of([two]))


def test_a_setting_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError):
        settings(moths=3)
