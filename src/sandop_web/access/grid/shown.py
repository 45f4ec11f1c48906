"""Pieces that reading and writing the grid share; a period is named by its label, a node by its place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class GridMark:
    """The last change of a cell that somebody changed.

    node     the cell's node; a change of several rows below one node is marked at that node and at the rows' nodes
    person   id of who changed it, `name` their name in the reader's language
    before   what it was, in plan units; None is a blank
    pending  an override that takes effect when the month is run
    cells    how many changed cells the mark stands for (1 at a row; the nodes above count theirs)
    batch    the cells changed together, by which the reason is amended; empty where they are not known
    first    the reason that was given first; empty where it still holds
    """

    measure: str
    node: int
    period: str
    person: str
    name: str
    at: dt.datetime
    why: str
    before: float | None
    pending: bool = False
    cells: int = 1
    batch: str = ""
    first: str = ""


@dataclass(frozen=True)
class GridComment:
    """What somebody said of a cell. `node` is None where the cell is not among the rows shown."""

    id: int
    measure: str
    node: int | None
    period: str
    person: str
    name: str
    at: dt.datetime
    text: str
    resolved: bool
    resolved_by: str = ""


@dataclass(frozen=True)
class GridPatch:
    """New values of one measure in one period: of these nodes, as they are kept now; None is a blank."""

    measure: str
    period: str
    nodes: tuple[int, ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class GridStep:
    """One step back or forward: whether there is one, and what it would do, in words."""

    can: bool
    text: str = ""


@dataclass(frozen=True)
class GridSaved:
    """What an edit did.

    batch    name of the cells changed together; empty where nothing changed
    cells    how many cells of the plan changed (an override counts as one)
    before_total, after_total   sum of the edited cells before and after, in the units shown; None where they do not
                                add up
    patch    new values of every node that changed
    marks    marks of the nodes that were edited
    worth    new worth of nodes whose rows count in several plan units, plan currency
    pending  a sentence where the edit takes effect when the month is run; else empty
    """

    batch: str
    cells: int
    before_total: float | None
    after_total: float | None
    patch: tuple[GridPatch, ...]
    marks: tuple[GridMark, ...]
    undo: GridStep
    redo: GridStep
    worth: tuple[GridPatch, ...] = ()
    pending: str = ""


@dataclass(frozen=True)
class GridMoved:
    """A cell of the grid that no longer holds what its editor saw, in the units shown; None is a blank.

    row         labels from the top down to the node; empty is the grand total
    person, at  who changed something below it last, and when; nobody and never where no change is on record
    """

    measure: str
    node: int
    row: tuple[str, ...]
    period: str
    expected: float | None
    found: float | None
    wanted: float | None
    person: str = ""
    at: dt.datetime | None = None
