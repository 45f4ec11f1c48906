"""Does the network hang together."""

from pathlib import Path

from io_cases import FILES, found, messages, read
from sandop.findings import Severity
from sandop.io.check_network import circles

USD = "customer,region,site,priority,currency\nSHOP,East,DC,1,USD\nKEY,West,DC,1,\n"


def test_a_circular_bill_is_spelled_out(tmp_path: Path) -> None:
    """TEA-1 needs CLAY, CLAY needs GLAZE, GLAZE needs TEA-1."""
    loaded = read(
        tmp_path,
        items=FILES["items.csv"] + "GLAZE,釉,POT,raw,kg,2\n",
        processes="process,item,site\nFIRE,TEA-1,P1\nDIG,CLAY,P1\nMELT,GLAZE,P1\n",
        bills="process,component,quantity\nFIRE,CLAY,2\nDIG,GLAZE,1\nMELT,TEA-1,1\n",
    )
    finding = found(loaded, "circular_bill")
    assert finding.values["circle"] == "CLAY → GLAZE → TEA-1 → CLAY"
    assert finding.where.file == "bills.csv"
    assert loaded.plan is None


def test_circles_are_found_wherever_they_lie() -> None:
    assert list(circles({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []})) == []
    assert list(circles({"a": ["a"]})) == [["a", "a"]]
    assert list(circles({"x": ["a"], "a": ["b"], "b": ["a"], "c": ["x"]})) == [["a", "b", "a"]]
    deep = {str(i): [str(i + 1)] for i in range(5000)}
    assert list(circles(deep)) == []
    assert len(next(circles({**deep, "5000": ["0"]}))) == 5002


def test_a_resource_without_hours_and_a_process_out_of_nothing_are_said(tmp_path: Path) -> None:
    loaded = read(tmp_path, capacity_regular=None, processes=FILES["processes.csv"] + "BUY,CLAY,P1,0\n")
    assert found(loaded, "no_capacity").values == {"resource": "KILN"}
    assert found(loaded, "bare_process").severity is Severity.NOTE
    sized = read(tmp_path, capacity_regular=None, resources="resource,site,workers,hours_per_worker\nKILN,P1,5,160\n")
    assert "no_capacity" not in messages(sized)


def test_what_is_sold_where_nothing_can_bring_it_is_said(tmp_path: Path) -> None:
    loaded = read(tmp_path, lanes=None, opening_stock=None)
    assert found(loaded, "no_way").values == {"item": "TEA-1", "site": "DC"}
    assert found(loaded, "no_way").where.file == "orders.csv"
    for lanes in ("item,origin,destination\nTEA-1,P1,DC\n", "origin,destination\nP1,DC\n"):
        assert "no_way" not in messages(read(tmp_path, opening_stock=None, lanes=lanes))
    wrong = read(tmp_path, opening_stock=None, lanes="item,origin,destination\nCLAY,P1,DC\n")
    assert "no_way" in messages(wrong)


def test_what_lives_on_its_stock_alone_is_said(tmp_path: Path) -> None:
    """TEA-1 lies at the DC and is sold there, but no lane brings more; an item that ends needs none."""
    loaded = read(tmp_path, lanes=None, opening_stock="item,site,quantity\nTEA-1,DC,50\n")
    assert found(loaded, "only_stock").values == {"item": "TEA-1", "site": "DC"}
    head, *rows = FILES["items.csv"].splitlines()
    ending = "\n".join([f"{head},phase_out", *(f"{row},2027-12" for row in rows)]) + "\n"
    sold_off = read(tmp_path, lanes=None, opening_stock="item,site,quantity\nTEA-1,DC,50\n", items=ending)
    assert "only_stock" not in messages(sold_off)


def test_a_component_that_cannot_get_to_its_process_is_said(tmp_path: Path) -> None:
    assert found(read(tmp_path, sources=None), "no_way_component").values == {
        "component": "CLAY",
        "site": "P1",
        "process": "FIRE",
    }


def test_a_launch_needs_a_way_and_a_price_too(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        items=FILES["items.csv"] + "TEA-2,壶,POT,finished,pot,10\n",
        launches="item,customer,launch,monthly\nTEA-2,SHOP,2026-03,5\n",
    )
    assert found(loaded, "no_way").values["item"] == "TEA-2"
    assert found(loaded, "no_price").values == {"item": "TEA-2", "customer": "SHOP"}


def test_foreign_prices_need_a_rate(tmp_path: Path) -> None:
    assert found(read(tmp_path, customers=USD), "no_rate").values == {"currency": "USD", "home": "CNY"}
    rate = "currency,2026-01,2026-02,2026-03\nUSD,7,7,7\n"
    short = read(tmp_path, customers=USD, rate=rate)
    assert short.plan is not None
    assert found(short, "blank_rate").severity is Severity.WARNING
    assert found(short, "ends_early").values["count"] == 3


def test_no_prices_at_all_is_a_note(tmp_path: Path) -> None:
    assert found(read(tmp_path, price=None), "no_prices").severity is Severity.NOTE


def test_units_of_a_family_that_do_not_fit_are_said(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        items="item,family,kind,unit,plan_factor,value\nTEA-1,POT,finished,pot,2,10\nCLAY,POT,finished,kg,,1\n",
    )
    assert found(loaded, "factor_of_same_unit").where.row == 2
    assert found(loaded, "other_unit").values == {"family": "POT", "unit": "kg", "plan_unit": "pot", "count": 1}


def test_what_takes_longer_than_the_plan_looks_ahead_is_said(tmp_path: Path) -> None:
    loaded = read(tmp_path, processes="process,item,site,lead_time_days\nFIRE,TEA-1,P1,200\n")
    assert found(loaded, "long_lead_time").values == {"days": "200", "horizon": "181"}


def test_work_on_a_resource_at_another_site_is_said(tmp_path: Path) -> None:
    assert found(read(tmp_path, resources="resource,site\nKILN,DC\n"), "work_elsewhere").values["other"] == "DC"


def test_opinions_that_would_change_nothing_are_found(tmp_path: Path) -> None:
    head = "override,who,when,family,item,region,period,quantity,why\n"
    loaded = read(
        tmp_path,
        families="family,unit\nPOT,pot\nCUP,cup\n",
        overrides=head
        + "1,wang,2026-01-06,CUP,TEA-1,,2026-02,5,x\n"
        + "2,wang,2026-01-06,POT,,,2025-02,5,x\n"
        + "3,wang,2026-01-06,,,Esat,2026-02,5,x\n",
    )
    assert found(loaded, "override_scope").values == {"item": "TEA-1", "family": "CUP", "other": "POT"}
    assert found(loaded, "override_outside").values == {"name": "2", "cell": "2025-02"}
    assert found(loaded, "unknown_region").values == {"region": "Esat", "known": "East, West"}


def test_open_orders_name_known_parties_and_sensible_days(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        open_orders="order,kind,item,site,party,due,quantity\n"
        "1,customer,TEA-1,DC,,2026-01-05,5\n"
        "2,customer,TEA-1,DC,SHOPP,2026-01-05,5\n"
        "3,purchase,CLAY,P1,PITT,2025-12-05,5\n"
        "4,purchase,CLAY,P1,PIT,2027-12-05,5\n",
    )
    assert found(loaded, "order_without_customer").where.row == 2
    parties = {f.values["party"]: f.severity for f in loaded.findings if f.message == "io.unknown_party"}
    assert parties == {"SHOPP": Severity.ERROR, "PITT": Severity.WARNING}
    assert found(loaded, "overdue_receipt").values["name"] == "3"
    assert found(loaded, "due_after_plan").values["name"] == "4"


def test_an_item_is_not_phased_out_before_it_is_launched(tmp_path: Path) -> None:
    items = "item,family,value,launch,phase_out\nTEA-1,POT,10,2026-05,2026-03\nCLAY,POT,1,,\n"
    assert found(read(tmp_path, items=items), "launch_after_phase_out").where.row == 2


def test_a_plan_with_nothing_to_plan_is_told_so(tmp_path: Path) -> None:
    loaded = read(tmp_path, items="item,family,value\n", orders=None, price=None, bills=None, processes=None)
    assert found(loaded, "nothing_to_plan").where.file == "items.csv"
    assert found(loaded, "no_demand").severity is Severity.WARNING
