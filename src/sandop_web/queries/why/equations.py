"""Measures that are the sum of others: the equation is shown where it holds to the last digit that is stored."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from sandop_web.queries.why.pieces import Piece

_SIGNS = {"+": "+", "-": "−"}
_ROUNDED = 0.0005  # what a stored number may be away from the one that was computed


def terms_of(measure: str) -> tuple[str, ...]:
    """The measures of which this one is the sum or difference; none where it is no sum."""
    return tuple(part[1:] for part in _parts().get(measure, ()))


def equation_of(*, measure: str, value: float | None, pieces: Iterable[Piece]) -> tuple[tuple[str, Piece], ...]:
    """Those of the pieces that give the number exactly, each with its sign, the first without one. Empty where it is
    no sum of others, or where it does not hold: an override may replace what it stands on."""
    by_name = {piece.measure: piece for piece in pieces}
    said = [(part[0], by_name[part[1:]]) for part in _parts().get(measure, ()) if part[1:] in by_name]
    total = sum((-1.0 if sign == "-" else 1.0) * piece.value for sign, piece in said)
    allowed = _ROUNDED * (1 + sum(piece.rows for _, piece in said))
    if value is None or len(said) < 2 or abs(total - value) > allowed:
        return ()
    return tuple((_SIGNS[sign] if place else "", piece) for place, (sign, piece) in enumerate(said))


@cache
def _parts() -> Mapping[str, tuple[str, ...]]:
    """Measure → its parts, each behind its sign."""
    with (Path(__file__).parent / "adds_up.csv").open(encoding="utf-8", newline="") as lines:
        return {row["measure"]: tuple(row["parts"].split("|")) for row in csv.DictReader(lines)}
