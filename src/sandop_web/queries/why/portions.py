"""What the next level below contributes to a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sandop.measures import measure
from sandop.network import Network
from sandop.plan import Sheet
from sandop_web.access.sheet_rows import LEVELS, Part, labels, levels_of
from sandop_web.queries.why.summing import (
    UNIT,
    Asked,
    along,
    in_period,
    named_part,
    one_item,
    units_of,
)

MOST_PORTIONS = 8  # that are shown; the others are added up


@dataclass(frozen=True)
class Portion:
    """What one label at the next level below contributes, in the unit of the number; `share` of it."""

    level: str
    part: Part
    value: float
    share: float | None


def portions_of(
    *, sheet: Sheet, network: Network, asked: Asked, total: float | None
) -> tuple[tuple[Portion, ...], float | None]:
    """What the labels of the next level contribute, the largest first, and all others together. Rows that are
    counted in several units have no total: each unit has one."""
    if total is None:
        return _by_unit(sheet, network, asked), None
    level = next_level(sheets=(sheet,), network=network, at=asked.at)
    found = _at_level(sheet, network, asked, level, total) if level else []
    found.sort(key=lambda portion: -abs(portion.value))
    rest = sum(portion.value for portion in found[MOST_PORTIONS:]) if len(found) > MOST_PORTIONS else None
    return tuple(found[:MOST_PORTIONS]), rest


def next_level(
    *, sheets: Iterable[Sheet], network: Network, at: Mapping[str, str], levels: Iterable[str] = LEVELS
) -> str:
    """The first of the levels below that has more than one label; empty where there is none."""
    held = tuple(sheets)
    for level in levels:
        known = (sheet.rows for sheet in held if level not in at and level in levels_of(sheet.rows.grain))
        named = {label for rows in known for label in labels(rows=rows, network=network, level=level)}
        if len(named - {""}) > 1:
            return level
    return ""


def _at_level(sheet: Sheet, network: Network, asked: Asked, level: str, total: float) -> list[Portion]:
    named = labels(rows=sheet.rows, network=network, level=level)
    alone, found = one_item(sheet), []
    for label in sorted(set(named)):
        value = _value(sheet.take(named == label), network, asked, own_unit=alone)
        if value:
            part = named_part(network=network, level=level, label=str(label))
            found.append(Portion(level, part, value, value / total if total else None))
    return found


def _by_unit(sheet: Sheet, network: Network, asked: Asked) -> tuple[Portion, ...]:
    """What is counted in each plan unit; none where that is not why there is no total."""
    if sheet.unit != "unit" or measure(asked.measure).over_rows != "sum" or not len(sheet.rows):
        return ()
    units = units_of(rows=sheet.rows, network=network)
    found = []
    for unit in sorted(set(units)):
        value = _value(sheet.take(units == unit), network, asked, own_unit=False)
        if value is not None:
            found.append(Portion(UNIT, named_part(network=network, level=UNIT, label=str(unit)), value, None))
    return tuple(found) if len(found) > 1 else ()


def _value(rows: Sheet, network: Network, asked: Asked, *, own_unit: bool) -> float | None:
    values = along(sheet=rows, network=network, own_unit=own_unit)
    if values is None:
        return None
    return in_period(name=rows.name, values=values, labels=rows.periods.labels, period=asked.period)
