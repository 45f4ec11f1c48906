"""What holds for every supply plan. The checks below read the sheets alone and count by themselves."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sandop.network import TABLES, Network
from sandop.plan import Plan, Sheet, sheets_hash
from sandop.supply import Limit, SupplyModel, best_plan, plan_supply, verify_supply
from supply_random import random_case

SEEDS = st.integers(1000, 5000)
few = settings(max_examples=25, derandomize=True, deadline=None)


def total(sheet: Sheet, **parts: str) -> np.ndarray:
    """Sum of the rows with these ids."""
    return sheet.values[sheet.rows.where(**parts)].sum(axis=0)


@few
@given(seed=SEEDS)
def test_nothing_is_made_or_lost_at_any_site_in_any_period(seed: int) -> None:
    """stock = stock before + finished + received + open orders + uncovered - used - sent - delivered."""
    made, demand, targets = random_case(seed)
    sheets = plan_supply(plan=made, demand=demand, targets=targets, confirm_top=0).sheets
    opening = {(r["item"], r["site"]): r["quantity"] for r in made.network.opening_stock.rows()}
    processes = {p["process"]: p for p in made.network.processes.rows()}
    for item, site in sheets["closing_stock"].rows.keys:
        at = {"item": item, "site": site}
        change = total(sheets["purchases_received"], **at) + total(sheets["open_receipts"], **at)
        change += total(sheets["uncovered"], **at) - total(sheets["deliveries"], **at)
        change += total(sheets["transfers_received"], item=item, destination=site)
        change -= total(sheets["transfers"], item=item, origin=site)
        for key, process in processes.items():
            if (process["item"], process["site"]) == (item, site):
                change += total(sheets["production_finished"], process=key)
        for bill in made.network.bills.rows():
            process = processes[bill["process"]]
            if (bill["component"], process["site"]) == (item, site):
                started = total(sheets["production"], process=bill["process"]) / process["good_share"]
                change -= started * bill["quantity"]
        stock = opening.get((item, site), 0.0) + np.cumsum(change)
        np.testing.assert_allclose(total(sheets["closing_stock"], **at), stock, atol=0.05)


@few
@given(seed=SEEDS)
def test_every_unit_of_demand_is_delivered_owed_or_lost(seed: int) -> None:
    made, demand, targets = random_case(seed)
    sheets = plan_supply(plan=made, demand=demand, targets=targets, confirm_top=0).sheets
    for row, key in enumerate(sheets["deliveries"].rows.keys):
        asked = np.zeros(demand.values.shape[1])
        if key in demand.rows.position:
            asked = demand.values[demand.rows.position[key]].copy()
        asked[0] += sum(
            o["quantity"]
            for o in made.network.open_orders.rows()
            if o["kind"] == "customer" and (o["item"], o["site"], o["party"]) == key
        )
        met = sheets["deliveries"].values[row].cumsum() + sheets["backlog"].values[row]
        np.testing.assert_allclose(met + sheets["lost"].values[row].cumsum(), asked.cumsum(), atol=0.02)
        assert (sheets["deliveries"].values[row] >= 0).all()


@few
@given(seed=SEEDS)
def test_capacity_supplier_and_own_limits_are_never_exceeded(seed: int) -> None:
    made, demand, targets = random_case(seed)
    sheets = plan_supply(plan=made, demand=demand, targets=targets, confirm_top=0).sheets
    good = {p["process"]: p["good_share"] for p in made.network.processes.rows()}
    for resource in made.network.resources.rows():
        key = resource["resource"]
        used = sum(
            total(sheets["production"], process=r["process"]) * r["hours"] / good[r["process"]]
            for r in made.network.routings.rows()
            if r["resource"] == key
        )
        most = total(sheets["hours_available"], resource=key) + total(sheets["hours_excess"], resource=key)
        for name in ("capacity_overtime", "capacity_outsourced"):
            most = most + np.nan_to_num(total(made.sheet(name), resource=key))
        assert (used <= np.where(np.isnan(most), np.inf, most) + 0.01).all()
    arrived = 2.0 * total(sheets["purchases_received"], supplier="S")
    assert (arrived <= np.nan_to_num(total_or_blank(made, "supplier_limit", "S"), nan=np.inf) + 0.01).all()
    assert sheets["hours_overtime"].values.min() >= 0


def total_or_blank(made: Plan, name: str, key: str) -> np.ndarray:
    sheet = made.sheet(name)
    return (
        total(sheet, supplier=key)
        if sheet.rows.where(supplier=key).any()
        else np.full(len(made.calendar.horizon), np.nan)
    )


@few
@given(seed=SEEDS, more=st.floats(0.1, 30.0))
def test_relaxing_a_limit_never_costs_more_and_never_saves_more_than_its_price(seed: int, more: float) -> None:
    """cost(limit + more) <= cost, and >= cost + price x more: the price is the most a unit can save."""
    made, demand, targets = random_case(seed)
    model = SupplyModel.of(plan=made, demand=demand, targets=targets)
    answer, certificate = model.solve()
    block = model.program.rules["capacity"]
    row = int(block.index[0, seed % block.index.shape[1]])
    limit = Limit("capacity", block.keys[0], made.calendar.horizon.labels[seed % block.index.shape[1]])
    for change in (more, -min(more, model.size_of(limit))):
        saving = model.saving([limit], more=[change])
        slack = 1e-6 * abs(certificate.primal)
        assert saving * np.sign(change) >= -slack
        assert saving <= -answer.y[row] * change + slack


@few
@given(seed=SEEDS)
def test_the_order_of_the_rows_never_changes_the_plan(seed: int) -> None:
    made, demand, targets = random_case(seed)
    g = np.random.default_rng(seed)
    tables = made.network.tables()
    mixed = {t.file: t.of([tables[t.file].row(int(i)) for i in g.permutation(len(tables[t.file]))]) for t in TABLES}
    shuffled = replace(made, network=Network.of(**mixed))
    hashes = {
        sheets_hash(plan_supply(plan=p, demand=demand, targets=targets, confirm_top=0).sheets)
        for p in (made, made, shuffled)
    }
    assert len(hashes) == 1


@few
@given(seed=SEEDS)
def test_every_plan_is_proven_best_and_verified_without_the_solver(seed: int) -> None:
    made, demand, targets = random_case(seed, staffed=seed % 2 == 0)
    best = best_plan(SupplyModel.of(plan=made, demand=demand, targets=targets), demand=demand, targets=targets)
    assert best.certificate.is_best
    assert best.certificate.bound <= best.certificate.primal * (1 + 1e-9)
    assert np.isclose(sum(best.costs.values()), best.certificate.primal, rtol=1e-9)
    assert verify_supply(
        plan=made, demand=demand, targets=targets, sheets=best.sheets, certificate=best.certificate
    ).holds


@few
@given(seed=SEEDS)
def test_confirmed_savings_shrink_with_every_further_unit(seed: int) -> None:
    made, demand, targets = random_case(seed)
    for shortage in plan_supply(plan=made, demand=demand, targets=targets, confirm_top=2).shortages[:2]:
        values = [gain.value for gain in shortage.gains]
        assert all(later <= earlier * (1 + 1e-6) for earlier, later in pairwise(values))
        assert shortage.value <= shortage.price * (1 + 1e-6)
