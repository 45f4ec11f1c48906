"""What the pump maker sells: eight families, composed of series and powers.

Model letters follow Chinese practice (QDX, WQ, IS, IH are the names of standard series); the company, its
weights and its costs are invented.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Family:
    """One finished family.

    revenue   what it sells in a year at the level of 2025, million CNY
    margin    gross margin aimed at in the list price, share
    growth    yearly growth of demand, share
    cover     stock held, months of demand; 0 where made to order
    """

    family: str
    name: str
    name_zh: str
    unit: str
    strategy: str
    revenue: float
    margin: float
    growth: float
    cover: float
    lead_days: float


FAMILIES = (
    Family("DOM", "Domestic pumps", "家用泵", "pump", "MTS", 72.0, 0.29, 0.030, 0.32, 3.0),
    Family("GAR", "Garden and irrigation pumps", "农用园林泵", "pump", "MTS", 58.0, 0.27, 0.035, 0.33, 3.0),
    Family("CIR", "Circulation pumps", "循环泵", "pump", "MTS", 74.0, 0.36, 0.060, 0.34, 3.0),
    Family("SEW", "Sewage pumps", "排污泵", "pump", "MTS", 48.0, 0.32, 0.030, 0.36, 5.0),
    Family("IND", "Industrial pumps", "工业泵", "pump", "MTO", 66.0, 0.34, 0.020, 0.0, 10.0),
    Family("MST", "Vertical multistage pumps", "立式多级泵", "pump", "MTO", 42.0, 0.35, 0.040, 0.0, 8.0),
    Family("SET", "Booster sets", "供水机组", "pump", "ATO", 40.0, 0.38, 0.050, 0.0, 12.0),
    Family("SPA", "Spare parts", "备件", "piece", "MTS", 6.0, 0.44, 0.010, 2.00, 2.0),
)
FAMILY = {family.family: family for family in FAMILIES}


@dataclass(frozen=True)
class Finished:
    """One finished item.

    uses      component → units in one
    line, hours   where it is assembled, hours a unit
    other     cost of packing, cable and small parts, CNY a unit
    weight    its part of the family's revenue, relative
    weighs    kg; lot the production lot; contains pumps counted in one unit (a set holds two or three)
    """

    item: str
    name: str
    name_zh: str
    family: str
    plant: str
    line: str
    hours: float
    uses: tuple[tuple[str, float], ...]
    other: float
    weight: float
    weighs: float
    lot: float
    contains: float = 1.0
    bought: bool = False
    launch: str = ""
    phase_out: str = ""


@dataclass(frozen=True)
class Series:
    """A series of pumps, a row of `series.csv`: `models` are (tag, kW, weight); the casing is chosen by power from
    `casings` (up to kW, casing)."""

    family: str
    letter: str
    name: str
    name_zh: str
    plant: str
    line: str
    hours: float
    lot: float
    seal: str
    casings: tuple[tuple[float, str], ...]
    models: tuple[tuple[str, float, float], ...]
    extra: tuple[tuple[str, float], ...]


def all_series() -> Iterator[Series]:
    """The series of `series.csv`, in its order."""
    with (Path(__file__).parent / "series.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            casings = tuple((float(limit), casing) for limit, casing in _cells(row["casings"]))
            models = tuple((tag, float(power), float(weight)) for tag, power, weight in _cells(row["models"]))
            extra = tuple((part, float(units)) for part, units in _cells(row["extra"]))
            told: dict[str, Any] = {**row, "hours": float(row["hours"]), "lot": float(row["lot"])}
            yield Series(**{**told, "casings": casings, "models": models, "extra": extra})


def _cells(text: str) -> Iterator[list[str]]:
    return (cell.split(":") for cell in text.split())


MOTOR_POWERS = (0.065, 0.12, 0.18, 0.25, 0.37, 0.55, 0.75, 1.1, 1.5, 2.2, 3.0, 4.0, 5.5, 7.5, 11.0, 15.0)
LAUNCHED = {"CIR-P120": "2024-05", "DOM-Y050": "2026-04"}
PHASED_OUT = {"DOM-W110": "2025-03", "DOM-Y040": "2026-09"}


def power_label(power: float) -> str:
    """`0.75` → "750 W", `5.5` → "5.5 kW"."""
    return f"{power * 1000:.0f} W" if power < 1 else f"{power:g} kW"


def motor_of(power: float) -> str:
    """Id of the smallest motor that gives this power, kW."""
    size = next(p for p in MOTOR_POWERS if p >= power)
    return f"MOT-{size * 1000:03.0f}W" if size < 1 else f"MOT-{f'{size:.1f}'.replace('.', 'K').removesuffix('0')}"


def motor_weight(power: float) -> float:
    """Weight of a motor, kg: grows slower than its power."""
    return float(6.0 * power**0.75 + 0.8)


CASING_WEIGHT = {
    "HYD-D1": 4.0,
    "HYD-D2": 6.0,
    "HYD-G1": 7.0,
    "HYD-G2": 11.0,
    "HYD-C1": 2.2,
    "HYD-C2": 7.0,
    "HYD-S1": 16.0,
    "HYD-S2": 38.0,
    "HYD-I1": 42.0,
    "HYD-I2": 78.0,
    "HYD-I3": 40.0,
    "HYD-M1": 9.0,
    "HYD-M2": 15.0,
}


def finished_items() -> tuple[Finished, ...]:
    """All items that are sold, in the order of their families."""
    return (*_pumps(), *_sets(), *_spare_parts())


def _pumps() -> Iterator[Finished]:
    for series in all_series():
        for tag, power, weight in series.models:
            item = f"{series.family}-{series.letter}{tag}"
            casing = next(name for limit, name in series.casings if power <= limit)
            uses = ((motor_of(power), 1.0), (casing, 1.0), (series.seal, 1.0), *series.extra)
            yield Finished(
                item,
                f"{series.name} {power_label(power)}",
                f"{series.name_zh} {power_label(power)}",
                series.family,
                series.plant,
                series.line,
                round(series.hours * (1 + 0.05 * power), 3),
                uses,
                round(14 + 9 * power, 1),
                weight,
                round(motor_weight(power) + CASING_WEIGHT[casing] + 1, 1),
                series.lot,
                launch=LAUNCHED.get(item, ""),
                phase_out=PHASED_OUT.get(item, ""),
            )


def _sets() -> Iterator[Finished]:
    for pumps, power, weight in ((2, 2.2, 1.2), (2, 5.5, 1.3), (3, 5.5, 1.0), (3, 7.5, 0.8)):
        casing = "HYD-M1" if power < 4.1 else "HYD-M2"
        uses = (
            (motor_of(power), float(pumps)),
            (casing, float(pumps)),
            ("SEAL-22", float(pumps)),
            (f"CAB-{pumps}", 1.0),
            ("MANIFOLD", 1.0),
        )
        yield Finished(
            f"SET-{pumps}X{power * 100:03.0f}",
            f"Constant-pressure booster set {pumps} x {power_label(power)}",
            f"变频恒压供水机组 {pumps}×{power_label(power)}",
            "SET",
            "P2",
            "LINE-SET",
            4.0 + 1.5 * pumps,
            uses,
            260.0 * pumps,
            weight,
            round(pumps * (motor_weight(power) + CASING_WEIGHT[casing]) + 90, 1),
            1,
            contains=float(pumps),
        )


def _spare_parts() -> Iterator[Finished]:
    kits = (
        ("S12", "Mechanical seal kit 12 mm", "机械密封套件 12mm", "P1", (("SEAL-12", 1.0),), 3.0, 1.2, 0.3),
        ("S16", "Mechanical seal kit 16 mm", "机械密封套件 16mm", "P1", (("SEAL-16", 1.0),), 3.5, 1.2, 0.3),
        ("S22", "Mechanical seal kit 22 mm", "机械密封套件 22mm", "P1", (("SEAL-22", 1.0),), 5.0, 1.4, 0.5),
        ("BRG", "Bearing kit", "轴承组件", "P1", (("BRG-L", 1.0),), 4.0, 1.0, 0.8),
        ("INV", "Inverter board", "变频控制板", "P1", (("INV-1", 1.0),), 9.0, 1.0, 0.4),
        ("IM1", "Impeller, small", "叶轮（小）", "P2", (("CST-IM", 1.0),), 6.0, 1.0, 1.5),
        ("IM2", "Impeller, large", "叶轮（大）", "P2", (("CST-IM", 2.5),), 12.0, 0.9, 4.0),
    )
    for tag, name, name_zh, plant, uses, other, weight, weighs in kits:
        line, hours = ("LINE-CIR", 0.05) if plant == "P1" else ("MACHINING", 0.22)
        yield Finished(f"SPA-{tag}", name, name_zh, "SPA", plant, line, hours, uses, other, weight, weighs, 20)
    yield Finished(
        "SPA-CAP", "Start capacitor", "起动电容器", "SPA", "P1", "", 0.0, (), 0.0, 0.8, 0.2, 100, bought=True
    )
