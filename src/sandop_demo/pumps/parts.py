"""What the pumps are made of: motors and machined casings (own), castings, wire, seals and more (bought)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sandop_demo.pumps.products import CASING_WEIGHT, MOTOR_POWERS, motor_of, motor_weight, power_label

PART_FAMILIES = (
    ("CMP", "Motors and casings", "电机与泵体部件", "piece"),
    ("BUY", "Purchased parts", "外购件", "piece"),
    ("MAT", "Materials", "原材料", "kg"),
)


@dataclass(frozen=True)
class Part:
    """A component made here: `hours` by line, `uses` component → units in one, `other` cost CNY a unit."""

    item: str
    name: str
    name_zh: str
    plant: str
    hours: tuple[tuple[str, float], ...]
    uses: tuple[tuple[str, float], ...]
    other: float
    weighs: float
    good_share: float
    lead_days: float = 4.0


@dataclass(frozen=True)
class Bought:
    """A bought part or material: `plants` where it arrives; `offers` are (supplier, price, currency, lead days,
    units of the supplier's limit in one unit), the ordinary one first."""

    item: str
    name: str
    name_zh: str
    family: str
    unit: str
    plants: tuple[str, ...]
    offers: tuple[tuple[str, float, str, float, float], ...]
    weighs: float


def made_parts() -> tuple[Part, ...]:
    """Motors and machined casings."""
    return (*_motors(), *_casings())


def _motors() -> Iterator[Part]:
    for power in MOTOR_POWERS:
        winding = round(0.10 + 0.085 * power**0.8, 4)
        uses = (
            ("WIRE", round(0.12 + 0.58 * power**0.75, 3)),
            ("STEEL", round(0.7 + 3.1 * power**0.75, 3)),
            ("BRG-L" if power > 2.5 else "BRG-S", 1.0),
        )
        yield Part(
            motor_of(power),
            f"Motor {power_label(power)}",
            f"电机 {power_label(power)}",
            "P1",
            (("WINDING", winding), ("MOTOR-ASM", round(0.06 + 0.04 * power**0.8, 4))),
            uses,
            round(9 + 26 * power**0.8, 2),
            round(motor_weight(power), 1),
            0.985,
        )


_CASING_NAMES = {
    "D1": ("Small domestic casing", "家用泵泵体（小）"),
    "D2": ("Jet pump casing", "射流泵泵体"),
    "G1": ("Small submersible casing", "潜水泵泵体（小）"),
    "G2": ("Large submersible casing", "潜水泵泵体（大）"),
    "C1": ("Circulator casing", "循环泵泵体"),
    "C2": ("In-line casing", "管道泵泵体"),
    "S1": ("Small sewage casing", "排污泵泵体（小）"),
    "S2": ("Large sewage casing", "排污泵泵体（大）"),
    "I1": ("Small volute", "离心泵蜗壳（小）"),
    "I2": ("Large volute", "离心泵蜗壳（大）"),
    "I3": ("Stainless volute", "不锈钢蜗壳"),
    "M1": ("Small multistage body", "多级泵泵体（小）"),
    "M2": ("Large multistage body", "多级泵泵体（大）"),
}
STAINLESS = ("I3", "M1", "M2")
LARGE_CASTINGS = ("S2", "I1", "I2", "I3")


def _casings() -> Iterator[Part]:
    for tag, (name, name_zh) in _CASING_NAMES.items():
        weight = CASING_WEIGHT[f"HYD-{tag}"]
        yield Part(
            f"HYD-{tag}",
            f"{name}, machined",
            f"{name_zh}（机加工）",
            "P2",
            (("MACHINING", round(0.04 + 0.0065 * weight, 4)),),
            ((f"CST-{tag}", 1.0),),
            round(1.5 + 0.25 * weight, 2),
            weight,
            0.97,
        )


def bought_parts() -> tuple[Bought, ...]:
    """Rough castings, seals, bearings, electrics and materials; one spare part is bought ready to sell."""
    return (*_castings(), *_purchases())


def _castings() -> Iterator[Bought]:
    for tag, (name, name_zh) in _CASING_NAMES.items():
        weight = CASING_WEIGHT[f"HYD-{tag}"] * 1.12
        price = round(weight * (23.0 if tag in STAINLESS else 8.4), 1)
        supplier, days = ("S-CASTB", 30.0) if tag in LARGE_CASTINGS else ("S-CASTA", 22.0)
        offers: tuple[tuple[str, float, str, float, float], ...] = ((supplier, price, "", days, round(weight, 2)),)
        if tag in ("D1", "D2", "G1", "I1"):
            offers += (("S-CASTC", round(price * 1.07, 1), "", 28.0, round(weight, 2)),)
        yield Bought(
            f"CST-{tag}",
            f"{name}, rough casting",
            f"{name_zh}毛坯",
            "BUY",
            "piece",
            ("P2",),
            offers,
            round(weight, 1),
        )


def _purchases() -> Iterator[Bought]:
    one, both = ("P1",), ("P1", "P2")
    piece = (
        ("CST-IM", "Impeller casting", "叶轮毛坯", ("P2",), (("S-CASTA", 14.0, "", 22.0, 1.2),), 1.2),
        ("SEAL-12", "Mechanical seal 12 mm", "机械密封 12mm", both, (("S-SEALA", 4.6, "", 15.0, 1.0),), 0.1),
        ("SEAL-16", "Mechanical seal 16 mm", "机械密封 16mm", both, (("S-SEALA", 6.8, "", 15.0, 1.0),), 0.1),
        ("SEAL-22", "Mechanical seal 22 mm", "机械密封 22mm", both, (("S-SEALB", 3.9, "USD", 60.0, 1.0),), 0.2),
        ("SEAL-35", "Mechanical seal 35 mm", "机械密封 35mm", ("P2",), (("S-SEALB", 11.5, "USD", 60.0, 1.0),), 0.4),
        (
            "BRG-S",
            "Bearing pair, small",
            "轴承（小，一对）",
            one,
            (("S-BRGA", 7.2, "", 18.0, 1.0), ("S-BRGB", 7.7, "", 12.0, 1.0)),
            0.2,
        ),
        (
            "BRG-L",
            "Bearing pair, large",
            "轴承（大，一对）",
            one,
            (("S-BRGA", 31.0, "", 18.0, 1.0), ("S-BRGB", 33.0, "", 12.0, 1.0)),
            0.9,
        ),
        ("INV-1", "Inverter board", "变频驱动板", one, (("S-ELEC", 92.0, "", 40.0, 1.0),), 0.3),
        ("CAB-2", "Control cabinet, two pumps", "双泵控制柜", ("P2",), (("S-ELEC", 2650.0, "", 35.0, 1.0),), 45.0),
        ("CAB-3", "Control cabinet, three pumps", "三泵控制柜", ("P2",), (("S-ELEC", 3550.0, "", 35.0, 1.0),), 60.0),
        ("MANIFOLD", "Manifold and base frame", "汇管及底座", ("P2",), (("S-PIPE", 1350.0, "", 20.0, 1.0),), 55.0),
        ("SPA-CAP", "", "", one, (("S-ELEC", 6.5, "", 15.0, 0.0),), 0.2),
    )
    for item, name, name_zh, plants, offers, weighs in piece:
        yield Bought(item, name, name_zh, "BUY", "piece", plants, offers, weighs)
    copper = (("S-CUA", 67.0, "", 12.0, 1.0), ("S-CUB", 68.6, "", 10.0, 1.0))
    yield Bought("WIRE", "Enamelled copper wire", "漆包铜线", "MAT", "kg", one, copper, 1.0)
    steel = (("S-STEEL", 6.4, "", 20.0, 1.0),)
    yield Bought("STEEL", "Silicon steel sheet", "硅钢片", "MAT", "kg", one, steel, 1.0)
