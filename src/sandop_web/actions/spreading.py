"""Changing a total: a number for a family, a region, a customer is spread over its rows in proportion."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sandop.measures import measure
from sandop.network import Network
from sandop.plan import Level, Rows, Sheet, Values, in_plan_units, level
from sandop.plan.sharing import share_out
from sandop_web.access import Actor, NotUnderstood, WebRefusal, action, in_scope
from sandop_web.access.changing import DoesNotAddUp, UnitsDiffer
from sandop_web.access.editing import require_cells_editable
from sandop_web.access.members import acting_member
from sandop_web.access.sheet_rows import chosen, known_measure, periods_spoken_of, rows_to_fill
from sandop_web.access.versions import version_of
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.edits import Edit, edit_cells
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network, read_sheet
from sandop_web.wording import say

_PATTERN = "demand"  # result by which a total is spread where nobody has said anything yet


class TotalHasMoved(WebRefusal):
    """The total is no longer what the person saw."""

    message = "plans.total_has_moved"


class NoRowsThere(WebRefusal):
    """Nothing in the person's scope answers to what was asked for."""

    message = "plans.no_rows_there"


@action
def spread_total(
    *,
    by: Actor,
    version: int,
    measure: str,
    wanted: Mapping[str, str],
    period: str,
    total: float,
    expected_total: float | None,
    why: str,
) -> str:
    """Set the total of the rows of `wanted` (level → label, as {"family": "DOM"}) that lie in the person's scope, in
    plan units; returns the batch.

    The rows share it in proportion to what they hold; where they hold nothing, to the computed demand; else evenly.
    They add up to it to the measure's last decimal. Raises TotalHasMoved, DoesNotAddUp, UnitsDiffer, NoRowsThere, and
    as `edit_cells_of_plan`.
    """
    found = version_of(by=by, version=version)
    sheet, at, factor = _ground(by, found, measure, wanted, period, total)
    before = sheet.values
    _require_expected(at.total(before * factor)[0, 0], expected_total)
    after = share_out(
        totals=np.array([total]),
        before=before,
        otherwise=_computed(found, sheet),
        factor=factor[:, 0],
        decimals=known_measure(by=by, name=measure).decimals,
    )
    edits = _edits(sheet, after)
    require_cells_editable(by=by, version=found, cells=((edit.measure, edit.row) for edit in edits))
    member = acting_member(by=by)
    return str(edit_cells(version=found, edits=edits, member=member, at=by.at, why=why))


def _ground(
    by: Actor, version: Version, name: str, wanted: Mapping[str, str], period: str, total: float
) -> tuple[Sheet, Level, Values]:
    """The rows concerned in that one period, the level over them, and plan units in one unit of each, (row, 1)."""
    if known_measure(by=by, name=name).over_rows != "sum":
        raise DoesNotAddUp(measure=measure(name).title(by.language))
    if not math.isfinite(total):
        field, wanted_number = say("plans.spread.total", by.language), say("plans.a_number", by.language)
        raise NotUnderstood(field=field, value=total, wanted=wanted_number)
    network = read_network(version)
    sheet = _rows_concerned(by, version, name, wanted, period, network)
    at = level(sheet.rows, network, ())
    try:
        return sheet, at, in_plan_units(sheet.with_values(np.ones_like(sheet.values)), network, at)
    except ValueError:
        raise UnitsDiffer() from None


def _rows_concerned(
    by: Actor, version: Version, name: str, wanted: Mapping[str, str], period: str, network: Network
) -> Sheet:
    sheet = read_sheet(version, "input", name)
    rows = rows_to_fill(version=version, name=name, network=network)
    mask = in_scope(by=by, rows=rows, network=network) & chosen(rows=rows, network=network, wanted=wanted)
    rows = Rows(rows.grain, tuple(key for key, keep in zip(rows.keys, mask) if keep))
    periods = periods_spoken_of(version=version, name=name) if sheet is None else sheet.periods
    if period not in periods.position:
        field = say("plans.head.period", by.language)
        raise NotUnderstood(field=field, value=period[:80], wanted=", ".join(periods.labels))
    if not len(rows):
        raise NoRowsThere()
    place = periods.position[period]
    one = periods.slice(place, place + 1)
    return Sheet.blank(name, rows, one) if sheet is None else sheet.on(rows, one)


def _require_expected(now: float, expected: float | None) -> None:
    wanted = math.nan if expected is None else expected
    if not (math.isclose(now, wanted, rel_tol=1e-9, abs_tol=1e-6) or (math.isnan(now) and math.isnan(wanted))):
        raise TotalHasMoved(expected=_said(wanted), now=_said(now))


def _said(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:,.12g}"


def _computed(version: Version, sheet: Sheet) -> Values:
    """By what the total is shared where nobody has said anything, units, (row, 1)."""
    computed = read_sheet(version, "result", _PATTERN) if sheet.rows.grain == measure(_PATTERN).grain else None
    return sheet.values if computed is None else computed.on(sheet.rows, sheet.periods).values


def _edits(sheet: Sheet, after: Values) -> list[Edit]:
    return [
        Edit(sheet.name, key, sheet.periods.labels[0], none_if_blank(old), none_if_blank(new))
        for key, old, new in zip(sheet.rows.keys, sheet.values[:, 0], after[:, 0])
        if old != new and not (math.isnan(old) and math.isnan(new))
    ]
