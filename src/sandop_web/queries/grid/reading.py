"""The planning grid of a view: nodes, periods, measures and their values, in the reader's scope."""

from __future__ import annotations

import numpy as np

from sandop.plan import Values
from sandop.wording import in_a_row
from sandop_web.access import Actor, query
from sandop_web.access.grid.asked import GridAsked
from sandop_web.access.grid.comments import comments_of
from sandop_web.access.grid.ground import Ground, ground_of
from sandop_web.access.grid.locks import is_override
from sandop_web.access.grid.money import in_money
from sandop_web.access.grid.names import node_names
from sandop_web.access.grid.overrides import DemandWithOverrides, demand_with_overrides
from sandop_web.access.grid.shown import GridComment
from sandop_web.access.grid.steps import steps_told
from sandop_web.access.grid.views import level_title
from sandop_web.queries.grid.exceptions import exceptions_of
from sandop_web.queries.grid.heads import (
    measures_of,
    neighbours,
    offered,
    periods_of,
    plan_units,
    quarters_of,
    units_of_nodes,
    worth_told,
)
from sandop_web.queries.grid.marks import marks_of
from sandop_web.queries.grid.shape import Grid, GridLevel, GridMeasure, GridNodes, GridWorth
from sandop_web.wording import say


@query
def grid_of(*, by: Actor, version: int, asked: GridAsked) -> Grid:
    """What is asked for, in the reader's scope: rows that may be filled are there, whether anybody has yet.

    The demand is shown with the overrides as they stand, also those that take effect when the month is run.
    Raises NothingThere, NotUnderstood for a view, measure, level or period that does not exist.
    """
    return _grid(ground_of(by=by, version=version, asked=asked))


@query
def grid_comments(*, by: Actor, version: int, asked: GridAsked) -> tuple[GridComment, ...]:
    """The comments on the cells of what is asked for, the oldest first. Raises as `grid_of`."""
    return comments_of(ground_of(by=by, version=version, asked=asked))


def _grid(ground: Ground) -> Grid:
    by, view = ground.by, ground.view
    names = ground.asked.measures or view.shown
    demand = demand_with_overrides(ground.version) if any(is_override(view, name) for name in names) else None
    held = {name: _held(ground, name, demand) for name in names}
    periods, measures = periods_of(ground), measures_of(ground, names)
    locked = all(measure.state != "editable" for measure in measures)
    back, forward = steps_told(by=by, version=ground.version)
    earlier, later = neighbours(ground)
    worth = worth_told(ground, held) if ground.asked.unit == "quantity" else None
    return Grid(
        version=ground.version.pk,
        view=view.name,
        title=say(f"gridrules.view.{view.name}", by.language),
        unit=ground.asked.unit,
        editable=not locked,
        why_locked=_why_locked(measures) if locked else "",
        reason_required=True,
        levels=tuple(GridLevel(level, level_title(level, by.language)) for level in ground.levels),
        periods=periods,
        quarters=quarters_of(ground, periods),
        nodes=_nodes(ground),
        measures=measures,
        values={name: _shown(ground, name, values) for name, values in held.items()},
        marks=marks_of(ground, names, demand),
        comments=comments_of(ground),
        exceptions=exceptions_of(ground, held),
        undo=back,
        redo=forward,
        units=plan_units(ground),
        worth=worth,
        note=_note(ground, worth),
        earlier=earlier,
        later=later,
        offered=offered(ground),
    )


def _held(ground: Ground, name: str, demand: DemandWithOverrides | None) -> Values:
    return ground.held(name, demand.sheet if demand is not None and is_override(ground.view, name) else None)


def _shown(ground: Ground, name: str, held: Values) -> Values:
    """What the nodes show, (node, period): plan units, or plan currency."""
    money = in_money(ground, name, held) if ground.asked.unit == "money" else None
    if money is None:
        return ground.at_nodes(name, held)
    return np.asarray(np.round(ground.hierarchy.totals(money), 2) + 0.0)


def _nodes(ground: Ground) -> GridNodes:
    at = ground.hierarchy
    return GridNodes(
        at.level, at.parent, at.end, at.stop - at.first, units_of_nodes(ground), at.label, node_names(ground)
    )


def _why_locked(measures: tuple[GridMeasure, ...]) -> str:
    """Why nothing may be changed: what is said of an input counts more than that results are computed."""
    inputs = [measure.why_locked for measure in measures if measure.state == "locked"]
    return next(iter(inputs or [measure.why_locked for measure in measures]), "")


def _note(ground: Ground, worth: GridWorth | None) -> str:
    """Why totals are blank, or cannot be typed; empty where there is nothing to say."""
    if ground.asked.unit == "money" and ground.view.priced:
        return say("gridrules.money_note", ground.by.language)
    if worth is not None:
        units = in_a_row(plan_units(ground), ground.by.language)
        return say("gridrules.several_units", ground.by.language, units=units, money=worth.unit)
    return ""
