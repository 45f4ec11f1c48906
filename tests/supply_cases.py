"""Small plans for the supply tests, and the two textbook companies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sandop.io.folder import read_folder
from sandop.network import TABLES, Network
from sandop.plan import Plan, Rows, Settings, Sheet

Series = Mapping[tuple[str, ...], Sequence[float]]
TABLE = {table.file: table for table in TABLES}


def plan(
    *,
    months: int = 3,
    bucket: str = "month",
    start: str = "2027-01",
    sheets: Mapping[str, Series] | None = None,
    holding_rate: float = 0.0,
    shortfall_rate: float = 0.25,
    **tables: list[dict[str, Any]],
) -> Plan:
    """A plan of these tables (rows as mappings) and sheets (series by key)."""
    settings = Settings.model_validate(
        {
            "company": {"name": "Test", "currency": "CNY", "invented": True},
            "time": {"start": start, "months": months, "history_start": "2026-01", "bucket": bucket},
            "supply": {"holding_rate": holding_rate, "shortfall_rate": shortfall_rate},
        }
    )
    made = {"families": [{"family": "F"}], **tables}
    made["items"] = [{"family": "F", **row} for row in made.get("items", [])]
    network = Network.of(**{name: TABLE[name].of(rows) for name, rows in made.items()})
    empty = Plan(settings, network)
    periods = empty.calendar.horizon
    return Plan(settings, network, {name: Sheet.of(name, periods, series) for name, series in (sheets or {}).items()})


def sheet(of: Plan, name: str, series: Series) -> Sheet:
    """A sheet over the planned periods."""
    return Sheet.of(name, of.calendar.horizon, series)


def no_targets(of: Plan) -> Sheet:
    """Nobody wants any stock."""
    return Sheet.blank("safety_stock", Rows(("item", "site"), ()), of.calendar.horizon)


def one_line(
    *,
    demand: Sequence[float] = (10, 30, 20),
    hours: Sequence[float] = (20, 20, 20),
    late: float = 1.0,
    lost: float = 6.0,
    **more: Any,
) -> tuple[Plan, Sheet]:
    """One item made on one line, an hour a unit, for one customer.

    period          1   2   3
    demand         10  30  20
    hours          20  20  20      holding 1 a unit and month, making 5 a unit, late 10 and lost 60 a unit
    """
    sheets = {"capacity_regular": {("LINE",): hours}, **more.pop("sheets", {})}
    tables: dict[str, list[dict[str, Any]]] = {
        "items": [{"item": "A", "value": 10.0}],
        "sites": [{"site": "P"}],
        "customers": [{"customer": "C", "site": "P", "priority": "1"}],
        "priorities": [{"priority": "1", "late": late, "lost": lost}],
        "resources": [{"resource": "LINE", "site": "P"}],
        "processes": [{"process": "A@P", "item": "A", "site": "P", "cost": 5.0}],
        "routings": [{"process": "A@P", "resource": "LINE", "hours": 1.0}],
    }
    tables.update({name: rows for name, rows in more.items() if name in TABLE})
    settings = {name: value for name, value in more.items() if name not in TABLE}
    made = plan(months=len(demand), sheets=sheets, **{"holding_rate": 0.1, **settings}, **tables)
    return made, sheet(made, "demand", {("A", "P", "C"): demand})


def example(name: str) -> tuple[Plan, Sheet]:
    """A plan folder of `examples/` and the demand it gives."""
    loaded = read_folder(Path(__file__).parents[1] / "examples" / name)
    assert loaded.plan is not None
    return loaded.plan, loaded.plan.sheet("demand_given").named("demand")


def red_tomato(*, whole: bool = False) -> tuple[Plan, Sheet]:
    """Red Tomato Tools: six months of aggregate planning with hiring, overtime, subcontracting and backlog."""
    return example("red_tomato_whole" if whole else "red_tomato")


def steel() -> tuple[Plan, Sheet]:
    """steelT: four weeks (February 2027 has exactly four), two products, one mill; unsold demand is lost revenue."""
    return example("steelt")
