"""What the meeting sees on its first page and before it signs: conclusion, scorecard, gap, proof."""

from __future__ import annotations

from dataclasses import dataclass

from sandop.pack.figures import flag, rows
from sandop.pack.page import Beside, Chart, Part, Series
from sandop.pack.pages import decide, money
from sandop.pack.reader import scale_of
from sandop.wording import Language
from sandop_web.access import Actor, query
from sandop_web.access.cycles import open_cycle_in
from sandop_web.queries.decision_views import DecisionView
from sandop_web.queries.steps.content import Needs, Reading, Tile, first_table
from sandop_web.queries.steps.reading import read_step
from sandop_web.queries.steps.scorecard import score_tiles
from sandop_web.queries.steps.year_tiles import gap_tile, year_tiles
from sandop_web.wording import say

_NEEDS = Needs(reports=("money", "gap", "kpis", "decisions", "levers", "identities", "certificate", "shortages"))
_AMOUNTS = (("money", "plan"), ("cost", "limit"), ("revenue", "second"))


@dataclass(frozen=True)
class Seen:
    """A page of the meeting in the reader's language; `sentences` are said under the headline."""

    made: bool
    headline: str = ""
    sentences: tuple[str, ...] = ()
    tiles: tuple[Tile, ...] = ()
    parts: tuple[Part, ...] = ()


@query
def opening_of_meeting(*, by: Actor) -> Seen:
    """The plan of the open cycle in a sentence, its scorecard, the gap and what covers it."""
    reading = _reading(by)
    if reading is None:
        return Seen(made=False)
    chart = decide.gap_chart(reading.month, reading.reader)
    return Seen(
        made=True,
        headline=decide.headline(reading.month, reading.reader),
        tiles=(
            *year_tiles(reading, section=""),
            *gap_tile(reading, section=""),
            *score_tiles(reading)[:5],
        ),
        parts=(chart,) if chart else (),
    )


@query
def plan_of_meeting(*, by: Actor) -> Seen:
    """The plan that is to be signed: the year in money, the gap and its cover, whether its identities hold, its
    proof."""
    reading = _reading(by)
    if reading is None:
        return Seen(made=False)
    month, reader = reading.month, reading.reader
    chart, years = decide.gap_chart(month, reader), first_table(money.page(month, reader))
    return Seen(
        made=True,
        headline=decide.headline(month, reader),
        sentences=(_identities(reading), decide.proof(month, reader)),
        tiles=(*year_tiles(reading, section=""), *gap_tile(reading, section="")),
        parts=(*(years.parts if years else ()), *((chart,) if chart else ())),
    )


def alternatives_chart(seen: DecisionView, *, currency: str, language: Language) -> Chart | None:
    """What each alternative earns, costs and brings in; None where no money is known."""
    ways = seen.alternatives
    amounts = [getattr(way, name) for way in ways for name, _ in _AMOUNTS]
    if not any(amounts):
        return None
    scale = scale_of(amounts)
    return Chart(
        title=say("meeting.chart.alternatives", language),
        categories=tuple(way.letter.upper() for way in ways),
        series=tuple(
            Series(say(f"meeting.chart.{name}", language), tuple(getattr(way, name) for way in ways), role)
            for name, role in _AMOUNTS
            if any(getattr(way, name) for way in ways)
        ),
        form=scale,
        unit=say(f"pack.unit.{scale}", language, currency=currency),
    )


def service_chart(seen: DecisionView, *, currency: str, language: Language) -> Chart | None:
    """What each alternative does for service: penalties for late and lost demand that it avoids, or the quantity it
    delivers more where nothing is priced. None where no alternative touches service."""
    avoided = [way.worth - way.money for way in seen.alternatives]
    units = [way.units for way in seen.alternatives]
    priced = any(abs(one) >= 1 for one in avoided)
    if not priced and not any(units):
        return None
    scale = scale_of(avoided) if priced else "whole"
    name = "avoided" if priced else "units"
    unit = (
        say(f"pack.unit.{scale}", language, currency=currency) if priced else say("causes.chart.plan_units", language)
    )
    return Chart(
        title=say("causes.chart.service", language),
        categories=tuple(way.letter.upper() for way in seen.alternatives),
        series=(Series(say(f"causes.chart.{name}", language), tuple(avoided if priced else units), "third"),),
        form=scale,
        unit=unit,
    )


def effects_side_by_side(seen: DecisionView, *, currency: str, language: Language) -> tuple[Part, ...]:
    """Money and service of the alternatives, beside each other."""
    money = alternatives_chart(seen, currency=currency, language=language)
    service = service_chart(seen, currency=currency, language=language)
    if money is None or service is None:
        return tuple(chart for chart in (money, service) if chart is not None)
    return (Beside((money,), (service,)),)


def _reading(by: Actor) -> Reading | None:
    cycle = open_cycle_in(by.company_id)
    if cycle is None or "review" not in cycle.version.steps:
        return None
    return read_step(by=by, version=cycle.version, needs=_NEEDS)


def _identities(reading: Reading) -> str:
    """Whether units, stock and money agree in every family and month."""
    found = rows(reading.month, "identities")
    broken = sum(not flag(row.get("holds")) for row in found)
    if broken:
        return say("meeting.identities.broken", reading.reader.language, broken=broken, count=len(found))
    return say("meeting.identities.hold", reading.reader.language, count=len(found))
