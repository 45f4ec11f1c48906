"""Past forecasts of a demo company: never invented, always made again from what was known then."""

from __future__ import annotations

from dataclasses import replace

from sandop.demand import make_vintages
from sandop.plan import Plan
from sandop.scenario import festival_of


def add_vintages(plan: Plan, *, count: int | None = None, workers: int = 1) -> Plan:
    """The plan with the forecasts of its last `count` closed months, each really run on what was known then.

    Left out, `count` is what the plan's settings ask for. Takes as long as that many forecasts.
    """
    wanted = plan.settings.demand.vintages if count is None else count
    made = make_vintages(plan=plan, count=wanted, workers=workers, festival_share=festival_of(plan))
    return replace(plan, vintages={**plan.vintages, **made})
