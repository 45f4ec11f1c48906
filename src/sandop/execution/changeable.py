"""The first month a decision can still change, by family: the fence, the lead time of making, that of buying."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sandop.execution.fences import fences
from sandop.network import Network
from sandop.plan import Plan
from sandop.tables import Report, ReportRows

_SOLD = "finished"


def first_changeable(*, plan: Plan, decided: dt.date) -> Report:
    """Rows `family, frozen, free_from, make_days, first_made, buy_days, first_bought`, in the order of the families.

    decided       day of the decision, such as the S&OP meeting
    frozen        periods inside the planning time fence
    free_from     first period outside it
    make_days     calendar days from starting the last step to stock, of the family's slowest sold item
    first_made    first month that production started after the decision and outside the fence reaches, from
                  components that are there
    buy_days      calendar days from ordering to stock when everything is bought and made anew, of the slowest item
    first_bought  first month that such an order reaches

    A sold item is a finished one (every item of the family where none is). Of several ways to make or buy an item the
    quickest counts, of several components the slowest. A month after the horizon is blank.
    """
    zones, times, horizon = fences(plan=plan), _LeadTimes(plan.network), plan.calendar.horizon
    rows: ReportRows = []
    for family in map(str, plan.network.families.keys):
        items = _sold_items(plan.network, family)
        frozen = min(zones.frozen[family], len(horizon))
        fence = horizon.starts[frozen] if frozen < len(horizon) else horizon.end
        free = max(decided, fence)
        make = max((times.last_step(item) for item in items), default=0.0)
        buy = max((times.anew(item) for item in items), default=0.0)
        rows.append(
            {
                "family": family,
                "frozen": zones.frozen[family],
                "free_from": horizon.labels[frozen] if frozen < len(horizon) else "",
                "make_days": round(make, 1),
                "first_made": _month_of(plan, free + _days(make)),
                "buy_days": round(buy, 1),
                "first_bought": _month_of(plan, max(free + _days(make), decided + _days(buy))),
            }
        )
    return rows


def _days(count: float) -> dt.timedelta:
    """What is on the way for part of a day arrives the day after."""
    return dt.timedelta(days=math.ceil(count - 1e-9))


def _month_of(plan: Plan, day: dt.date) -> str:
    """The planned month that holds the day; empty after the horizon."""
    months = plan.calendar.planned_months
    place = months.holding(day)
    return months.labels[place] if place < len(months) else ""


def _sold_items(network: Network, family: str) -> list[str]:
    items = network.items
    own = items.family == family
    sold = own & (items.kind == _SOLD)
    return [str(item) for item in items.item[sold if np.any(sold) else own]]


@dataclass(frozen=True, eq=False)
class _LeadTimes:
    """Days to get an item, following its ways down to what is bought."""

    network: Network

    @cached_property
    def _made(self) -> dict[str, list[tuple[str, float]]]:
        """Item → its processes with their lead times."""
        processes = self.network.processes
        found: dict[str, list[tuple[str, float]]] = {}
        for process, item, days in zip(processes.process, processes.item, processes.lead_time_days):
            found.setdefault(str(item), []).append((str(process), float(days)))
        return found

    @cached_property
    def _bought(self) -> dict[str, float]:
        """Item → days of its quickest source."""
        sources = self.network.sources
        found: dict[str, float] = {}
        for item, days in zip(sources.item, sources.lead_time_days):
            found[str(item)] = min(found.get(str(item), math.inf), float(days))
        return found

    @cached_property
    def _components(self) -> dict[str, list[str]]:
        """Process → what it uses."""
        found: dict[str, list[str]] = {}
        for process, component in zip(self.network.bills.process, self.network.bills.component):
            found.setdefault(str(process), []).append(str(component))
        return found

    @cached_property
    def _known(self) -> dict[str, float]:
        return {}

    def last_step(self, item: str) -> float:
        """Days of the quickest process that makes the item, its components being there; a bought item's source."""
        made = [days for _, days in self._made.get(item, ())]
        return min(made, default=self._bought.get(item, 0.0))

    def anew(self, item: str) -> float:
        """Days until the item is in stock when everything below it is ordered now. A bill that bites its own tail is
        cut where it does."""
        if item in self._known:
            return self._known[item]
        self._known[item] = 0.0
        ways = [
            days + max((self.anew(component) for component in self._components.get(process, ())), default=0.0)
            for process, days in self._made.get(item, ())
        ]
        if item in self._bought:
            ways.append(self._bought[item])
        self._known[item] = min(ways, default=0.0)
        return self._known[item]
