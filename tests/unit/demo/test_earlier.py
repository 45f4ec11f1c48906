"""The plan of a month before knows nothing of the month that followed."""

from dataclasses import replace

import numpy as np
import pytest

from sandop.io import read_folder, write_folder
from sandop.plan import Sheet, input_hash
from sandop_demo.demo import Demo
from sandop_demo.earlier import one_month_earlier
from sandop_demo.vintages import add_vintages


def test_history_loses_its_last_month_and_the_horizon_starts_there(either: Demo) -> None:
    plan, earlier = either.plan, one_month_earlier(either.plan)
    assert earlier.calendar.history.labels == plan.calendar.history.labels[:-1]
    assert earlier.calendar.horizon.labels[0] == plan.calendar.history.labels[-1]
    assert len(earlier.calendar.horizon) == len(plan.calendar.horizon)
    for name in ("orders", "shipments", "revenue_actual", "stock_actual", "production_actual"):
        assert earlier.sheets[name].periods.labels == earlier.calendar.history.labels, name


def test_stock_and_backlog_are_those_of_then(either: Demo) -> None:
    """Opening stock + what was received in the month - what was shipped in it = the next month's opening stock."""
    plan, earlier = either.plan, one_month_earlier(either.plan)
    then = dict(zip(earlier.network.opening_stock.keys, earlier.network.opening_stock.quantity))
    now = dict(zip(plan.network.opening_stock.keys, plan.network.opening_stock.quantity))
    sold = set(plan.sheets["orders"].rows.column("item"))

    def moved(name: str) -> float:
        sheet = plan.sheets[name]
        wanted = [item in sold for item in sheet.rows.column("item")]
        return float(np.nansum(sheet.values[wanted, -1]))

    change = sum(now[key] - then[key] for key in now if key[0] in sold)
    assert change == pytest.approx(moved("production_actual") - moved("shipments"))
    orders = earlier.network.open_orders
    start = np.datetime64(earlier.settings.time.start + "-01")
    owed = orders.quantity[(orders.kind == "customer") & (orders.due < start)].sum()
    known = len(earlier.calendar.history)
    ordered = np.nansum(plan.sheets["orders"].values[:, :known])
    assert owed == pytest.approx(ordered - np.nansum(plan.sheets["shipments"].values[:, :known]))


def test_sales_said_of_the_month_what_was_kept_as_its_past_forecast(pump_maker: Demo) -> None:
    plan, earlier = pump_maker.plan, one_month_earlier(pump_maker.plan)
    key = ("DOM-J075", "DC-E", "DIST-E1")
    said = earlier.sheets["sales_forecast"]
    assert said.at(key, "2025-12") == plan.sheets["sales_forecast_past"].at(key, "2025-12")
    assert said.at(key, "2026-01") == plan.sheets["sales_forecast"].at(key, "2026-01")


def test_what_came_after_is_gone(pump_maker: Demo) -> None:
    sheet = pump_maker.plan.sheets["orders"].named("demand")
    later = Sheet.blank("demand", sheet.rows, pump_maker.plan.calendar.horizon)
    kept = {"2025-10": later, "2025-12": later}
    earlier = one_month_earlier(replace(pump_maker.plan, vintages=kept, previous={"demand": later}))
    assert list(earlier.vintages) == ["2025-10"]
    assert not earlier.previous
    assert not len(earlier.network.overrides)
    assert len(pump_maker.plan.network.overrides) == 3


def test_limits_take_the_same_month_a_year_later_and_prices_the_first_month(pump_maker: Demo) -> None:
    plan, earlier = pump_maker.plan, one_month_earlier(pump_maker.plan)
    hours = earlier.sheets["capacity_regular"]
    assert hours.at(("LINE-DOM",), "2025-12") == plan.sheets["capacity_regular"].at(("LINE-DOM",), "2026-12")
    price = earlier.sheets["price"]
    assert price.at(("DOM-J075", "DIST-E1"), "2025-12") == price.at(("DOM-J075", "DIST-E1"), "2026-01")
    assert not np.isnan(hours.values).any()
    assert not np.isnan(price.values).any()


def test_only_orders_placed_by_then_are_on_the_way(pump_maker: Demo) -> None:
    """Seals take 60 days: what is due in January was on order in December. Motors take 4: no lot of January was."""
    plan, orders = pump_maker.plan, one_month_earlier(pump_maker.plan).network.open_orders
    now = np.datetime64("2026-01-01")
    later = orders.take((orders.kind != "customer") & (orders.due >= now))
    assert "SEAL-35" in set(later.item)
    assert not (later.kind == "production").any()
    on_the_way = orders.take((orders.kind != "customer") & (orders.due < now))
    made = plan.sheets["production_actual"]
    december = dict(zip(made.rows.keys, made.values[:, -1]))
    assert len(on_the_way) > 50
    for item, site, units in zip(on_the_way.item, on_the_way.site, on_the_way.quantity):
        assert units <= december[item, site] + 0.5


def test_a_month_earlier_needs_months(pump_maker: Demo) -> None:
    time = pump_maker.plan.settings.time
    weekly = pump_maker.plan.settings.model_copy(update={"time": time.model_copy(update={"bucket": "week"})})
    with pytest.raises(ValueError, match="monthly buckets"):
        one_month_earlier(replace(pump_maker.plan, settings=weekly))


def test_both_plans_survive_the_folder(either: Demo, tmp_path) -> None:  # type: ignore[no-untyped-def]
    for number, plan in enumerate((either.plan, one_month_earlier(either.plan))):
        write_folder(plan, tmp_path / str(number))
        loaded = read_folder(tmp_path / str(number))
        assert loaded.plan is not None, [finding.text() for finding in loaded.findings][:5]
        assert input_hash(loaded.plan) == input_hash(plan)


def test_a_vintage_is_run_on_what_was_known_then(pump_maker: Demo) -> None:
    """Cut to one family, so that the forecast is quick; orders of the last month must not matter."""
    plan = pump_maker.plan
    settings = plan.settings.model_copy(
        update={"demand": plan.settings.demand.model_copy(update={"learned": False, "vintages": 1})}
    )
    orders = plan.sheets["orders"]
    few = orders.take(orders.rows.where(customer="KA-1"))
    doubled = few.values.copy()
    doubled[:, -1] *= 2
    small = replace(plan, settings=settings, sheets={"orders": few})
    other = replace(small, sheets={"orders": few.with_values(doubled)})
    made = add_vintages(small)
    assert list(made.vintages) == ["2025-12"]
    np.testing.assert_array_equal(made.vintages["2025-12"].values, add_vintages(other).vintages["2025-12"].values)
    assert list(add_vintages(small, count=2).vintages) == ["2025-11", "2025-12"]
