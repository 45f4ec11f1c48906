"""The demand that a version's own numbers make: its statistics, launches, activities, sales opinions and overrides as
they are now, whether or not it has been solved since."""

from __future__ import annotations

from dataclasses import replace

from sandop.demand import make_demand
from sandop.plan import Plan, Sheet
from sandop.scenario.buckets import demand_in_buckets
from sandop_web.store.models import Version
from sandop_web.store.plans import change_count, read_plan, read_sheet

_DEMAND, _GIVEN, _STATISTICS = "demand", "demand_given", "statistical"


def demand_now(version: Version) -> Sheet | None:
    """The demand that counts in the version as it stands, units, (row, period); None where none can be computed."""
    if version.results_of is not None and version.results_of == change_count(version):
        return read_sheet(version, "result", _DEMAND)
    return _made(version, read_plan(version))


def demand_ungiven(version: Version) -> Sheet | None:
    """The demand that would count if none were given, units, (row, period); None where none can be computed."""
    plan = read_plan(version)
    return _made(
        version, replace(plan, sheets={name: sheet for name, sheet in plan.sheets.items() if name != _GIVEN})
    )


def _made(version: Version, plan: Plan) -> Sheet | None:
    """The demand plan over the statistics last computed here or in what the version was branched from; without any,
    the demand last computed there."""
    statistics = _last(version, _STATISTICS)
    if statistics is None:
        return _last(version, _DEMAND)
    made = make_demand(plan=plan, statistical=statistics).sheets[_DEMAND]
    return demand_in_buckets(plan=plan, demand=made)


def _last(version: Version, name: str) -> Sheet | None:
    seen: Version | None = version
    while seen is not None:
        found = read_sheet(seen, "result", name)
        if found is not None:
            return found
        seen = seen.parent
    return None
