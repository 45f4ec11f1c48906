"""A sheet as people read and change it: a page of its rows with names, totals, and who changed which cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sandop.calendar import Periods
from sandop.measures import measures
from sandop.network import Network
from sandop.plan import Key, Rows, Sheet, in_plan_units, level
from sandop_web.access import Actor, NotUnderstood, in_scope, query, sheet_in_scope
from sandop_web.access.editing import may_edit_measure
from sandop_web.access.sheet_rows import (
    Part,
    chosen,
    known_measure,
    labels,
    levels_of,
    part_named,
    parts_of,
    periods_spoken_of,
    rows_to_fill,
    speaking_of,
)
from sandop_web.access.versions import version_of
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.models import Change, Version
from sandop_web.store.plans import read_network, read_sheet
from sandop_web.wording import say

ROWS_SHOWN, PERIODS_SHOWN = 50, 12
MOST_CHOICES = 200  # labels of a level that can be chosen among; of more one looks for a part of the name


@dataclass(frozen=True)
class Touch:
    """The last change of a cell."""

    person: str
    at: dt.datetime
    why: str


@dataclass(frozen=True)
class Cell:
    """One cell: its value in the measure's unit, None where nobody has said; `touched` where somebody changed it."""

    period: str
    value: float | None
    touched: Touch | None = None


@dataclass(frozen=True)
class SheetRow:
    """One row: its key, the names of its parts, its cells."""

    key: Key
    parts: tuple[Part, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class SheetPage:
    """Which part of a sheet somebody looks at.

    wanted   level → label: {"family": "DOM", "customer": "E"}; blank is all
    text     occurs in an id or a name of the row
    page     from 1
    first    first period shown; empty: the first planned one, or the last closed ones of a history
    """

    wanted: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    page: int = 1
    rows: int = ROWS_SHOWN
    first: str = ""
    periods: int = PERIODS_SHOWN


@dataclass(frozen=True)
class SheetView:
    """A page of a sheet.

    choices     level → labels that the rows have, with their names, for choosing among them
    totals      of all chosen rows in each period shown, in plan units where that is needed; None where the measure
                does not add up or units differ
    count       chosen rows in all
    pages       pages they fill
    earlier, later    first period of the window before and after; empty where there is none
    may_edit    this reader may change its cells in their scope now, as far as the version is a draft
    """

    version: int
    measure: str
    unit: str
    decimals: int
    grain: tuple[str, ...]
    periods: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    totals: tuple[float | None, ...] | None
    choices: Mapping[str, tuple[Part, ...]]
    count: int
    page: int
    pages: int
    earlier: str
    later: str
    may_edit: bool


@query
def sheet_of(*, by: Actor, version: int, measure: str, shown: SheetPage | None = None) -> SheetView:
    """A page of a sheet in the reader's scope; an input nobody has brought shows the rows that may be filled.

    Raises NothingThere, NotUnderstood for a measure or a period that does not exist.
    """
    return _sheet_view(by, version, measure, shown or SheetPage())


@query
def whole_sheet(*, by: Actor, version: int, measure: str) -> Sheet:
    """All rows of a sheet in the reader's scope, as the library knows it: for programs, which take it in one piece.
    Raises NothingThere, NotUnderstood for a measure that does not exist."""
    found = version_of(by=by, version=version)
    network = read_network(found)
    return sheet_in_scope(by=by, sheet=_sheet(by, found, measure), network=network)


def _sheet_view(by: Actor, version: int, name: str, shown: SheetPage) -> SheetView:
    found = version_of(by=by, version=version)
    network = read_network(found)
    whole = sheet_in_scope(by=by, sheet=_sheet(by, found, name), network=network)
    may_edit = found.state == Version.State.DRAFT and may_edit_measure(by=by, version=found, name=name)
    if may_edit:
        whole = _with_rows_to_fill(by, found, whole, network)
    window = _window(by, whole.periods, shown, found.start)
    sheet = _chosen_rows(whole, network, shown)
    sheet = sheet.on(sheet.rows, window.shown)
    page, pages = _page(len(sheet.rows), shown)
    return SheetView(
        version=found.pk,
        measure=name,
        unit=sheet.unit,
        decimals=measures()[name].decimals,
        grain=sheet.rows.grain,
        periods=window.shown.labels,
        rows=_rows(found, sheet, range((page - 1) * shown.rows, min(page * shown.rows, len(sheet.rows))), network),
        totals=_totals(sheet, network),
        choices=_choices(whole.rows, network, shown.wanted),
        count=len(sheet.rows),
        page=page,
        pages=pages,
        earlier=window.earlier,
        later=window.later,
        may_edit=may_edit,
    )


def _sheet(by: Actor, version: Version, name: str) -> Sheet:
    known = known_measure(by=by, name=name)
    sheet = read_sheet(version, known.direction, name)
    return sheet or Sheet.blank(name, Rows(known.grain, ()), periods_spoken_of(version=version, name=name))


def _with_rows_to_fill(by: Actor, version: Version, sheet: Sheet, network: Network) -> Sheet:
    rows = rows_to_fill(version=version, name=sheet.name, network=network)
    mask = in_scope(by=by, rows=rows, network=network)
    offered = (key for key, keep in zip(rows.keys, mask) if keep)
    return sheet.on(Rows.of(sheet.rows.grain, (*sheet.rows.keys, *offered)))


def _chosen_rows(sheet: Sheet, network: Network, shown: SheetPage) -> Sheet:
    mask = chosen(rows=sheet.rows, network=network, wanted=shown.wanted)
    if shown.text.strip():
        mask &= speaking_of(rows=sheet.rows, network=network, text=shown.text.strip())
    return sheet.take(mask)


@dataclass(frozen=True)
class _Window:
    """The periods shown, and the first of the ones before and after; empty where there are none."""

    shown: Periods
    earlier: str
    later: str


def _window(by: Actor, periods: Periods, shown: SheetPage, plan_start: str) -> _Window:
    """The periods from the wanted one on; left out, from the first planned one, or the end of a history."""
    if shown.first and shown.first not in periods.position:
        field = say("plans.head.period", by.language)
        raise NotUnderstood(field=field, value=shown.first[:80], wanted=", ".join(periods.labels))
    last_window = max(len(periods) - shown.periods, 0)
    start = periods.position.get(shown.first or plan_start, 0 if not _is_past(periods, plan_start) else last_window)
    stop = min(start + shown.periods, len(periods))
    return _Window(
        periods.slice(start, stop),
        periods.labels[max(start - shown.periods, 0)] if start else "",
        periods.labels[stop] if stop < len(periods) else "",
    )


def _is_past(periods: Periods, plan_start: str) -> bool:
    return bool(len(periods)) and periods.month_labels[-1] < plan_start


def _page(count: int, shown: SheetPage) -> tuple[int, int]:
    """Page shown and pages in all; a page beyond the last is the last."""
    pages = max(-(-count // shown.rows), 1)
    return min(max(shown.page, 1), pages), pages


def _rows(version: Version, sheet: Sheet, places: range, network: Network) -> tuple[SheetRow, ...]:
    touched = _touches(version, sheet, {sheet.rows.keys[place] for place in places})
    rows = []
    for place in places:
        key = sheet.rows.keys[place]
        cells = tuple(
            Cell(period, none_if_blank(value), touched.get((key, period)))
            for period, value in zip(sheet.periods.labels, sheet.values[place])
        )
        rows.append(SheetRow(key, parts_of(grain=sheet.rows.grain, key=key, network=network), cells))
    return tuple(rows)


def _touches(version: Version, sheet: Sheet, keys: set[Key]) -> dict[tuple[Key, str], Touch]:
    """(row, period) → the last change of the cell, for the rows and periods shown."""
    changes = Change.objects.filter(version=version, measure=sheet.name, period__in=sheet.periods.labels)
    found = changes.order_by("pk").values_list("row", "period", "person", "at", "why")
    return {
        (tuple(row), period): Touch(person, at, why) for row, period, person, at, why in found if tuple(row) in keys
    }


def _totals(sheet: Sheet, network: Network) -> tuple[float | None, ...] | None:
    if measures()[sheet.name].over_rows != "sum" or not len(sheet.rows):
        return None
    at = level(sheet.rows, network, ())
    try:
        totals = at.total(in_plan_units(sheet, network, at))[0]
    except ValueError:  # families of different plan units have no total
        return None
    return tuple(none_if_blank(total) for total in totals)


def _choices(rows: Rows, network: Network, wanted: Mapping[str, str]) -> dict[str, tuple[Part, ...]]:
    """Level → its labels among the rows, where there is something to choose; of too many the one that is chosen."""
    found = {
        name: tuple(sorted({str(label) for label in labels(rows=rows, network=network, level=name)} - {""}))
        for name in levels_of(rows.grain)
    }
    offered = {
        level: names if len(names) <= MOST_CHOICES else tuple(name for name in names if name == wanted.get(level))
        for level, names in found.items()
        if len(names) > 1
    }
    return {
        level: tuple(part_named(network=network, level=level, label=name) for name in names)
        for level, names in offered.items()
        if names
    }
