"""The pump maker: tight where it should be, credible everywhere."""

import numpy as np
import pytest

from sandop.cycle import festival_share
from sandop.plan import Sheet, input_hash, roll_up, sheet_hash
from sandop_demo import pumps
from sandop_demo.demo import Demo
from sandop_demo.explosion import available_hours, by_item, explosion_of
from sandop_demo.pumps.streams import HABIT
from sandop_demo.pumps.world import World


def _load_share(demo: Demo, demand: Sheet | None) -> dict[str, np.ndarray]:
    """Line → demand exploded through the bills, share of demonstrated regular hours, (month,)."""
    assert demand is not None
    network = demo.plan.network
    available = available_hours(resources=network.resources, regular=demo.plan.sheets["capacity_regular"])
    load = explosion_of(network).load(by_item(demand, network.items.keys))
    return dict(zip(network.resources.keys, load / available[:, : len(demand.periods)]))


def _net_revenue(demo: Demo) -> np.ndarray:
    """Expected demand at price, plan rate and net of rebate, CNY, (month,)."""
    assert demo.expected is not None
    price, customers = demo.plan.sheets["price"], demo.plan.network.customers
    rate = demo.plan.sheets["rate"].values[0, -1]
    kept = {
        c: (1 - rebate) * (rate if currency == "USD" else 1.0)
        for c, rebate, currency in zip(customers.customer, customers.rebate, customers.currency)
    }
    rows = demo.expected.rows.keys
    paid = np.array([kept[c] * price.values[price.rows.position[i, c]] for i, _, c in rows])
    return (paid * demo.expected.values).sum(axis=0)


def test_about_sixty_items_in_eight_families(pump_maker: Demo) -> None:
    items = pump_maker.plan.network.items
    finished = items.kind == "finished"
    assert 55 <= finished.sum() <= 65
    assert len(set(items.family[finished])) == 8
    assert set(items.strategy[finished]) == {"MTS", "MTO", "ATO"}


def test_winding_peaks_near_105_percent(pump_maker: Demo) -> None:
    first_year = _load_share(pump_maker, pump_maker.expected)["WINDING"][:12]
    assert first_year.max() == pytest.approx(1.05, abs=0.01)
    assert (first_year > 1.0).sum() >= 2


def test_no_other_line_is_a_bottleneck(pump_maker: Demo) -> None:
    for line, share in _load_share(pump_maker, pump_maker.expected).items():
        if line != "WINDING":
            assert share.max() < 1.0, line
            assert 0.70 <= share[:12].mean() <= 0.90, line


def test_orders_that_really_come_load_winding_as_expected(pump_maker: Demo) -> None:
    share = _load_share(pump_maker, pump_maker.aside["orders"])["WINDING"]
    assert 1.0 < share.max() < 1.12


def test_the_plan_falls_a_few_percent_short_of_the_budget(pump_maker: Demo) -> None:
    budget = pump_maker.plan.sheets["budget_revenue"]
    year = [label.startswith("2026") for label in budget.periods.labels]
    gap = _net_revenue(pump_maker)[:12].sum() / np.nansum(budget.values[:, year]) - 1
    assert -0.08 < gap < -0.02


def test_revenue_is_a_few_hundred_million_a_year(pump_maker: Demo) -> None:
    revenue = np.nansum(pump_maker.plan.sheets["revenue_actual"].values, axis=0).reshape(4, 12).sum(axis=1)
    assert (revenue > 3e8).all()
    assert (revenue < 5e8).all()
    assert (np.diff(revenue) > 0).all()


def test_every_family_earns_a_margin_of_25_to_45_percent(pump_maker: Demo) -> None:
    budget, margin = pump_maker.plan.sheets["budget_revenue"], pump_maker.plan.sheets["budget_margin"]
    network = pump_maker.plan.network
    revenue = np.nansum(roll_up(budget, network, by=["family"]).values, axis=1)
    earned = np.nansum(roll_up(margin, network, by=["family"]).values, axis=1)
    assert ((earned / revenue > 0.22) & (earned / revenue < 0.45)).all()


def test_the_heavy_foundry_is_short_and_the_seal_maker_the_only_one(pump_maker: Demo) -> None:
    network, limit = pump_maker.plan.network, pump_maker.plan.sheets["supplier_limit"]
    sources = network.sources
    bill = explosion_of(network)
    assert pump_maker.expected is not None
    need = bill.required(by_item(pump_maker.expected, network.items.keys))[:, 2:12].sum(axis=1)
    kilos = sum(
        units * need[network.items.position[item]]
        for item, supplier, units in zip(sources.item, sources.supplier, sources.limit_units)
        if supplier == "S-CASTB"
    )
    assert 0.88 < limit.values[limit.rows.position[("S-CASTB",)], 2:12].sum() / kilos < 0.99
    sellers = {item: set(sources.supplier[sources.item == item]) for item in ("SEAL-22", "SEAL-35")}
    assert all(found == {"S-SEALB"} for found in sellers.values())


def test_the_spring_festival_moves_demand_between_january_and_february(pump_maker: Demo) -> None:
    """Festival in January 2023 and 2025, in February 2022 (first days) and 2024."""
    sheet = pump_maker.plan.sheets["orders"]
    smooth = np.isin(
        pump_maker.plan.network.items.family[pump_maker.plan.network.items.places(sheet.rows.column("item"))],
        ["DOM", "GAR", "CIR", "SEW"],
    )
    orders = np.nansum(sheet.values[smooth], axis=0).reshape(4, 12)
    february = orders[:, 1] / orders[:, 0]
    share = festival_share(sheet.periods).reshape(4, 12)[:, 1]
    assert february[1] > 1 > february[2]
    assert np.corrcoef(february, share)[0, 1] < -0.9


def test_events_of_the_past_can_be_seen(pump_maker: Demo) -> None:
    orders, history = pump_maker.plan.sheets["orders"], pump_maker.plan.calendar.history
    lost = np.nansum(orders.values[orders.rows.where(customer="DIST-N2")], axis=0)
    assert lost[history.position["2025-08"]] > 0
    assert (lost[history.position["2025-09"] :] == 0).all()
    launched = orders.values[orders.rows.where(item="CIR-P120")]
    assert np.isnan(launched[:, : history.position["2024-05"]]).all()
    assert (np.nansum(launched[:, -12:], axis=1) > 0).sum() >= 5
    gone = np.nansum(orders.values[orders.rows.where(item="DOM-W110")], axis=0)
    assert gone[history.position["2025-01"]] > 0
    assert (gone[history.position["2025-04"] :] == 0).all()


def test_a_stock_out_censors_the_orders(pump_maker: Demo) -> None:
    out, orders = pump_maker.plan.sheets["stocked_out"], pump_maker.plan.sheets["orders"]
    month = orders.periods.position["2024-07"]
    rows = orders.rows.where(item="DOM-J075", site="DC-E")
    assert out.at(("DOM-J075", "DC-E", "DIST-E1"), "2024-07") == 0.5
    before, during = (orders.values[rows, month - back].sum() for back in (12, 0))
    assert during < 0.75 * before


def test_the_optimist_says_more_and_the_sandbagger_less_than_what_comes(pump_maker: Demo) -> None:
    assert pump_maker.expected is not None
    said = pump_maker.plan.sheets["sales_forecast"]
    coming = pump_maker.expected.on(said.rows).values
    who = dict(zip(pump_maker.plan.network.customers.customer, pump_maker.plan.network.customers.salesperson))
    person = np.array([who[customer] for customer in said.rows.column("customer")])

    def bias(name: str) -> float:
        mine = (person == name)[:, None] & ~np.isnan(said.values)
        return float(said.values[mine].sum() / coming[mine].sum() - 1)

    assert bias("zhao") > 0.06
    assert bias("sun") < -0.06
    assert abs(bias("lin")) < 0.05
    assert np.isnan(said.values[person == "lin"][:, HABIT["lin"].speaks :]).all()


def test_past_sales_forecasts_carry_the_same_habits(pump_maker: Demo) -> None:
    said = pump_maker.plan.sheets["sales_forecast_past"]
    orders = pump_maker.plan.sheets["orders"].on(said.rows).values
    both = ~np.isnan(said.values) & ~np.isnan(orders)
    east = np.isin(said.rows.column("customer"), ["DIST-E1", "DIST-E2"])[:, None] & both
    north = np.isin(said.rows.column("customer"), ["DIST-N1"])[:, None] & both
    assert said.values[east].sum() > 1.04 * orders[east].sum()
    assert said.values[north].sum() < 0.95 * orders[north].sum()


def test_prices_rose_once_and_will_rise_again(pump_maker: Demo) -> None:
    plan = pump_maker.plan
    revenue, shipped = plan.sheets["revenue_actual"], plan.sheets["shipments"]
    row = shipped.rows.position["DOM-J075", "DC-E", "DIST-E1"]
    before, after = (revenue.values[row, month] / shipped.values[row, month] for month in (25, 26))
    assert after / before == pytest.approx(1.04, abs=0.002)
    industrial = plan.sheets["price"].values[plan.sheets["price"].rows.position["IND-S0550", "DIST-E1"]]
    assert industrial[3] / industrial[2] == pytest.approx(1.02, abs=0.002)


def test_a_part_of_the_generator_draws_from_its_own_stream() -> None:
    """Orders of one item do not change when another item is left out."""
    world, fewer = World(7, 18), World(7, 18)
    fewer.__dict__["finished"] = tuple(one for one in world.finished if one.item != "SPA-CAP")
    fewer.__dict__["list_prices"] = world.list_prices
    row = world.market.rows.position["DOM-J075", "DC-E", "DIST-E1"]
    other = fewer.market.rows.position["DOM-J075", "DC-E", "DIST-E1"]
    assert len(fewer.market.rows) < len(world.market.rows)
    np.testing.assert_array_equal(world.market.wanted[row], fewer.market.wanted[other])


def test_another_seed_is_another_company_with_the_same_machines(pump_maker: Demo) -> None:
    other = pumps.build(seed=8)
    assert input_hash(other.plan) != input_hash(pump_maker.plan)
    assert other.plan.network.resources.keys == pump_maker.plan.network.resources.keys


def test_a_shorter_plan_has_the_same_history(pump_maker: Demo) -> None:
    short = pumps.build(months=12)
    assert len(short.plan.calendar.horizon) == 12
    assert sheet_hash(short.plan.sheets["orders"]) == sheet_hash(pump_maker.plan.sheets["orders"])
    with pytest.raises(ValueError, match="12 to 18"):
        pumps.build(months=24)
