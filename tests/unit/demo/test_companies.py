"""What holds for both companies: names, references, identities, what lies aside."""

import numpy as np
import pytest

from sandop.calendar import month_number
from sandop.cycle import roles
from sandop.measures import measure
from sandop.network import Network
from sandop.plan import Plan, Sheet, input_hash
from sandop_demo.companies import companies
from sandop_demo.demo import Demo


def _of_item(sheet: Sheet, item: str) -> np.ndarray:
    return np.nan_to_num(sheet.values[sheet.rows.where(item=item)]).sum(axis=0)


def test_both_companies_have_titles_and_a_description_in_both_languages() -> None:
    assert list(companies()) == ["pumps", "medicines"]
    for company in companies().values():
        for language in ("en", "zh"):
            assert company.title(language)
            assert company.description(language)
        assert company.title("en") != company.title("zh")


def test_everything_that_has_a_name_has_one_in_both_languages(either: Demo) -> None:
    for table in either.plan.network.tables().values():
        names = {column.name for column in table.columns()}
        if "name" in names:
            assert all(table.name), table.file
            assert all(any("\u4e00" <= letter <= "\u9fff" for letter in name) for name in table.name_zh), table.file


def test_every_reference_leads_somewhere(either: Demo) -> None:
    tables = either.plan.network.tables()
    for table in tables.values():
        for column in table.columns():
            if column.references:
                known = {key if isinstance(key, str) else key[0] for key in tables[column.references].keys}
                used = {value for value in getattr(table, column.name) if value}
                assert used <= known, f"{table.file}.{column.name}"


_TABLE_OF = {
    "item": "items",
    "site": "sites",
    "origin": "sites",
    "customer": "customers",
    "resource": "resources",
    "process": "processes",
    "supplier": "suppliers",
    "family": "families",
}


def test_every_row_of_a_sheet_is_about_something_known(either: Demo) -> None:
    tables = either.plan.network.tables()
    for sheet in (*either.plan.sheets.values(), *either.aside.values()):
        for part in sheet.rows.grain:
            if part in _TABLE_OF:
                assert set(sheet.rows.column(part)) <= set(tables[_TABLE_OF[part]].keys), f"{sheet.name}.{part}"


def test_sheets_cover_the_months_their_measure_speaks_of(either: Demo) -> None:
    calendar = either.plan.calendar
    spans = {"history": calendar.history, "horizon": calendar.horizon, "both": calendar.all_months}
    for name, sheet in either.plan.sheets.items():
        assert sheet.periods.labels == spans[measure(name).span].labels, name


def test_demand_ships_from_the_customers_own_site(either: Demo) -> None:
    customers = either.plan.network.customers
    site = dict(zip(customers.customer, customers.site))
    assert all(key[1] == site[key[2]] for key in either.plan.sheets["orders"].rows.keys)


def test_stock_is_stock_before_plus_production_less_shipments(either: Demo) -> None:
    """Over all sites, for every item that is sold, in every closed month."""
    sheets = either.plan.sheets
    for item in sorted(set(sheets["orders"].rows.column("item"))):
        stock, made = _of_item(sheets["stock_actual"], item), _of_item(sheets["production_actual"], item)
        shipped = _of_item(sheets["shipments"], item)
        np.testing.assert_allclose(np.diff(stock), made[1:] - shipped[1:], atol=1e-6, err_msg=item)
        assert stock.min() >= 0


def test_backlog_is_what_was_ordered_and_not_shipped(either: Demo) -> None:
    orders, shipments = either.plan.sheets["orders"], either.plan.sheets["shipments"]
    backlog = np.cumsum(np.nan_to_num(orders.values) - np.nan_to_num(shipments.values), axis=1)
    assert backlog.min() >= 0
    start = np.datetime64(either.plan.settings.time.start + "-01")
    table = either.plan.network.open_orders
    overdue = table.take((table.kind == "customer") & (table.due < start))
    owed = {key: units for key, units in zip(orders.rows.keys, backlog[:, -1]) if units > 0}
    assert {(i, s, c): q for i, s, c, q in zip(overdue.item, overdue.site, overdue.party, overdue.quantity)} == owed


def test_opening_stock_is_the_last_closed_months_stock(either: Demo) -> None:
    actual, opening = either.plan.sheets["stock_actual"], either.plan.network.opening_stock
    assert dict(zip(opening.keys, opening.quantity)) == pytest.approx(
        dict(zip(actual.rows.keys, actual.values[:, -1]))
    )


def test_what_lies_aside_begins_where_history_ends(either: Demo) -> None:
    start = either.plan.settings.time.start
    assert either.aside["orders"].periods.labels[0] == start
    closed = set(either.plan.calendar.history.labels)
    assert all(not closed & set(sheet.periods.labels) for sheet in either.aside.values())
    assert {"orders", "shipments", "revenue_actual"} <= set(either.aside)
    assert all(measure(name).direction == "input" for name in either.aside)


def test_every_price_a_demand_needs_is_there_and_positive(either: Demo) -> None:
    price = either.plan.sheets["price"]
    wanted = {(i, c) for i, _, c in (*either.plan.sheets["orders"].rows.keys, *either.aside["orders"].rows.keys)}
    assert wanted <= set(price.rows.keys)
    assert price.values.min() > 0


def test_someone_fills_every_role_of_the_process(either: Demo) -> None:
    assert set(either.plan.network.people.role) == {role for role in roles()}  # noqa: C416


def test_standard_cost_is_what_the_bill_the_hours_and_the_prices_say(either: Demo) -> None:
    """Value of an own item = process cost + hours x hourly cost + components, all over the yield where it applies."""
    network: Network = either.plan.network
    value = dict(zip(network.items.item, network.items.value))
    hourly = dict(zip(network.resources.resource, network.resources.regular_cost))
    for process, item, kind, good, cost in zip(
        *(getattr(network.processes, name) for name in ("process", "item", "kind", "good_share", "cost"))
    ):
        if kind != "make":
            continue
        used = sum(
            q * value[c]
            for p, c, q in zip(network.bills.process, network.bills.component, network.bills.quantity)
            if p == process
        )
        worked = sum(
            h * hourly[r]
            for p, r, h in zip(network.routings.process, network.routings.resource, network.routings.hours)
            if p == process
        )
        assert value[item] == pytest.approx(cost + (used + worked) / good, rel=1e-4, abs=1e-3), item


def test_the_same_seed_gives_the_same_plan(either: Demo) -> None:
    name = "pumps" if either.expected is not None else "medicines"
    assert input_hash(companies()[name].build().plan) == input_hash(either.plan)


def test_the_plan_says_what_is_invented(either: Demo) -> None:
    plan: Plan = either.plan
    assert "nvented" in plan.settings.company.source
    assert plan.settings.company.name_zh
    assert month_number(plan.settings.time.start) == month_number(plan.calendar.history.labels[-1]) + 1
