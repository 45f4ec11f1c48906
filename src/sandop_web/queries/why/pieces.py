"""What other measures say at the place of a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sandop.measures import measure
from sandop.network import Network
from sandop.plan import Sheet
from sandop_web.access import Actor
from sandop_web.access.sheet_rows import levels_of
from sandop_web.queries.why.summing import Asked, asked_of, number_of, sheets_held
from sandop_web.store.models import Version


@dataclass(frozen=True)
class Piece:
    """A number from which another is made, at the same place. `rows` are how many it sums."""

    measure: str
    direction: str
    value: float
    decimals: int
    rows: int


def pieces_of(
    *, by: Actor, version: Version, names: Iterable[str], asked: Asked, network: Network
) -> tuple[Piece, ...]:
    """What these measures say at the place asked for; those that say nothing there are left out."""
    sheets = sheets_held(by=by, version=version, names=names, network=network)
    found = (_piece(sheet, asked, network) for sheet in sheets.values())
    return tuple(piece for piece in found if piece is not None)


def _piece(sheet: Sheet, asked: Asked, network: Network) -> Piece | None:
    """The measure at the same place; None where its rows know none of the levels asked for, or have no number."""
    if asked.at and not set(asked.at) & set(levels_of(sheet.rows.grain)):
        return None
    rows = asked_of(sheet=sheet, network=network, asked=asked)
    value = number_of(rows=rows, network=network, asked=asked)
    if value is None:
        return None
    known = measure(sheet.name)
    return Piece(sheet.name, known.direction, value, known.decimals, len(rows.rows))
