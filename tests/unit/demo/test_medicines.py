"""The medicines: real volumes and real money, unchanged; the rest says that it is invented."""

import numpy as np
import pytest

from sandop_demo.demo import Demo
from sandop_demo.explosion import available_hours, by_item, explosion_of
from sandop_demo.medicines.source import prescriptions


def test_june_2008_totals_what_was_published(medicine_company: Demo) -> None:
    assert np.nansum(medicine_company.aside["orders"].values[:, -1]) == 12_123_769


def test_january_2007_is_18_percent_above_the_twelve_months_before(medicine_company: Demo) -> None:
    year = np.nansum(medicine_company.plan.sheets["orders"].values[:, -12:], axis=0)
    january = np.nansum(medicine_company.aside["orders"].values[:, 0])
    assert january == 16_462_869
    assert january / year.mean() == pytest.approx(1.18, abs=0.005)


def test_history_runs_from_2000_to_2006_and_the_plan_18_months(medicine_company: Demo) -> None:
    calendar = medicine_company.plan.calendar
    assert (calendar.history.labels[0], calendar.history.labels[-1]) == ("2000-01", "2006-12")
    assert (calendar.horizon.labels[0], calendar.horizon.labels[-1]) == ("2007-01", "2008-06")
    assert medicine_company.plan.settings.company.currency == "AUD"


def test_only_what_sold_in_2006_is_planned_and_c05_as_a_new_product(medicine_company: Demo) -> None:
    orders, network = medicine_company.plan.sheets["orders"], medicine_company.plan.network
    finished = set(network.items.item[network.items.kind == "finished"])
    sold = {item for item in finished - {"C05"}}  # noqa: C416
    assert len(finished) == 77
    for item in sold:
        assert np.nansum(orders.values[orders.rows.where(item=item), -12:]) > 0, item
    assert not orders.rows.where(item="C05").any()
    assert list(network.launches.item) == ["C05"]
    assert network.items.launch[network.items.position["C05"]] == network.launches.launch[0] == "2007-12"
    assert network.launches.monthly[0] not in np.nan_to_num(
        medicine_company.aside["orders"].values[medicine_company.aside["orders"].rows.where(item="C05")]
    )


def test_the_price_is_the_trailing_years_cost_per_prescription(medicine_company: Demo) -> None:
    plan = medicine_company.plan
    price, key = plan.sheets["price"], ("C10", "DC", "general")
    scripts = plan.sheets["orders"].values[plan.sheets["orders"].rows.position[key], -12:].sum()
    cost = plan.sheets["revenue_actual"].values[plan.sheets["revenue_actual"].rows.position[key], -12:].sum()
    row = price.values[price.rows.position["C10", "general"]]
    assert row == pytest.approx(np.full(18, cost / scripts), rel=1e-4)


def test_a_blank_of_the_source_stays_a_blank(medicine_company: Demo) -> None:
    """A05 was not listed before July 2000."""
    orders = medicine_company.plan.sheets["orders"]
    listed = orders.values[orders.rows.position["A05", "DC", "general"]]
    assert np.isnan(listed[:6]).all()
    assert not np.isnan(listed[6:]).any()


def test_the_safety_net_peaks_in_january_and_falls_in_february(medicine_company: Demo) -> None:
    orders = medicine_company.plan.sheets["orders"]
    net = np.nansum(orders.values[orders.rows.where(customer="concessional-safety-net")], axis=0)
    january, february = net[72], net[73]
    assert february < 0.15 * january


def test_packing_is_tightest_in_the_january_rush_and_no_other_line_is_too_small(medicine_company: Demo) -> None:
    network, items = medicine_company.plan.network, medicine_company.plan.network.items.keys
    bill = explosion_of(network)
    available = available_hours(resources=network.resources, regular=medicine_company.plan.sheets["capacity_regular"])
    load = bill.load(by_item(medicine_company.aside["orders"], items)) / available
    share = dict(zip(network.resources.keys, load))
    assert share["PACK-1"][0] > 1.05
    assert share["PACK-1"][[0, 12]].min() > share["PACK-1"][1:12].max()
    assert all(share[line].max() < 1.0 for line in ("TABLETS-1", "TABLETS-2", "CAPSULES", "LIQUIDS", "STERILE"))


def test_no_salesperson_is_invented_and_the_budget_follows_its_rule(medicine_company: Demo) -> None:
    """Budget of January 2007 made in October 2006: January 2006 x (1 + growth of the item + 2 %)."""
    sheets = medicine_company.plan.sheets
    assert "sales_forecast" not in sheets
    source = prescriptions()
    scripts = np.nan_to_num(source.scripts[source.rows.column("item") == "N02"]).sum(axis=0)
    growth = scripts[69:81].sum() / scripts[57:69].sum() - 1
    budget = sheets["budget_volume"]
    planned = budget.values[budget.rows.where(item="N02"), budget.periods.position["2007-01"]].sum()
    assert planned == pytest.approx(scripts[72] * (1 + growth + 0.02), abs=3)
    assert np.isnan(budget.values[:, budget.periods.position["2008-01"] :]).all()
