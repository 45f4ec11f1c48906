"""A pump maker small enough to compute by hand.

family  unit  item  plan factor  standard cost
DOM     pump  D1    1            100
DOM     pump  D2    1            200
IND     pump  I1    1            500
SPA     kg    S1    0.5          10

customer  region  site  salesperson
EAST      East    DC-E  wang
WEST      West    DC-W  li

The plan starts in 2026-01 and looks three months ahead; history starts in 2024-01.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sandop.calendar import Periods
from sandop.network import Activities, Customers, Families, Items, Launches, Network, Overrides, People, Sites
from sandop.plan import Key, Plan, Settings, Sheet

SITE = {"EAST": "DC-E", "WEST": "DC-W"}
Series = Mapping[tuple[str, str], Sequence[float]]
ITEMS: tuple[dict[str, Any], ...] = (
    {"item": "D1", "family": "DOM", "value": 100},
    {"item": "D2", "family": "DOM", "value": 200},
    {"item": "I1", "family": "IND", "value": 500},
    {"item": "S1", "family": "SPA", "value": 10, "plan_factor": 0.5, "unit": "pack"},
)


def network(items: Mapping[str, Mapping[str, Any]] | None = None, **opinions: Sequence[Mapping[str, Any]]) -> Network:
    """The company with these opinions; `items` changes columns of single items."""
    return Network.of(
        families=Families.of(
            [{"family": "DOM", "unit": "pump"}, {"family": "IND", "unit": "pump"}, {"family": "SPA", "unit": "kg"}]
        ),
        items=Items.of([{**row, **(items or {}).get(row["item"], {})} for row in ITEMS]),
        sites=Sites.of([{"site": "DC-E"}, {"site": "DC-W"}]),
        customers=Customers.of(
            [
                {"customer": "EAST", "region": "East", "site": "DC-E", "priority": "1", "salesperson": "wang"},
                {"customer": "WEST", "region": "West", "site": "DC-W", "priority": "1", "salesperson": "li"},
            ]
        ),
        people=People.of([{"person": "wang", "role": "sales"}, {"person": "li", "role": "sales"}]),
        activities=Activities.of(opinions.get("activities", ())),
        launches=Launches.of(opinions.get("launches", ())),
        overrides=Overrides.of(
            {"who": "zhou", "when": np.datetime64("2026-01-05"), "why": "tender", **row}
            for row in opinions.get("overrides", ())
        ),
    )


def keyed(series: Series) -> dict[Key, Sequence[float]]:
    return {(item, SITE[customer], customer): values for (item, customer), values in series.items()}


def planned(name: str, series: Series, months: int = 3) -> Sheet:
    """A sheet over the planned months."""
    return Sheet.of(name, Periods.months("2026-01", months), keyed(series))


def past(name: str, series: Series) -> Sheet:
    """A sheet over the last closed months, as many as there are values."""
    count = len(next(iter(series.values())))
    first = f"{2026 - -(-count // 12)}-{12 - (count - 1) % 12:02d}"
    return Sheet.of(name, Periods.months(first, count), keyed(series))


def company(
    *,
    sheets: Sequence[Sheet] = (),
    network: Network,
    months: int = 3,
    vintages: Mapping[str, Sheet] | None = None,
    previous: Mapping[str, Sheet] | None = None,
    **demand: Any,
) -> Plan:
    settings = Settings.model_validate(
        {
            "company": {"name": "Pumps", "currency": "CNY"},
            "time": {"start": "2026-01", "months": months, "history_start": "2024-01"},
            "demand": demand,
        }
    )
    named = {sheet.name: sheet for sheet in sheets}
    return Plan(settings, network, named, vintages=vintages or {}, previous=previous or {})


def cells(sheet: Sheet, item: str, customer: str) -> list[float]:
    return sheet.values[sheet.rows.position[(item, SITE[customer], customer)]].tolist()


def messages(findings: Sequence[Any]) -> list[str]:
    """The message ids, and proof that every sentence can be said in both languages."""
    for finding in findings:
        for language in ("en", "zh"):
            assert finding.text(language)
            assert finding.remedy(language)
    return [finding.message for finding in findings]
