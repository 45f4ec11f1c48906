"""Who buys: distributors in three regions, two key accounts, export in US dollars."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Buyer:
    """One customer.

    level     its price, share of the list price
    festival  how much of the Spring Festival its orders feel, share
    """

    customer: str
    name: str
    name_zh: str
    region: str
    segment: str
    site: str
    priority: str
    salesperson: str
    level: float
    rebate: float
    payment_days: float
    festival: float = 1.0
    currency: str = ""


BUYERS = (
    Buyer(
        "DIST-E1",
        "Distributors Shanghai-Jiangsu",
        "沪苏经销商",
        "East",
        "Distributor",
        "DC-E",
        "2",
        "zhao",
        1.0,
        0.03,
        45,
    ),
    Buyer(
        "DIST-E2",
        "Distributors Zhejiang-Anhui",
        "浙皖经销商",
        "East",
        "Distributor",
        "DC-E",
        "2",
        "zhao",
        1.0,
        0.03,
        45,
    ),
    Buyer(
        "DIST-N1",
        "Distributors North China",
        "华北经销商",
        "North",
        "Distributor",
        "DC-N",
        "2",
        "sun",
        1.01,
        0.025,
        60,
    ),
    Buyer(
        "DIST-N2", "Distributors Northeast", "东北经销商", "North", "Distributor", "DC-N", "2", "sun", 1.01, 0.025, 60
    ),
    Buyer(
        "DIST-S1", "Distributors South China", "华南经销商", "South", "Distributor", "DC-S", "2", "lin", 1.0, 0.03, 45
    ),
    Buyer(
        "DIST-S2", "Distributors Southwest", "西南经销商", "South", "Distributor", "DC-S", "2", "lin", 1.02, 0.025, 60
    ),
    Buyer("KA-1", "Anju Home stores", "安居家装连锁", "East", "Key account", "DC-E", "1", "he", 0.93, 0.05, 90),
    Buyer(
        "KA-2",
        "Huaqing Water Works",
        "华清水务工程",
        "South",
        "Key account",
        "DC-S",
        "1",
        "he",
        0.95,
        0.02,
        90,
        festival=0.8,
    ),
    Buyer(
        "EXP-SEA",
        "Export Southeast Asia",
        "东南亚出口",
        "Export",
        "Export",
        "DC-E",
        "3",
        "gao",
        0.95,
        0.0,
        30,
        festival=0.25,
        currency="USD",
    ),
    Buyer(
        "EXP-EU",
        "Export Europe",
        "欧洲出口",
        "Export",
        "Export",
        "DC-E",
        "2",
        "gao",
        1.0,
        0.0,
        30,
        festival=0.2,
        currency="USD",
    ),
)
BUYER = {buyer.customer: buyer for buyer in BUYERS}

# Part of each family's revenue that a customer buys, at the level of 2025.
SHARES: dict[str, dict[str, float]] = {
    "DOM": {
        "DIST-E1": 0.20,
        "DIST-E2": 0.20,
        "DIST-N1": 0.12,
        "DIST-N2": 0.07,
        "DIST-S1": 0.18,
        "DIST-S2": 0.10,
        "KA-1": 0.13,
    },
    "GAR": {
        "DIST-E1": 0.15,
        "DIST-E2": 0.17,
        "DIST-N1": 0.16,
        "DIST-N2": 0.10,
        "DIST-S1": 0.14,
        "DIST-S2": 0.13,
        "EXP-SEA": 0.15,
    },
    "CIR": {
        "DIST-E1": 0.14,
        "DIST-E2": 0.10,
        "DIST-N1": 0.18,
        "DIST-N2": 0.10,
        "KA-1": 0.13,
        "EXP-EU": 0.35,
    },
    "SEW": {"DIST-E1": 0.20, "DIST-N1": 0.15, "DIST-S1": 0.20, "DIST-S2": 0.12, "KA-2": 0.33},
    "IND": {"DIST-E1": 0.25, "DIST-N1": 0.20, "DIST-S1": 0.20, "KA-2": 0.20, "EXP-SEA": 0.15},
    "MST": {"DIST-E1": 0.30, "DIST-N1": 0.15, "DIST-S1": 0.20, "KA-2": 0.35},
    "SET": {"DIST-E1": 0.30, "DIST-S1": 0.25, "KA-2": 0.45},
    "SPA": {"DIST-E1": 0.40, "DIST-N1": 0.30, "DIST-S1": 0.30},
}

PRIORITIES = (
    {"priority": "1", "name": "Key accounts", "name_zh": "大客户", "late": 1.2, "lost": 6.0},
    {"priority": "2", "name": "Distributors and Europe", "name_zh": "经销商与欧洲", "late": 0.6, "lost": 3.0},
    {
        "priority": "3",
        "name": "Spot export",
        "name_zh": "出口散单",
        "late": 0.35,
        "lost": 1.8,
        "wait_periods": 2.0,
    },
)
# Contract penalties of the key accounts, CNY a unit and month late.
TERMS = (
    {"item": "SET-2X550", "customer": "KA-2", "late_cost": 12000.0, "lost_cost": 60000.0},
    {"item": "DOM-J075", "customer": "KA-1", "late_cost": 300.0, "lost_cost": 1500.0, "wait_periods": 1.0},
)
