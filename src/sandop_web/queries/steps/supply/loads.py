"""Where the load lies: resources by month, and how far ahead each of them is enough."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np

from sandop.calendar import first_day, quarter_of
from sandop.pack.figures import NAN, Numbers, months, share
from sandop.pack.page import Cell, Chart, Column, Row, Table, Tone
from sandop.pack.pages import capacity
from sandop.pack.places import made_place, span
from sandop.pack.style import OVERLOADED
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.ways_on import to_grid
from sandop_web.queries.steps.words import Words


def load_by_month(reading: Reading) -> tuple[Section, ...]:
    """Resource by month, the bottleneck's hours drawn; none where nothing is required of any resource."""
    page = capacity.page(reading.month, reading.reader)
    if page is None:
        return ()
    over = any(np.nanmax(load, initial=0.0) > OVERLOADED for load in capacity.loads(reading.month).values())
    tone: Tone = "bad" if over else "plain"
    onward = (to_grid(Words(reading.reader), "capacity"),)
    return (Section(page.id, page.tab, page.title, page.scope, page.parts, "", tone, onward),)


def bottleneck(reading: Reading) -> tuple[str, float, str]:
    """The resource with the highest load, its load, and the month; blank where none is known."""
    for resource, load in capacity.loads(reading.month).items():
        if not np.isnan(load).all():
            place = int(np.nanargmax(load))
            return resource, float(load[place]), months(reading.month)[place]
    return "", NAN, ""


def bottleneck_chart(reading: Reading) -> Chart | None:
    """Hours of the resource with the highest load, stacked, against what is there."""
    resource, _, _ = bottleneck(reading)
    return capacity.chart(reading.month, reading.reader, resource) if resource else None


def long_term(reading: Reading, words: Words) -> Section:
    """Load by quarter to the end of the plan, the first month beyond the regular hours, and the day by which more
    capacity must be decided: so many days before as the resource takes to extend."""
    reader, labels = reading.reader, months(reading.month)
    loads = capacity.loads(reading.month)
    quarters = list(dict.fromkeys(map(quarter_of, labels)))
    columns = (
        Column(reader.say("head.resource")),
        *(Column(quarter, "percent") for quarter in quarters),
        Column(words.say("supply.long.head.first")),
        Column(words.say("supply.long.head.decide"), "date"),
    )
    lines = tuple(_resource(reading, words, resource, quarters) for resource in loads)
    table = Table(columns, lines, words.say("supply.long.table"), heat=True)
    conclusion = _conclusion(reading, words, loads)
    scope = words.say("supply.long.scope", count=len(labels))
    return Section("long-term", words.say("supply.long.title"), conclusion, scope, (table,) if lines else ())


def _resource(reading: Reading, words: Words, resource: str, quarters: list[str]) -> Row:
    reader, labels = reading.reader, months(reading.month)
    required = capacity.by_resource(reading.month, "load")[resource]
    available = capacity.by_resource(reading.month, "hours_available").get(resource, np.full(required.shape, NAN))
    shares: list[Cell] = []
    for quarter in quarters:
        inside = np.array([quarter_of(label) == quarter for label in labels])
        whole = [label for label, within in zip(labels, inside) if within]
        place = made_place(
            "share", "load", "hours_available", at=(("resource", resource),), period=span(whole[0], whole[-1])
        )
        loaded = round(share(float(required[inside].sum()), float(available[inside].sum())), 3)
        shares.append(Cell(loaded, place=place))
    first = _first_over(capacity.loads(reading.month)[resource], labels)
    said = Cell(reader.month(first), tone="watch") if first else Cell(words.say("supply.long.never"), tone="quiet")
    return Row((reader.name("resources", resource), *shares, said, _decide_by(reading, resource, first)))


def _first_over(load: Numbers, labels: tuple[str, ...]) -> str:
    over = np.flatnonzero(np.nan_to_num(load) > OVERLOADED)
    return labels[int(over[0])] if len(over) else ""


def _decide_by(reading: Reading, resource: str, first: str) -> dt.date | None:
    resources = reading.month.plan.network.resources
    if not first or resource not in resources.position:
        return None
    days = float(resources.extra_lead_days[resources.position[resource]])
    return first_day(first) - dt.timedelta(days=math.ceil(days)) if math.isfinite(days) else None


def _conclusion(reading: Reading, words: Words, loads: dict[str, Numbers]) -> str:
    labels = months(reading.month)
    firsts = {resource: _first_over(load, labels) for resource, load in loads.items()}
    over = {resource: first for resource, first in firsts.items() if first}
    if not over:
        return words.say("supply.long.fits", count=len(labels))
    resource = min(over, key=lambda one: over[one])
    named = reading.reader.name("resources", resource)
    said = {"count": len(over), "total": len(loads), "resource": named, "month": reading.reader.month(over[resource])}
    return words.say("supply.long.over", **said)
