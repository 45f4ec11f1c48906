"""What an exported workbook says of itself, on a sheet nobody sees: whose it is, which row is which cell, and what
each cell held. A seal over all of it tells a damaged or foreign file from our own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from sandop_web.access.exchange.brought import At, asked_as_plain, asked_of_plain
from sandop_web.access.grid.asked import GridAsked

SHEET = "sandop"
MARK = "sandop exchange"  # first cell of the hidden sheet
PLACES = "sandop keys"  # cell of the visible sheet below which the keys of the rows stand, and beside it the periods
FORMAT = 1
_SALT = "sandop.exchange"


class NotUnderstoodKeys(ValueError):
    """The hidden sheet holds something else than this house writes."""


@dataclass(frozen=True)
class Provenance:
    """Where a workbook comes from.

    company    short name of the company, title its name
    version    id of the version; number and version_title as people know it
    made_by    name of whoever took it out
    periods    labels of the periods, in order
    decimals   measure → decimals of its numbers
    """

    company: str
    title: str
    version: int
    number: int
    version_title: str
    made_by: str
    made_at: dt.datetime
    asked: GridAsked
    periods: tuple[str, ...]
    decimals: dict[str, int]


@dataclass(frozen=True)
class KeyedRow:
    """One row of the visible sheet.

    key      its name in the hidden column
    base     what it held, per period; None is a blank
    adds_up  its cells are formulas over the rows below it
    """

    key: str
    measure: str
    at: At
    base: tuple[float | None, ...]
    adds_up: bool


def lines_of(provenance: Provenance, rows: Iterable[KeyedRow]) -> list[str]:
    """The cells of the hidden sheet's only column, from the top."""
    body = [_compact(_plain(provenance)), *(_compact([*_row(row)]) for row in rows)]
    return [MARK, _seal(body), *body]


def is_keys(lines: Sequence[str]) -> bool:
    """True for the column of a sheet that `lines_of` wrote, in whatever state it is."""
    return bool(lines) and lines[0] == MARK


def provenance_of(lines: Sequence[str]) -> Provenance:
    """Where the file comes from. Raises NotUnderstoodKeys."""
    try:
        said = json.loads(lines[2])
        if said["format"] != FORMAT:
            raise NotUnderstoodKeys(said["format"])
        return Provenance(
            company=str(said["company"]),
            title=str(said["title"]),
            version=int(said["version"]),
            number=int(said["number"]),
            version_title=str(said["version_title"]),
            made_by=str(said["made_by"]),
            made_at=dt.datetime.fromisoformat(said["made_at"]),
            asked=asked_of_plain(said["asked"]),
            periods=tuple(map(str, said["periods"])),
            decimals={str(name): int(places) for name, places in said["decimals"].items()},
        )
    except (IndexError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as wrong:
        raise NotUnderstoodKeys(str(wrong)) from None


def is_sealed(lines: Sequence[str]) -> bool:
    """True where not a sign of the hidden sheet has changed since this house wrote it."""
    return len(lines) > 2 and constant_time_compare(lines[1], _seal(lines[2:]))


def rows_of(lines: Sequence[str]) -> list[KeyedRow]:
    """The rows of a sealed sheet: what the seal covers is as it was written."""
    rows = (json.loads(line) for line in lines[3:])
    return [
        KeyedRow(key, measure, tuple((level, label) for level, label in at), tuple(base), adds_up)
        for key, measure, at, base, adds_up in rows
    ]


def _plain(provenance: Provenance) -> dict[str, Any]:
    return {
        "format": FORMAT,
        **vars(provenance),
        "made_at": provenance.made_at.isoformat(),
        "asked": asked_as_plain(provenance.asked),
    }


def _row(row: KeyedRow) -> tuple[Any, ...]:
    return row.key, row.measure, row.at, row.base, row.adds_up


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _seal(lines: Sequence[str]) -> str:
    return salted_hmac(_SALT, "\n".join(lines), algorithm="sha256").hexdigest()
