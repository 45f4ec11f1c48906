"""What the grid shows, and to whom: nodes, totals in plan units, locks in words, marks, exceptions."""

from __future__ import annotations

import numpy as np
import pytest
from gridding import A_EAST, CAPACITY, FAMILY, ITEM_A, cell, node, opened, shows, typed
from planning import EAST, WEST, forecast, say_forecast, signed
from stage import Act

from sandop.network import Families, Items, Network
from sandop_web.access import NothingThere, NotUnderstood
from sandop_web.queries.grid import Grid, GridAsked, grid_of
from sandop_web.store.contents import pack_table
from sandop_web.store.entries import chunk_ids
from sandop_web.store.models import Entry, Version
from sandop_web.store.plans import read_network


def _measure(grid: Grid, name: str) -> tuple[str, str]:
    found = next(one for one in grid.measures if one.id == name)
    return found.state, found.why_locked


def _masters(version: Version, **tables: object) -> None:
    """The version holds these master tables instead of its own."""
    network = Network.of(**{**read_network(version).tables(), **tables})
    for name in tables:
        packed = pack_table(network.tables()[name])
        chunk = chunk_ids(packed=[packed])[packed.hash]
        Entry.objects.filter(version=version, kind=Entry.Kind.TABLE, name=name).update(chunk_id=chunk)


def test_nodes_stand_below_each_other_with_their_names(act: Act, version: Version) -> None:
    grid = opened(act("dana"), version)
    assert grid.nodes.name == ("All", "Domestic pumps", "Pump A", "East", "West", "Pump B", "East")
    assert grid.nodes.level.tolist() == [0, 1, 2, 3, 3, 2, 3]
    assert [level.id for level in grid.levels] == ["family", "item", "customer"]
    assert [period.label for period in grid.periods][:2] == ["2026-01", "2026-02"]
    assert grid.quarters[0].periods == 3 and not grid.periods[0].past


def test_rows_nobody_has_filled_are_there_to_be_filled(act: Act, version: Version) -> None:
    grid = opened(act("dana"), version)
    assert np.isnan(grid.values["sales_forecast"]).all() and len(grid.nodes.label) == 7


def test_a_total_is_what_its_rows_hold(act: Act, version: Version) -> None:
    say_forecast(act("dana"), version, forecast(EAST, 300.0), forecast(WEST, 100.0))
    grid = opened(act("dana"), version)
    assert shows(grid, "sales_forecast") == shows(grid, "sales_forecast", "DOM", "A") == 400.0
    assert shows(grid, "sales_forecast", "DOM", "B") is None


def test_totals_are_in_plan_units_and_blank_where_families_differ(act: Act, version: Version) -> None:
    say_forecast(act("dana"), version, forecast(EAST, 300.0), forecast(("B", "DC", "E"), 40.0))
    families = [{**row} for row in read_network(version).families.rows()]
    items = [
        {**row, "family": "IND" if row["item"] == "B" else "DOM", "plan_factor": 0.5 if row["item"] == "A" else 1.0}
        for row in read_network(version).items.rows()
    ]
    other = {**families[0], "family": "IND", "name": "Industrial", "unit": "set"}
    _masters(version, families=Families.of([*families, other]), items=Items.of(items))
    grid = opened(act("dana"), version)
    assert shows(grid, "sales_forecast", "DOM") == 150.0
    assert shows(grid, "sales_forecast", "IND") == 40.0
    assert shows(grid, "sales_forecast") is None and "set" in grid.note
    typed(act("dana"), version, cell({"family": "DOM"}, 150.0, 200.0))
    assert shows(opened(act("dana"), version), "sales_forecast", "DOM", "A", "E") == 200.0


def test_sally_sees_the_east_and_its_totals_alone(act: Act, version: Version) -> None:
    grid = opened(act("sally"), version)
    assert grid.nodes.label == ("", "DOM", "A", "E", "B", "E")
    whole = opened(act("dana"), version)
    east = shows(whole, "demand", "DOM", "A", "E")
    assert east and shows(grid, "demand", "DOM", "A") == east
    assert east < (shows(whole, "demand", "DOM", "A") or 0.0)


def test_an_outsider_finds_no_grid(act: Act, version: Version) -> None:
    with pytest.raises(NothingThere):
        opened(act("olga"), version)


@pytest.mark.parametrize(
    "asked",
    [
        GridAsked(view="weather"),
        GridAsked(measures=("load",)),
        GridAsked(measures=("demand", "demand")),
        GridAsked(levels=("resource",)),
        GridAsked(first="2031-01"),
    ],
)
def test_what_the_grid_does_not_have_cannot_be_asked_for(act: Act, version: Version, asked: GridAsked) -> None:
    with pytest.raises(NotUnderstood):
        grid_of(by=act("dana"), version=version.pk, asked=asked)


@pytest.mark.parametrize("view", ["demand", "stock", "production", "capacity", "purchases", "prices"])
def test_every_view_opens_in_both_units(act: Act, version: Version, view: str) -> None:
    for unit in ("quantity", "money"):
        grid = opened(act("max"), version, GridAsked(view=view, unit="money" if unit == "money" else "quantity"))
        shape = (len(grid.nodes.label), len(grid.periods))
        assert len(grid.nodes.label) > 1 and {values.shape for values in grid.values.values()} == {shape}


def test_why_a_measure_is_locked_is_said_in_words(act: Act, version: Version) -> None:
    grid = opened(act("sam"), version)
    assert _measure(grid, "statistical")[0] == "computed"
    state, why = _measure(grid, "sales_forecast")
    assert state == "locked" and "Supply planner" in why and "Demand planner" in why
    assert not grid.editable and "Demand planner" in grid.why_locked
    assert _measure(opened(act("dana"), version), "sales_forecast") == ("editable", "")


@pytest.mark.usefixtures("cycle")
def test_a_signed_step_locks_its_measures(act: Act, version: Version) -> None:
    signed(version, "demand_review")
    grid = opened(act("dana"), version)
    assert _measure(grid, "sales_forecast")[0] == _measure(grid, "demand")[0] == "locked"
    assert not grid.editable


def test_money_is_quantity_times_price_and_read_only(act: Act, version: Version) -> None:
    quantity, money = (
        opened(act("dana"), version, GridAsked(unit="money" if unit else "quantity")) for unit in (False, True)
    )
    demand = shows(quantity, "demand", "DOM", "B", "E") or 0.0
    assert shows(money, "demand", "DOM", "B", "E") == pytest.approx(240.0 * demand, abs=0.01)
    assert not money.editable and money.measures[0].unit == "CNY"


def test_closed_months_are_shown_and_past(act: Act, version: Version) -> None:
    asked = GridAsked(measures=("orders", "demand"), first="2025-11", periods=3)
    grid = opened(act("dana"), version, asked)
    assert [period.past for period in grid.periods] == [True, True, False]
    assert (shows(grid, "orders", period="2025-12") or 0.0) > 0 and shows(grid, "demand", period="2025-12") is None
    assert grid.later == "2026-02" and grid.earlier == "2025-08"


def test_the_last_change_is_marked_at_its_row_and_counted_above(act: Act, version: Version) -> None:
    typed(act("dana"), version, cell(A_EAST, None, 300.0), why="first")
    typed(act("sally"), version, cell(A_EAST, 300.0, 310.0), why="second")
    typed(act("dana"), version, cell({**ITEM_A, "customer": "W"}, None, 5.0), why="third")
    grid = opened(act("max"), version)
    marks = {mark.node: mark for mark in grid.marks}
    east = marks[node(grid, "DOM", "A", "E")]
    assert (east.person, east.name, east.why, east.before) == ("sally", "Sally", "second", 300.0)
    assert marks[node(grid, "DOM")].cells == 2 and marks[node(grid, "DOM")].why == "third"
    assert {mark.person for mark in opened(act("sally"), version).marks} == {"sally"}


def test_a_waiting_override_is_shown_and_marked(act: Act, version: Version) -> None:
    before = shows(opened(act("dana"), version), "demand", "DOM")
    typed(act("dana"), version, cell(FAMILY, before, 900.0, measure="demand"))
    grid = opened(act("vic"), version)
    (mark,) = [one for one in grid.marks if one.node == node(grid, "DOM")]
    assert mark.pending and mark.before == before and mark.person == "dana"
    assert shows(grid, "demand", "DOM") == 900.0


def test_the_largest_deviation_in_money_comes_first_and_is_said(act: Act, version: Version) -> None:
    before = shows(opened(act("dana"), version), "demand", "DOM", "B", "E") or 0.0
    deviating = cell({**FAMILY, "item": "B", "customer": "E"}, before, 2 * before, measure="demand")
    typed(act("dana"), version, deviating)
    grid = opened(act("dana"), version)
    found = grid.exceptions
    assert found and found.measure == "demand" and found.against == "statistical"
    worst = max((3, 4, 6), key=lambda leaf: found.score[leaf])
    assert worst == node(grid, "DOM", "B", "E")
    assert found.score[worst] == pytest.approx(240.0 * before, rel=0.01)
    assert found.text[worst].startswith("Mar 2026: 100% above Statistical forecast (+")


def test_hours_are_exceptional_where_they_exceed_what_is_available(act: Act, version: Version) -> None:
    found = opened(act("sam"), version, CAPACITY).exceptions
    grid = opened(act("sam"), version, CAPACITY)
    over = np.clip(np.nan_to_num(grid.values["load"] - grid.values["hours_available"]), 0, None).sum(axis=1)
    assert found and found.score == pytest.approx(tuple(over.tolist()), abs=0.05) and max(found.score) > 0
