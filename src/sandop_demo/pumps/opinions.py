"""What people know or believe: activities, launches, overrides, goals."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

from sandop_demo.limits import with_limits
from sandop_demo.pumps.events import LAUNCH_RAMP
from sandop_demo.pumps.products import LAUNCHED
from sandop_demo.pumps.world import HISTORY, World

Row = dict[str, Any]

NEW_PUMP, OLD_PUMP, LIKE_PUMP = "DOM-Y050", "DOM-Y040", "DOM-Y030"
LAUNCH_HOPE = 1.15  # product management hopes for this much of what will come


def people() -> list[Row]:
    """Everyone who takes part, one row a person, for every role of the process."""
    with (Path(__file__).parent / "people.csv").open(encoding="utf-8", newline="") as lines:
        return [with_limits(row) for row in csv.DictReader(lines)]


def activities() -> list[Row]:
    """Marketing activities and events of `activities.csv`, past ones included so that history can be read. What
    marketing hopes of them is not what `events` lets them bring."""
    texts = ("activity", "name", "name_zh", "kind", "family", "region", "customer", "start", "takes_from", "owner")
    with (Path(__file__).parent / "activities.csv").open(encoding="utf-8", newline="") as lines:
        return [
            {name: cell if name in texts else float(cell) for name, cell in row.items() if cell}
            for row in csv.DictReader(lines)
        ]


def launches(world: World) -> list[Row]:
    """The new quiet booster pump: what product management plans for each customer."""
    rows = world.market.rows
    rows_of_it = np.flatnonzero(rows.where(item=NEW_PUMP))
    first = world.periods.position[LAUNCHED[NEW_PUMP]]
    steady = world.market.mean[:, first + LAUNCH_RAMP : HISTORY + 18].mean(axis=1)
    planned: list[Row] = []
    for place in rows_of_it:
        monthly = float(np.ceil(LAUNCH_HOPE * steady[place] / 10) * 10)
        planned.append(
            {
                "item": NEW_PUMP,
                "customer": rows.keys[place][2],
                "like_item": LIKE_PUMP,
                "launch": LAUNCHED[NEW_PUMP],
                "monthly": monthly,
                "ramp_months": float(LAUNCH_RAMP),
                "pipeline_fill": round(0.3 * monthly, -1),
                "replaces": OLD_PUMP,
                "replaced": 0.6,
                "owner": "jiang",
            }
        )
    return planned


_INSISTED = (  # who, when, family, customer, month, share of the month a year ago, why
    ("he", "2026-01-05", "IND", "KA-2", "2026-04", 1.30, "Pumping station tender won 泵站项目中标"),
    ("gao", "2026-01-06", "CIR", "EXP-EU", "2026-03", 0.85, "Mild winter, customer stock is high 暖冬，客户库存偏高"),
    ("wang", "2026-01-07", "SEW", "KA-2", "2026-06", 1.20, "Flood season stock agreed 客户确认汛期备货"),
)


def overrides(world: World) -> list[Row]:
    """Numbers people insist on, with the reason."""
    return [_override(world, str(number), *said) for number, said in enumerate(_INSISTED, start=1)]


def _override(
    world: World, number: str, who: str, when: str, family: str, customer: str, month: str, share: float, why: str
) -> Row:
    """An override of `share` of what the month a year ago brought."""
    rows = world.market.rows
    scope = [world.family[key[0]] == family and key[2] == customer for key in rows.keys]
    usual = world.market.orders[scope, world.periods.position[month] - 12].sum()
    return {
        "override": number,
        "who": who,
        "when": np.datetime64(when, "D"),
        "family": family,
        "customer": customer,
        "period": month,
        "quantity": float(np.round(share * usual, -1)),
        "why": why,
    }


GOALS: tuple[Row, ...] = (
    {"goal": "forecast_wmape", "target": 0.20, "tolerance": 0.05, "owner": "dong"},
    {"goal": "forecast_bias", "target": 0.0, "tolerance": 0.03, "owner": "wang"},
    {"goal": "fill_rate", "target": 0.97, "tolerance": 0.02, "owner": "xu"},
    {"goal": "revenue_to_budget", "target": 1.0, "tolerance": 0.02, "owner": "zhou"},
    {"goal": "margin_share", "target": 0.32, "tolerance": 0.01, "owner": "cao"},
    {"goal": "stock_days", "target": 35.0, "tolerance": 5.0, "owner": "xu"},
    {"goal": "utilisation_peak", "target": 0.95, "tolerance": 0.05, "owner": "tang"},
    {"goal": "backlog_share", "target": 0.02, "tolerance": 0.02, "owner": "shen"},
    {"goal": "schedule_attainment", "target": 0.95, "tolerance": 0.03, "owner": "lu"},
    {"goal": "cash_conversion_days", "target": 45.0, "tolerance": 10.0, "owner": "cao"},
)
