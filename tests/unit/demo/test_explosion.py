"""Bills as matrices, by hand."""

import numpy as np
import pytest

from sandop.calendar import Periods
from sandop.network import Bills, Processes, Resources, Routings, Sources
from sandop.plan import Sheet
from sandop_demo.explosion import available_hours, explosion, purchase_prices, users_first
from sandop_demo.keeping import kept_at

"""
PUMP = 1 MOTOR + 2 SEAL, 0.5 h on ASM, 3 CNY; MOTOR = 4 WIRE at 80 % yield, 1 h on WIND, 2 CNY
WIRE costs 10 CNY, SEAL 1 USD at 7; ASM 40 CNY an hour, WIND 60
"""
ITEMS = ("MOTOR", "PUMP", "SEAL", "WIRE")
PROCESSES = (
    {"process": "MOTOR@OUT", "item": "MOTOR", "site": "P1", "kind": "subcontract", "cost": 99.0},
    {"process": "MOTOR@P1", "item": "MOTOR", "site": "P1", "good_share": 0.8, "cost": 2.0},
    {"process": "PUMP@P1", "item": "PUMP", "site": "P1", "cost": 3.0},
)
BILLS = (
    {"process": "PUMP@P1", "component": "MOTOR", "quantity": 1.0},
    {"process": "PUMP@P1", "component": "SEAL", "quantity": 2.0},
    {"process": "MOTOR@P1", "component": "WIRE", "quantity": 4.0},
)
ROUTINGS = (
    {"process": "PUMP@P1", "resource": "ASM", "hours": 0.5},
    {"process": "MOTOR@P1", "resource": "WIND", "hours": 1.0},
)


def _bill(*more: dict[str, object]):  # type: ignore[no-untyped-def]
    return explosion(
        items=ITEMS,
        processes=Processes.of(PROCESSES),
        bills=Bills.of((*BILLS, *more)),
        routings=Routings.of(ROUTINGS),
        resources=("ASM", "WIND"),
    )


def test_demand_for_a_pump_takes_its_motor_and_the_wire_of_the_motor() -> None:
    need = _bill().required(np.array([[0.0], [10.0], [1.0], [0.0]]))
    assert need[:, 0] == pytest.approx([10, 10, 21, 50])


def test_hours_count_what_is_started_not_what_turns_out_good() -> None:
    load = _bill().load(np.array([[0.0], [10.0], [0.0], [0.0]]))
    assert load[:, 0] == pytest.approx([5.0, 12.5])


def test_standard_cost_rolls_up_through_both_levels() -> None:
    """WIRE 10; MOTOR 2 + 60 x 1.25 + 5 x 10 = 127; SEAL 7; PUMP 3 + 40 x 0.5 + 127 + 14 = 164."""
    offers = (
        {"item": "WIRE", "site": "P1", "supplier": "A", "price": 10.0},
        {"item": "WIRE", "site": "P1", "supplier": "B", "price": 11.0},
        {"item": "SEAL", "site": "P1", "supplier": "A", "price": 1.0, "currency": "USD"},
    )
    bought = purchase_prices(items=ITEMS, sources=Sources.of(offers), rates={"USD": 7.0})
    costs = _bill().standard_costs(bought, np.array([40.0, 60.0]))
    assert costs == pytest.approx([127, 164, 7, 10])


def test_every_part_comes_after_all_that_use_it() -> None:
    order = [ITEMS[place] for place in users_first(_bill())]
    assert order.index("MOTOR") < order.index("WIRE")
    assert "PUMP" not in order


def test_a_bill_in_a_circle_is_refused() -> None:
    bill = _bill({"process": "MOTOR@P1", "component": "PUMP", "quantity": 1.0})
    with pytest.raises(ValueError, match="circle"):
        bill.required(np.ones((4, 1)))


def test_available_hours_are_the_demonstrated_part_of_the_rated_ones() -> None:
    resources = Resources.of(
        [{"resource": "ASM", "site": "P1", "demonstrated": 0.9}, {"resource": "WIND", "site": "P1"}]
    )
    regular = Sheet.of("capacity_regular", Periods.months("2026-01", 1), {("WIND",): [50.0], ("ASM",): [100.0]})
    assert available_hours(resources=resources, regular=regular)[:, 0] == pytest.approx([90.0, 50.0])


def test_stock_is_kept_at_its_level_and_stays_above_where_less_goes_out() -> None:
    received, held = kept_at(np.array([10.0, 12.0, 4.0, 4.0]), np.array([5.0, 3.0, 6.0]))
    assert received == pytest.approx([7.0, 0.0, 1.0])
    assert held == pytest.approx([12.0, 9.0, 4.0])
