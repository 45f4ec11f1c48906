"""Refusals that every door to the plan's numbers shares: sheet, grid, scenario, program."""

from __future__ import annotations

from sandop_web.access.refusals import WebRefusal


class NothingToChange(WebRefusal):
    """An edit without a cell that differs."""

    message = "plans.nothing_to_change"
    status = 400


class DoesNotAddUp(WebRefusal):
    """A rate or price has no total that could be spread."""

    message = "plans.does_not_add_up"


class UnitsDiffer(WebRefusal):
    """The rows belong to families of different plan units."""

    message = "plans.units_differ"
