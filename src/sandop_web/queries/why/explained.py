"""The whole answer to "why is this number so", put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sandop.measures import measure
from sandop.network import Network
from sandop.plan import Sheet
from sandop_web.access import Actor, NothingThere, NotUnderstood, query, sheet_in_scope
from sandop_web.access.sheet_rows import Part, known_measure, levels_of
from sandop_web.access.versions import version_of
from sandop_web.queries.cell_history import made_of
from sandop_web.queries.why.equations import equation_of, terms_of
from sandop_web.queries.why.pieces import Piece, pieces_of
from sandop_web.queries.why.portions import Portion, portions_of
from sandop_web.queries.why.reasons import Opinion, WhoChanged, changes_under, opinions_on
from sandop_web.queries.why.summing import (
    UNIT,
    Asked,
    along,
    asked_of,
    knows,
    named_part,
    number_of,
    one_item,
    scope_of,
)
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.models import Entry, Version
from sandop_web.store.plans import read_network, read_settings, read_sheet

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
class Course:
    """How a number went, period by period, (period,). `what` says which number: plan, last_plan, actual."""

    what: str
    measure: str
    periods: tuple[str, ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class NumberExplained:
    """A number with all that made it.

    scope       family and region to which it is cut for this reader, by name; empty for the whole company
    at          level → the part it chooses; empty for the whole company
    unit        of the number; `plan_unit` of its families where several items are summed; `currency` of the plan
    value       None for a blank, and where the rows have no total (`rows` says how many there are)
    equation    what gives it exactly, each with its sign; empty where nothing does
    made_of     the measures it is computed from, at the same place
    portions    what the next level below contributes, the largest first; `rest` are all others together
    courses     the number over time: plan, last plan, what happened
    changes     the latest changes of the cells under it; reasons: opinions that touch it
    """

    version: int
    measure: str
    direction: str
    scope: str
    at: tuple[tuple[str, Part], ...]
    period: str
    value: float | None
    unit: str
    plan_unit: str
    currency: str
    decimals: int
    rows: int
    equation: tuple[tuple[str, Piece], ...]
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
    known_levels = levels_of(grain)
    known_levels += (UNIT,) if "family" in known_levels else ()
    chosen_at = {level: label for level, label in at.items() if label and level in known_levels}
    return _explained(by, found, Asked(measure, chosen_at, period))


def _explained(by: Actor, version: Version, asked: Asked) -> NumberExplained:
    network, known = read_network(version), measure(asked.measure)
    sheet = _sheet(by, version, asked, network)
    _require_period(by, sheet, asked)
    value = number_of(rows=sheet, network=network, asked=asked)
    portions, rest = portions_of(sheet=sheet, network=network, asked=asked, total=value)
    makes = made_of(asked.measure)
    terms = (*makes, *terms_of(asked.measure))
    pieces = pieces_of(by=by, version=version, names=terms, asked=asked, network=network)
    entered = [name for name in (asked.measure, *makes) if measure(name).direction == "input"]
    return NumberExplained(
        version=version.pk,
        measure=asked.measure,
        direction=known.direction,
        scope=scope_of(by=by, network=network),
        at=tuple((level, named_part(network=network, level=level, label=label)) for level, label in asked.at.items()),
        period=asked.period,
        value=value,
        unit=known.unit,
        plan_unit=_plan_unit(sheet, network),
        currency=read_settings(version).company.currency,
        decimals=known.decimals,
        rows=len(sheet.rows),
        equation=equation_of(measure=asked.measure, value=value, pieces=pieces),
        made_of=tuple(piece for piece in pieces if piece.measure in makes),
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
    if not knows(sheet, asked.period):
        title = measure(asked.measure).title(by.language)
        raise NotUnderstood(field=title, value=asked.period[:80], wanted=", ".join(sheet.periods.labels))


def _plan_unit(sheet: Sheet, network: Network) -> str:
    """The plan unit of the rows' families; empty for one item, for money, and where they differ."""
    if sheet.unit != "unit" or "item" not in sheet.rows.grain or one_item(sheet) or not len(sheet.rows):
        return ""
    families = set(network.items.family[network.items.places(sheet.rows.column("item"))])
    units = set(network.families.unit[network.families.places(sorted(families))])
    return str(units.pop()) if len(units) == 1 else ""


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
