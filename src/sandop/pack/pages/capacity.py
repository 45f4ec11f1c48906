"""Load against capacity by resource and month; the bottleneck with its regular, overtime and outsourced hours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sandop.pack.figures import NAN, Numbers, cells, known, months, sheet, total
from sandop.pack.page import Cell, Chart, Column, Page, Part, Place, Row, Series, Table, placed
from sandop.pack.places import made_place
from sandop.pack.reader import Reader
from sandop.pack.style import OVERLOADED
from sandop.scenario.month import Month

HOURS = ("load", "hours_available", "hours_regular", "hours_overtime", "hours_outsourced")
WORKERS = ("workers", "hired", "laid_off")


def page(month: Month, reader: Reader) -> Page | None:
    """Heat map, the bottleneck's chart, hours by resource. None where there is no load."""
    heat = loads(month)
    if not heat:
        return None
    hours = {name: by_resource(month, name) for name in HOURS}
    order, labels = list(heat), months(month)
    parts: list[Part] = [_heat_map(month, reader, order, heat, labels)]
    if known(_peak(heat[order[0]])):
        parts.append(chart(month, reader, order[0]))
    parts.append(_hours(month, reader, order, hours, labels))
    scope = reader.say("capacity.scope")
    return Page(
        "capacity", reader.say("tab.capacity"), _title(reader, order[0], heat, labels), scope, tuple(parts), (), 2
    )


def loads(month: Month) -> dict[str, Numbers]:
    """Resource → required hours / available regular hours by planned month, (month,); the highest peak first. Blank
    where the available hours are not known; resources nothing is required of are left out."""
    available = by_resource(month, "hours_available")
    heat = {
        resource: _ratio(load, available.get(resource))
        for resource, load in by_resource(month, "load").items()
        if total(load) > 0
    }
    return dict(sorted(heat.items(), key=lambda pair: -_peak(pair[1])))


def by_resource(month: Month, name: str) -> dict[str, Numbers]:
    """Resource → a measure of it by planned month, (month,)."""
    found = sheet(month, name)
    if found is None:
        return {}
    labels = months(month)
    columns = np.array([found.periods.position.get(label, -1) for label in labels])
    values = np.where(columns >= 0, found.values[:, columns], NAN) if len(found.rows) else found.values
    return {key[0]: row for key, row in zip(found.rows.keys, values)}


def _ratio(load: Numbers, available: Numbers | None) -> Numbers:
    if available is None:
        return np.full(load.shape, NAN)
    ratio: Numbers = np.divide(
        load, available, out=np.full(load.shape, NAN), where=~np.isnan(available) & (available > 0)
    )
    return ratio


def _peak(ratio: Numbers) -> float:
    return float(np.nanmax(ratio)) if not np.isnan(ratio).all() else -1.0


def _title(reader: Reader, worst: str, heat: dict[str, Numbers], labels: tuple[str, ...]) -> str:
    ratio = heat[worst]
    peak = _peak(ratio)
    if peak < 0:
        return reader.say("capacity.title_unknown")
    said = {
        "resource": reader.name("resources", worst),
        "load": f"{peak:.0%}",
        "month": reader.month(labels[int(np.nanargmax(ratio))]),
    }
    over = int((np.nan_to_num(ratio) > OVERLOADED).sum())
    if not over:
        return reader.say("capacity.title_fits", **said)
    others = sum(1 for name in heat if name != worst and _peak(heat[name]) > OVERLOADED)
    clause = reader.say("capacity.others", count=others) if others else ""
    return reader.say("capacity.title_over", **said, count=over, total=len(labels)) + clause


def _heat_map(
    month: Month, reader: Reader, order: list[str], heat: dict[str, Numbers], labels: tuple[str, ...]
) -> Table:
    sites = month.plan.network.parents["resource"]["site"]
    columns = (
        Column(reader.say("head.resource")),
        Column(reader.say("head.site")),
        *(Column(reader.short_month(label), "percent", width=8.5) for label in labels),
        Column(reader.say("head.highest"), "percent", width=9.5),
    )
    lines = tuple(
        Row(
            (
                reader.name("resources", name),
                reader.name("sites", sites.get(name, "")),
                *placed(cells(np.round(heat[name], 3)), _share(name), labels),
                _highest(name, heat[name], labels),
            )
        )
        for name in order
    )
    return Table(columns, lines, reader.say("capacity.heat"), heat=True)


def _share(resource: str) -> Place:
    return made_place("share", "load", "hours_available", at=(("resource", resource),))


def _highest(resource: str, load: Numbers, labels: tuple[str, ...]) -> Cell:
    """The highest load, where and when it is."""
    if _peak(load) < 0:
        return Cell(None)
    return Cell(_peak(load), place=replace(_share(resource), period=labels[int(np.nanargmax(load))]))


def _placed(values: Numbers, measure: str, resource: str, labels: tuple[str, ...]) -> list[Cell]:
    """Numbers (month,) that can be asked for: each stands in the measure at the resource."""
    return placed(cells(values), Place(measure, (("resource", resource),)), labels)


def chart(month: Month, reader: Reader, name: str) -> Chart:
    """Planned hours of a resource stacked (regular, overtime, outsourced), against required and available hours."""
    hours, labels = {measure: by_resource(month, measure) for measure in HOURS}, months(month)
    looks = (
        ("hours_regular", "plan", "stack"),
        ("hours_overtime", "second", "stack"),
        ("hours_outsourced", "third", "stack"),
        ("load", "compare", "line"),
        ("hours_available", "limit", "line"),
    )
    series = tuple(
        Series(
            reader.say(f"hours.{measure}"),
            cells(hours[measure][name]),
            role,
            shape,  # type: ignore[arg-type]
            Place(measure, (("resource", name),)),
        )
        for measure, role, shape in looks
        if name in hours[measure] and total(np.abs(hours[measure][name])) > 0
    )
    title = reader.say("capacity.chart", resource=reader.name("resources", name))
    categories = tuple(reader.short_month(label) for label in labels)
    return Chart(title, categories, series, "whole", reader.word("unit_of", "hour"), 15, labels)


def _hours(
    month: Month, reader: Reader, order: list[str], hours: dict[str, dict[str, Numbers]], labels: tuple[str, ...]
) -> Table:
    columns = (
        Column(reader.say("head.resource")),
        Column(reader.say("head.hours")),
        *reader.months(labels),
        Column(reader.say("head.total"), "whole"),
    )
    lines: list[Row] = []
    for name in order:
        shown = [(measure, hours[measure][name]) for measure in HOURS if name in hours[measure]]
        shown = [(measure, values) for measure, values in shown if total(np.abs(values)) > 0]
        for place, (measure, values) in enumerate(shown):
            first = reader.name("resources", name) if place == 0 else ""
            tone = "strong" if measure == "load" else "plain"
            shown_hours = _placed(values, measure, name, labels)
            whole = Cell(total(values), place=Place(measure, (("resource", name),)))
            lines.append(Row((first, reader.say(f"hours.{measure}"), *shown_hours, whole), tone))  # type: ignore[arg-type]
        lines += _workers(month, reader, name)
    return Table(columns, tuple(lines), reader.say("capacity.hours"))


def _workers(month: Month, reader: Reader, name: str) -> list[Row]:
    """Workers, hired and laid off, where the resource is sized by workers."""
    found = {measure: by_resource(month, measure).get(name) for measure in WORKERS}
    return [
        Row(("", reader.say(f"hours.{measure}"), *cells(values), None), "quiet")
        for measure, values in found.items()
        if values is not None and total(np.abs(values)) > 0
    ]
