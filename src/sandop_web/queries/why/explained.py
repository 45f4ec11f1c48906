"""The whole answer to "why is this number so", put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.measures import measure
from sandop.network import Network
from sandop.plan import Sheet
from sandop_web.access import Actor, NothingThere, NotUnderstood, query, sheet_in_scope
from sandop_web.access.sheet_rows import Part, known_measure, labels, levels_of, part_named
from sandop_web.access.versions import version_of
from sandop_web.queries.cell_history import made_of
from sandop_web.queries.why.reasons import Opinion, WhoChanged, changes_under, opinions_on
from sandop_web.queries.why.summing import Asked, Course, Piece, Portion, along, asked_of, in_period
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.models import Entry, Version
from sandop_web.store.plans import read_network, read_settings, read_sheet, read_sheets

MOST_PORTIONS = 8
_MONTHS_BACK = 24
# Measure of the plan → what really happened.
_ACTUAL = {
    "demand": "orders",
    "sales_forecast": "orders",
    "statistical": "orders",
    "baseline": "orders",
    "consensus": "orders",
    "deliveries": "shipments",
    "revenue": "revenue_actual",
    "production": "production_actual",
    "closing_stock": "stock_actual",
}


@dataclass(frozen=True)
class NumberExplained:
    """A number with all that made it.

    at          level → the part it chooses; empty for the whole company
    unit        of the number; `plan_unit` of its families where several items are summed; `currency` of the plan
    value       None for a blank, and where the rows have no total (`rows` says how many there are)
    made_of     the measures it is computed from, at the same place
    portions    what the next level below contributes, the largest first; `rest` are all others together
    courses     the number over time: plan, last plan, what happened
    changes     the latest changes of the cells under it; reasons: opinions that touch it
    """

    version: int
    measure: str
    direction: str
    at: tuple[tuple[str, Part], ...]
    period: str
    value: float | None
    unit: str
    plan_unit: str
    currency: str
    decimals: int
    rows: int
    made_of: tuple[Piece, ...]
    portions: tuple[Portion, ...]
    rest: float | None
    courses: tuple[Course, ...]
    changes: tuple[WhoChanged, ...]
    reasons: tuple[Opinion, ...]


@query
def number_explained(*, by: Actor, version: int, measure: str, at: Mapping[str, str], period: str) -> NumberExplained:
    """Why the number is so, in the reader's scope: a measure over the rows of all labels of `at` (level → label), in
    a month or week, or over the whole span.

    Raises NothingThere, also for a measure the version does not hold, and NotUnderstood for a measure or period that
    does not exist.
    """
    found = version_of(by=by, version=version)
    grain = known_measure(by=by, name=measure).grain
    chosen_at = {level: label for level, label in at.items() if label and level in levels_of(grain)}
    return _explained(by, found, Asked(measure, chosen_at, period))


def _explained(by: Actor, version: Version, asked: Asked) -> NumberExplained:
    network, known = read_network(version), measure(asked.measure)
    sheet = _sheet(by, version, asked, network)
    _require_period(by, sheet, asked)
    values = along(sheet=sheet, network=network)
    value = None if values is None else _at_period(sheet, values, asked)
    portions, rest = _portions(sheet, network, asked, value)
    entered = [name for name in (asked.measure, *made_of(asked.measure)) if measure(name).direction == "input"]
    return NumberExplained(
        version=version.pk,
        measure=asked.measure,
        direction=known.direction,
        at=tuple((level, part_named(network=network, level=level, label=label)) for level, label in asked.at.items()),
        period=asked.period,
        value=value,
        unit=known.unit,
        plan_unit=_plan_unit(sheet, network),
        currency=read_settings(version).company.currency,
        decimals=known.decimals,
        rows=len(sheet.rows),
        made_of=_pieces(by, version, asked, network),
        portions=portions,
        rest=rest,
        courses=_courses(by, version, asked, network, sheet),
        changes=changes_under(by=by, version=version, names=entered, asked=asked, network=network),
        reasons=opinions_on(rows=sheet.rows, network=network, asked=asked),
    )


def _sheet(by: Actor, version: Version, asked: Asked, network: Network) -> Sheet:
    known = measure(asked.measure)
    held = read_sheet(version, known.direction, asked.measure)
    if held is None:
        raise NothingThere()
    return asked_of(sheet=sheet_in_scope(by=by, sheet=held, network=network), network=network, asked=asked)


def _require_period(by: Actor, sheet: Sheet, asked: Asked) -> None:
    if asked.period and asked.period not in sheet.periods.position:
        title = measure(asked.measure).title(by.language)
        raise NotUnderstood(field=title, value=asked.period[:80], wanted=", ".join(sheet.periods.labels))


def _at_period(sheet: Sheet, values: NDArray[np.float64], asked: Asked) -> float | None:
    return in_period(name=sheet.name, values=values, labels=sheet.periods.labels, period=asked.period)


def _plan_unit(sheet: Sheet, network: Network) -> str:
    """The plan unit of the rows' families; empty for one row, for money, and where they differ."""
    if sheet.unit != "unit" or len(sheet.rows) < 2 or "item" not in sheet.rows.grain:
        return ""
    families = set(network.items.family[network.items.places(sheet.rows.column("item"))])
    units = set(network.families.unit[network.families.places(sorted(families))])
    return str(units.pop()) if len(units) == 1 else ""


def _pieces(by: Actor, version: Version, asked: Asked, network: Network) -> tuple[Piece, ...]:
    names = made_of(asked.measure)
    sheets = {**read_sheets(version, "input", names), **read_sheets(version, "result", names)}
    found = (_piece(by, sheets[name], asked, network) for name in names if name in sheets)
    return tuple(piece for piece in found if piece is not None)


def _piece(by: Actor, sheet: Sheet, asked: Asked, network: Network) -> Piece | None:
    """The measure at the same place; None where its rows know none of the levels asked for, or have no number."""
    if asked.at and not set(asked.at) & set(levels_of(sheet.rows.grain)):
        return None
    rows = asked_of(sheet=sheet_in_scope(by=by, sheet=sheet, network=network), network=network, asked=asked)
    values = along(sheet=rows, network=network)
    if values is None or (asked.period and asked.period not in rows.periods.position):
        return None
    known = measure(sheet.name)
    return Piece(sheet.name, known.direction, _at_period(rows, values, asked), known.decimals, len(rows.rows))


def _portions(
    sheet: Sheet, network: Network, asked: Asked, total: float | None
) -> tuple[tuple[Portion, ...], float | None]:
    """What the labels of the next level contribute, the largest first, and all others together."""
    level = _next_level(sheet, network, asked)
    if not level or total is None:
        return (), None
    named = labels(rows=sheet.rows, network=network, level=level)
    found = []
    for label in sorted(set(named)):
        part = sheet.take(named == label)
        values = along(sheet=part, network=network, own_unit=False)
        value = None if values is None else _at_period(part, values, asked)
        if value:
            share = value / total if total else None
            found.append(Portion(level, part_named(network=network, level=level, label=str(label)), value, share))
    found.sort(key=lambda portion: -abs(portion.value))
    rest = sum(portion.value for portion in found[MOST_PORTIONS:]) if len(found) > MOST_PORTIONS else None
    return tuple(found[:MOST_PORTIONS]), rest


def _next_level(sheet: Sheet, network: Network, asked: Asked) -> str:
    """The first level below that has more than one label; empty where there is none."""
    for level in levels_of(sheet.rows.grain):
        if level not in asked.at and len(set(labels(rows=sheet.rows, network=network, level=level)) - {""}) > 1:
            return level
    return ""


def _courses(by: Actor, version: Version, asked: Asked, network: Network, sheet: Sheet) -> tuple[Course, ...]:
    """The number over time, with the plan signed last and what happened."""
    held = [("plan", sheet.name, sheet)]
    actual = _ACTUAL.get(asked.measure, "")
    for what, kind, name in (("last_plan", Entry.Kind.PREVIOUS, asked.measure), ("actual", Entry.Kind.INPUT, actual)):
        other = read_sheet(version, kind, name) if name else None
        if other is not None:
            seen = sheet_in_scope(by=by, sheet=other, network=network)
            held.append((what, name, asked_of(sheet=seen, network=network, asked=asked)))
    courses = (_course(what, name, each, network) for what, name, each in held)
    return tuple(course for course in courses if course is not None)


def _course(what: str, name: str, sheet: Sheet, network: Network) -> Course | None:
    values = along(sheet=sheet, network=network)
    if values is None or not np.isfinite(values).any():
        return None
    first = max(len(values) - _MONTHS_BACK, 0) if what == "actual" else 0
    kept: Iterable[float] = values[first:]
    return Course(what, name, sheet.periods.labels[first:], tuple(none_if_blank(value) for value in kept))
