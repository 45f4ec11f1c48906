"""The views of the planning grid: rows of one grain each, with their measures and the levels they go up by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandop.measures import Measure, measure
from sandop.plan import Sheet
from sandop.wording import Language
from sandop_web.access.actor import Actor
from sandop_web.access.grid.asked import GridAsked
from sandop_web.access.refusals import NotUnderstood
from sandop_web.store.models import Version
from sandop_web.store.plans import read_sheet
from sandop_web.wording import say

DEMAND = "demand"
LAST_PLAN = "last_plan"  # id of a view's plan measure as the version approved last has it
PREVIOUS = "previous"


@dataclass(frozen=True)
class View:
    """A view.

    name        its id, and that of its title
    levels      levels it begins with, top first
    more_levels further levels one may ask for
    shown       measures it begins with, more those one may ask for
    plan        the measure that says what is planned; its last plan is offered as LAST_PLAN
    against     what the exceptions compare it with
    only_above  an exception is only what lies above it: hours required beyond those available
    priced      by what a quantity becomes money: "price" (net of rebate), "cost" (standard cost), "" (it does not)
    """

    name: str
    levels: tuple[str, ...]
    more_levels: tuple[str, ...]
    shown: tuple[str, ...]
    more: tuple[str, ...]
    plan: str
    against: str
    priced: str
    only_above: bool = False

    @property
    def grain(self) -> tuple[str, ...]:
        """What a row's name is made of."""
        return measure(self.plan).grain

    @property
    def measures(self) -> tuple[str, ...]:
        """Everything one may ask for."""
        return (*self.shown, *self.more)

    def measure(self, name: str) -> Measure:
        """The measure behind an id of this view."""
        return measure(self.plan if name == LAST_PLAN else name)

    def kind(self, name: str) -> str:
        """Where a version keeps it: input, result or previous."""
        return PREVIOUS if name == LAST_PLAN else self.measure(name).direction

    def title(self, name: str, language: Language) -> str:
        """What people call the measure."""
        return say("gridrules.last_plan", language) if name == LAST_PLAN else self.measure(name).title(language)

    def sheet(self, version: Version, name: str) -> Sheet | None:
        """The measure as the version keeps it; None where it has none."""
        return read_sheet(version, self.kind(name), self.measure(name).name)


VIEWS: Mapping[str, View] = {
    view.name: view
    for view in (
        View(
            name=DEMAND,
            levels=("family", "item", "customer"),
            more_levels=("region",),
            shown=("sales_forecast", "statistical", "consensus", "demand", "budget_volume", LAST_PLAN),
            more=(
                "orders",
                "baseline",
                "activity_effect",
                "launch_effect",
                "override_effect",
                "demand_given",
                "deliveries",
                "backlog",
                "lost",
            ),
            plan="demand",
            against="statistical",
            priced="price",
        ),
        View(
            name="stock",
            levels=("family", "item", "site"),
            more_levels=("region",),
            shown=("closing_stock", "safety_stock", "stock_target", "stock_shortfall", LAST_PLAN),
            more=("closing_stock_minimum", "open_receipts", "uncovered", "stock_actual"),
            plan="closing_stock",
            against="safety_stock",
            priced="cost",
        ),
        View(
            name="production",
            levels=("family", "item", "process"),
            more_levels=(),
            shown=("production", "process_limit", "frozen_production", LAST_PLAN),
            more=("production_finished",),
            plan="production",
            against=LAST_PLAN,
            priced="cost",
        ),
        View(
            name="capacity",
            levels=("site", "resource"),
            more_levels=(),
            shown=("load", "hours_available", "capacity_regular", "capacity_overtime", "capacity_outsourced"),
            more=("hours_regular", "hours_overtime", "hours_outsourced", "hours_excess", LAST_PLAN),
            plan="load",
            against="hours_available",
            priced="",
            only_above=True,
        ),
        View(
            name="purchases",
            levels=("supplier", "item", "site"),
            more_levels=("family",),
            shown=("purchases", "purchases_required", "purchase_limit", LAST_PLAN),
            more=("purchases_received",),
            plan="purchases",
            against=LAST_PLAN,
            priced="cost",
        ),
        View(
            name="prices",
            levels=("family", "item", "customer"),
            more_levels=("region",),
            shown=("price",),
            more=(),
            plan="price",
            against="",
            priced="",
        ),
    )
}


def view_of(*, by: Actor, asked: GridAsked) -> View:
    """The view that is asked for. Raises NotUnderstood for a view, measure or level that is none of it."""
    if asked.view not in VIEWS:
        raise NotUnderstood(field=say("gridrules.view", by.language), value=asked.view[:80], wanted=", ".join(VIEWS))
    view = VIEWS[asked.view]
    _require_known(by, "plans.head.measure", asked.measures, view.measures)
    _require_known(by, "plans.column.level", asked.levels, (*view.levels, *view.more_levels))
    return view


def _require_known(by: Actor, field: str, asked: tuple[str, ...], known: tuple[str, ...]) -> None:
    for place, name in enumerate(asked):
        if name not in known or name in asked[:place]:
            raise NotUnderstood(field=say(field, by.language), value=name[:80], wanted=", ".join(known))


def level_title(level: str, language: Language) -> str:
    """What people call a level."""
    return say("gridrules.level.process" if level == "process" else f"plans.level.{level}", language)
