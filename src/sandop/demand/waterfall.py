"""The demand waterfall: from the plan approved last to this one, by cause."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sandop.demand.scope import Series
from sandop.measures import measure
from sandop.plan import Plan, Rows, Sheet, Values, level
from sandop.plan.rounding import round_to_total
from sandop.tables import Report

CAUSES = ("closed_months", "new_months", "baseline", "activities", "launches", "sales", "overrides", "not_split")
_SPLIT = ("activity_effect", "launch_effect", "baseline", "consensus", "override_effect", "demand")


def waterfall(*, plan: Plan, demand: Mapping[str, Sheet]) -> Report:
    """From the demand of the last approved version to this demand, by family, in plan units over the horizon.

    demand  this month's sheets: demand, and the parts it is made of (as `DemandPlan.sheets`)

    One row by family and cause, in the order from, causes, to; from + the causes = to, exactly as shown.
    closed_months  demand of the months that were planned then and are closed now, taken off
    new_months     demand of the months that were not planned then
    baseline       change of the statistical forecast; activities, launches, overrides: change of their effect
    sales          change of what the sales opinion (or the demand given) adds to the baseline
    not_split      change in the months of both plans where the last version kept only its total

    A blank counts nothing. Empty where there is no last version.
    """
    if "demand" not in plan.previous:
        return []
    rows = Rows.of(measure("demand").grain, {*plan.previous["demand"].rows.keys, *demand["demand"].rows.keys})
    parts = _parts(plan, demand, rows)
    series = Series.of(rows, plan.network)
    families = level(rows, plan.network, ("family",))
    totals = {
        name: families.total(v.sum(axis=1, keepdims=True) * series.factor[:, None])[:, 0] for name, v in parts.items()
    }
    decimals = measure("demand").decimals
    start, end = (np.round(totals[name], decimals) for name in ("from", "to"))
    steps = _exactly(np.stack([totals[cause] for cause in CAUSES], axis=1), end - start, decimals)
    units = dict(zip(plan.network.families.keys, plan.network.families.unit))
    return [
        {"family": family, "cause": cause, "quantity": float(quantity), "unit": units[family]}
        for i, (family,) in enumerate(families.rows.keys)
        for cause, quantity in zip(("from", *CAUSES, "to"), (start[i], *steps[i], end[i]))
    ]


def _parts(plan: Plan, demand: Mapping[str, Sheet], rows: Rows) -> dict[str, Values]:
    """Each step of the waterfall, units, (row, month of either plan or of both)."""
    before, now = plan.previous, demand
    old, new = before["demand"].periods, now["demand"].periods
    both = [label for label in old.labels if label in new.position]
    was, is_ = (
        {
            name: _known(sheets[name], rows)[:, [sheets[name].periods.position[label] for label in both]]
            for name in _SPLIT
            if name in sheets
        }
        for sheets in (before, now)
    )
    gone = [i for i, label in enumerate(old.labels) if label not in new.position]
    fresh = [i for i, label in enumerate(new.labels) if label not in old.position]
    parts = {
        "from": _known(before["demand"], rows),
        "to": _known(now["demand"], rows),
        "closed_months": -_known(before["demand"], rows)[:, gone],
        "new_months": _known(now["demand"], rows)[:, fresh],
        **{cause: np.zeros((len(rows), 1)) for cause in CAUSES[2:]},
    }
    if set(was) == set(_SPLIT) == set(is_):
        return parts | {name: _causes(is_)[name] - _causes(was)[name] for name in CAUSES[2:-1]}
    return parts | {"not_split": is_["demand"] - was["demand"]}


def _causes(sheets: Mapping[str, Values]) -> dict[str, Values]:
    """What a demand plan is made of: the parts add up to it, units, (row, month)."""
    return {
        "baseline": sheets["baseline"] - sheets["activity_effect"] - sheets["launch_effect"],
        "activities": sheets["activity_effect"],
        "launches": sheets["launch_effect"],
        "sales": sheets["demand"] - sheets["override_effect"] - sheets["baseline"],
        "overrides": sheets["override_effect"],
    }


def _known(sheet: Sheet, rows: Rows) -> Values:
    """Values on these rows; a blank counts nothing."""
    return np.nan_to_num(sheet.on(rows).values)


def _exactly(steps: Values, change: Values, decimals: int) -> Values:
    """Steps (node, cause), rounded so that they add up to the rounded change (node,): what rounding leaves goes to
    the largest step."""
    rounded = round_to_total(steps, lot=10.0**-decimals)
    largest = np.abs(rounded).argmax(axis=1)
    rounded[np.arange(len(rounded)), largest] += change - rounded.sum(axis=1)
    return np.asarray(np.round(rounded, decimals) + 0.0)
