"""What people know or believe: activities, launches, overrides, goals."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

from sandop_demo.pumps.events import CAMPAIGN, LAUNCH_RAMP, LOST_CUSTOMER, PROMOTION
from sandop_demo.pumps.prices import NEXT_RISE, PRICE_RISE
from sandop_demo.pumps.products import LAUNCHED
from sandop_demo.pumps.world import HISTORY, World

Row = dict[str, Any]

NEW_PUMP, OLD_PUMP, LIKE_PUMP = "DOM-Y050", "DOM-Y040", "DOM-Y030"
LAUNCH_HOPE = 1.15  # product management hopes for this much of what will come


def people() -> list[Row]:
    """Everyone who takes part, one row a person, for every role of the process."""
    with (Path(__file__).parent / "people.csv").open(encoding="utf-8", newline="") as lines:
        return [{**row, "authority": float(row["authority"])} for row in csv.DictReader(lines)]


def activities() -> list[Row]:
    """Marketing activities and events, past ones included so that history can be read."""
    rise_month, rise, _ = PRICE_RISE
    next_month, next_rise, _ = NEXT_RISE
    month, family, region, gain, _ = PROMOTION
    new_month, new_family, new_region, planned, _, forward = CAMPAIGN
    lost, lost_month = LOST_CUSTOMER
    return [
        {
            "activity": "ANNIVERSARY-2024",
            "name": "Tenth anniversary promotion",
            "name_zh": "十周年庆促销",
            "family": family,
            "region": region,
            "start": month,
            "uplift": gain,
            "dip_after": 0.35,
            "owner": "liu",
        },
        {
            "activity": "PRICE-2024",
            "name": f"Copper surcharge {rise:+.0%}",
            "name_zh": f"铜价附加调价 {rise:+.0%}",
            "kind": "price_change",
            "start": rise_month,
            "uplift": -0.02,
            "owner": "jiang",
        },
        {
            "activity": "LOST-NORTHEAST",
            "name": "Northeast distributors left for a competitor",
            "name_zh": "东北经销商转投竞争对手",
            "kind": "lost_customer",
            "customer": lost,
            "start": lost_month,
            "months": 24.0,
            "uplift": -1.0,
            "owner": "sun",
        },
        {
            "activity": "TRADE-IN-2026",
            "name": "Trade-in campaign South",
            "name_zh": "华南以旧换新活动",
            "family": new_family,
            "region": new_region,
            "start": new_month,
            "uplift": planned,
            "dip_after": forward,
            "takes_from": "GAR",
            "taken": 0.05,
            "probability": 0.9,
            "owner": "liu",
        },
        {
            "activity": "PRICE-2026",
            "name": f"Industrial price list {next_rise:+.0%}",
            "name_zh": f"工业泵调价 {next_rise:+.0%}",
            "kind": "price_change",
            "family": "IND",
            "start": next_month,
            "months": 15.0,
            "uplift": -0.01,
            "owner": "jiang",
        },
        {
            "activity": "OEM-VIETNAM",
            "name": "Irrigation project Vietnam",
            "name_zh": "越南灌溉项目",
            "kind": "new_customer",
            "family": "GAR",
            "customer": "EXP-SEA",
            "start": "2026-05",
            "months": 6.0,
            "quantity": 900.0,
            "probability": 0.4,
            "owner": "gao",
        },
        {
            "activity": "FAIR-2026",
            "name": "Heating fair Frankfurt",
            "name_zh": "法兰克福供暖展",
            "kind": "event",
            "family": "CIR",
            "customer": "EXP-EU",
            "start": "2026-09",
            "months": 2.0,
            "uplift": 0.06,
            "probability": 0.7,
            "owner": "gao",
        },
        {
            "activity": "TENDER-RISK",
            "name": "Metro tender may slip",
            "name_zh": "地铁项目招标可能推迟",
            "kind": "event",
            "family": "SET",
            "customer": "KA-2",
            "start": "2026-07",
            "months": 3.0,
            "uplift": -0.2,
            "probability": 0.35,
            "owner": "he",
        },
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
