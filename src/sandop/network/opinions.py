"""What people know that the statistics cannot: activities, launches and overrides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sandop.tables import Dates, Numbers, Table, Texts, date, month, number, text


@dataclass(frozen=True, eq=False)
class Activities(Table):
    """Marketing activities and events with their effect on demand. A blank scope column means all."""

    file: ClassVar[str] = "activities"
    activity: Texts = text("Id of the activity", key=True, example="618-2026")
    name: Texts = text("Name in English", example="June promotion")
    name_zh: Texts = text("Name in Chinese", example="618促销")
    kind: Texts = text(
        "What it is",
        default="promotion",
        choices=("promotion", "price_change", "new_customer", "lost_customer", "event"),
        example="promotion",
    )
    family: Texts = text("Family it concerns", references="families", example="DOM")
    item: Texts = text("Item it concerns", references="items", example="")
    region: Texts = text("Region it concerns", example="East")
    customer: Texts = text("Customer it concerns", references="customers", example="")
    start: Texts = month("First month", required=True, example="2026-06")
    months: Numbers = number("How many months", unit="month", default=1.0, minimum=1.0, example="1")
    uplift: Numbers = number(
        "Change of demand, share of the baseline; negative where it falls",
        unit="share",
        minimum=-1.0,
        example="0.25",
    )
    quantity: Numbers = number(
        "Change of demand in each month instead of a share, in units over the scope",
        unit="unit/month",
        minimum=None,
        example="",
    )
    dip_after: Numbers = number(
        "Share of the gain that is bought forward from the month after",
        unit="share",
        default=0.0,
        maximum=1.0,
        example="0.3",
    )
    takes_from: Texts = text("Family that loses (cannibalisation)", references="families", example="IND")
    taken: Numbers = number(
        "Share of the gain that the losing family loses",
        unit="share",
        default=0.0,
        maximum=1.0,
        example="0.1",
    )
    probability: Numbers = number(
        "How likely it is; under one half it is a risk or opportunity beside the plan",
        unit="share",
        default=1.0,
        maximum=1.0,
        example="0.9",
    )
    owner: Texts = text("Who answers for it", references="people", example="liu")


@dataclass(frozen=True, eq=False)
class Launches(Table):
    """New products: a like-item's season, a curve, a pipeline fill."""

    file: ClassVar[str] = "launches"
    item: Texts = text("New item", key=True, references="items", example="DOM-090")
    customer: Texts = text("Customer", key=True, references="customers", example="DIST-E")
    like_item: Texts = text("Item whose season it takes; blank spreads evenly", references="items", example="DOM-075")
    launch: Texts = month("First month of sale", required=True, example="2026-09")
    monthly: Numbers = number("Steady demand once grown", unit="unit/month", required=True, example="240")
    ramp_months: Numbers = number("Months to grow to it, in a straight line", unit="month", default=6.0, example="6")
    pipeline_fill: Numbers = number(
        "Once, in the first month, to fill the channel", unit="unit", default=0.0, example="300"
    )
    replaces: Texts = text("Item it replaces (phase-in/phase-out)", references="items", example="DOM-060")
    replaced: Numbers = number(
        "Share of its demand that comes from the item it replaces",
        unit="share",
        default=0.0,
        maximum=1.0,
        example="0.6",
    )
    probability: Numbers = number("How likely the launch is", unit="share", default=1.0, maximum=1.0, example="0.9")
    owner: Texts = text("Who answers for it", references="people", example="liu")


@dataclass(frozen=True, eq=False)
class Overrides(Table):
    """A person's number instead of the computed one, at any level: blank scope columns mean all. It replaces
    the total of its scope and is spread in proportion."""

    file: ClassVar[str] = "overrides"
    override: Texts = text("Number of the override; later ones win", key=True, example="1")
    who: Texts = text("Who", required=True, references="people", example="zhou")
    when: Dates = date("When", required=True, example="2026-01-06")
    family: Texts = text("Family", references="families", example="DOM")
    item: Texts = text("Item", references="items", example="")
    region: Texts = text("Region", example="East")
    customer: Texts = text("Customer", references="customers", example="")
    period: Texts = month("Month", required=True, example="2026-03")
    quantity: Numbers = number(
        "Demand instead, in plan units of the scope", unit="plan unit", required=True, example="5200"
    )
    why: Texts = text("Reason", required=True, example="Tender won")


@dataclass(frozen=True, eq=False)
class Goals(Table):
    """Targets of the key figures, as the company set them."""

    file: ClassVar[str] = "goals"
    goal: Texts = text(
        "Key figure",
        key=True,
        choices=(
            "forecast_wmape",
            "forecast_bias",
            "fill_rate",
            "revenue_to_budget",
            "margin_share",
            "stock_days",
            "utilisation_peak",
            "backlog_share",
            "schedule_attainment",
            "cash_conversion_days",
        ),
        example="fill_rate",
    )
    target: Numbers = number("Target", unit="unit of the key figure", required=True, minimum=None, example="0.97")
    tolerance: Numbers = number(
        "How far off is still amber", unit="unit of the key figure", default=0.0, example="0.02"
    )
    owner: Texts = text("Who answers for it", references="people", example="zhou")
