"""What a workbook that came back holds otherwise than when it went out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sandop_web.access.grid.asked import GridAsked

At: TypeAlias = tuple[tuple[str, str], ...]  # (level, label) from the top down; empty is the grand total


@dataclass(frozen=True)
class BroughtCell:
    """One number that differs; plan units as in the grid, None is a blank.

    base      as it was exported
    mine      as the workbook holds it
    covered   a number below it differs as well, and the deeper one counts
    """

    measure: str
    at: At
    period: str
    base: float | None
    mine: float | None
    covered: bool = False


@dataclass(frozen=True)
class Brought:
    """A workbook that came back, read and understood.

    asked      what the grid was asked for when it went out
    made_by    name of whoever took it out, made_at when
    missing    rows of the export that are no longer in it
    """

    version: int
    asked: GridAsked
    made_by: str
    made_at: dt.datetime
    cells: tuple[BroughtCell, ...]
    missing: int
    name: str
    content: bytes


def asked_as_plain(asked: GridAsked) -> dict[str, Any]:
    """What was asked of the grid, for JSON; `asked_of_plain` gives it back."""
    return {
        "view": asked.view,
        "measures": list(asked.measures),
        "levels": list(asked.levels),
        "wanted": {level: label for level, label in asked.wanted.items() if label},
        "first": asked.first,
        "periods": asked.periods,
        "unit": asked.unit,
    }


def asked_of_plain(said: Mapping[str, Any]) -> GridAsked:
    """What `asked_as_plain` told. Raises KeyError, TypeError or ValueError for anything else."""
    return GridAsked(
        view=str(said["view"]),
        measures=tuple(map(str, said["measures"])),
        levels=tuple(map(str, said["levels"])),
        wanted={str(level): str(label) for level, label in said["wanted"].items()},
        first=str(said["first"]),
        periods=int(said["periods"]),
        unit="money" if said["unit"] == "money" else "quantity",
    )
