"""Overrides: a person's number instead of the computed one, at any level, spread in proportion, later ones win."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.demand.effects import Ground
from sandop.demand.reporting import figure
from sandop.demand.scope import Scope, in_proportion
from sandop.findings import Finding, Where, note, warning
from sandop.measures import measure
from sandop.plan import Change, Values
from sandop.plan.rounding import round_to_total
from sandop.tables import Cell

_FILE = Where("overrides")


@dataclass(eq=False)
class Overridden:
    """Demand after the overrides, with who changed which cell and why.

    values    units, (row, month), as stored
    report    one row per override that took effect: before and after in plan units of its scope
    changes   one per cell an override moved, in the order in which they were made
    """

    values: Values
    report: list[Mapping[str, Cell]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def overridden(ground: Ground, consensus: Values) -> Overridden:
    """The `consensus`, units, (row, month), with every override set in place, the earliest first.

    An override states the total of its scope in one month in plan units; the series of the scope share it in
    proportion to what stood there (evenly where nothing did), so that they add up to it.
    """
    result = Overridden(consensus.copy())
    for row in sorted(ground.plan.network.overrides.rows(), key=_when_given):
        _override(ground, row, result)
    return result


def _when_given(row: Mapping[str, Any]) -> tuple[str, tuple[tuple[int, str], ...]]:
    """By day, then by number as people count: override 10 comes after override 9."""
    parts = re.findall(r"\d+|\D+", row["override"])
    return str(row["when"]), tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def _override(ground: Ground, row: Mapping[str, Any], result: Overridden) -> None:
    scope, place = Scope.of(row), ground.place(row["period"])
    names = {"override": row["override"], "who": row["who"], "scope": str(scope), "period": row["period"]}
    if not 0 <= place < len(ground.months):
        result.findings.append(note("demand.override_outside_horizon", _FILE, **names))
        return
    at = np.flatnonzero(ground.series.within(scope) & ground.sale[:, place])
    if not len(at):
        result.findings.append(warning("demand.override_without_scope", _FILE, **names))
        return
    if ground.series.one_unit(at) is None:
        result.findings.append(warning("demand.override_mixes_units", _FILE, **names))
        return
    before = result.values[at, place]
    after = shared_out(row["quantity"], before, ground.series.factor[at])
    result.values[at, place] = after
    result.report.append(_report_row(row, scope, before, after, ground.series.factor[at]))
    result.changes.extend(_changes(ground, row, at, before, after))


def shared_out(total: float, before: Values, factor: NDArray[np.float64]) -> Values:
    """A total in plan units over series in proportion to what they hold, units, (series,), as stored.

    before  what stands there, units, (series,); where nothing does the total is shared evenly. A blank beside known
            demand stays blank: the total says nothing about that series.
    factor  plan units in one unit, (series,)

    Where all factors are one the stored values add up to the stored total exactly (largest remainder).
    """
    allowed = np.ones((len(before), 1), dtype=bool)
    share = in_proportion(np.array([total]), (before * factor)[:, None], allowed)[:, 0] / factor
    smallest = 10.0 ** -measure("demand").decimals
    exact = measure("demand").rounded(round_to_total(share, lot=smallest) if (factor == 1.0).all() else share)
    silent = np.isnan(before) & bool(np.nansum(np.clip(before, 0.0, None)) > 0)
    return np.where(silent, np.nan, exact)


def _report_row(
    row: Mapping[str, Any], scope: Scope, before: Values, after: Values, factor: NDArray[np.float64]
) -> dict[str, Cell]:
    return {
        "override": row["override"],
        "who": row["who"],
        "when": str(row["when"]),
        "scope": str(scope),
        "period": row["period"],
        "before": None if np.isnan(before).all() else figure(float(np.nansum(before * factor)), 3),
        "after": figure(float(np.nansum(after * factor)), 3),
        "why": row["why"],
    }


def _changes(
    ground: Ground, row: Mapping[str, Any], at: NDArray[np.int64], before: Values, after: Values
) -> list[Change]:
    when = dt.datetime.combine(row["when"].astype(dt.date), dt.time())
    moved = ~((before == after) | (np.isnan(before) & np.isnan(after)))
    keys = ground.series.rows.keys
    return [
        Change(row["who"], when, "demand", keys[at[i]], row["period"], float(before[i]), float(after[i]), row["why"])
        for i in np.flatnonzero(moved)
    ]
