"""The month at a glance: what the plan concludes, the figures that say it, the gap and its cover, the decisions that
move most money."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sandop.pack.page import Part
from sandop.pack.pages import decide
from sandop_web.access import Actor, query
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.access.versions import version_of
from sandop_web.queries.decisions import DecisionLine, Person, decisions_of_cycle
from sandop_web.queries.plans import current_version
from sandop_web.queries.steps.content import Needs, Reading, Tile, Told
from sandop_web.queries.steps.demand_review import year_ahead
from sandop_web.queries.steps.key_figures import figure_tile
from sandop_web.queries.steps.large_numbers import told_in_wan
from sandop_web.queries.steps.reading import read_step
from sandop_web.queries.steps.words import Words, scope_named
from sandop_web.queries.steps.year_tiles import gap_tile, year_tiles
from sandop_web.store.models import Decision, Version
from sandop_web.wording import say

MOST_DECISIONS = 3
HEADS = frozenset({"gm", SOP_MANAGER, "finance", "supply_chain_head", "operations_head", "sales_head", "viewer"})
NEEDS = Needs(reports=("money", "gap", "levers", "decisions", "kpis"))
OWN = Needs(sheets=("demand",), inputs=("orders",))
MADE_BY = "review"  # the step of the chain that sets the plan beside its budget

# Key figure → where the month tells more of it.
KEY_FIGURES: dict[str, str] = {
    "fill_rate": "supply_review",
    "stock_days": "supply_review",
    "utilisation_peak": "supply_review",
    "forecast_wmape": "demand_review",
}


@dataclass(frozen=True)
class AtStake:
    """A decision that is open, with the way that is recommended.

    money     at stake, plan currency; `way` is what is recommended
    until     last responsible moment; `passed` where it lies behind us
    """

    number: int
    title: str
    way: str
    money: float
    owner: Person | None
    until: dt.date | None
    passed: bool
    mine: bool


@dataclass(frozen=True)
class Glance:
    """The month in a screen.

    version     id of the version it speaks of; None where the company has no plan
    made        the plan has been set beside its budget
    headline    what the plan concludes; empty until it is made
    heads       the reader leads: the month comes first, what waits second
    tiles       each with the step that tells more of it
    gap         the gap to budget and what covers it; empty without a budget
    decisions   the open ones that move most money; `undecided` how many are open in all
    """

    version: int | None
    made: bool
    heads: bool
    headline: str = ""
    tiles: tuple[Tile, ...] = ()
    gap: tuple[Part, ...] = ()
    decisions: tuple[AtStake, ...] = ()
    undecided: int = 0


@query
def month_at_a_glance(*, by: Actor) -> Glance:
    """The month of the version the reader looks at, in their language; money is the whole company's."""
    current, heads = current_version(by=by), by.role in HEADS
    if current is None:
        return Glance(None, False, heads)
    version = version_of(by=by, version=current)
    listed = decisions_of_cycle(by=by)
    undecided = [line for line in listed.lines if line.state == Decision.State.OPEN] if listed.open else []
    at_stake = tuple(_at_stake(by, line) for line in undecided[:MOST_DECISIONS])
    if MADE_BY not in version.steps:
        return Glance(version.pk, False, heads, decisions=at_stake, undecided=len(undecided))
    reading = read_step(by=by, version=version, needs=NEEDS)
    chart = decide.gap_chart(reading.month, reading.reader)
    tiles = (*_own(by, version), *_tiles(reading))
    told = Told(decide.headline(reading.month, reading.reader), (), tiles=tiles, lead=(chart,) if chart else ())
    if reading.reader.in_wan:
        told = told_in_wan(told)
    return Glance(
        version=version.pk,
        made=True,
        heads=heads,
        headline=told.headline,
        tiles=told.tiles,
        gap=told.lead,
        decisions=at_stake,
        undecided=len(undecided),
    )


def _at_stake(by: Actor, line: DecisionLine) -> AtStake:
    until = line.last_responsible
    return AtStake(
        number=line.number,
        title=line.title,
        way=line.way,
        money=line.weight,
        owner=line.owner,
        until=until,
        passed=until is not None and until < by.today,
        mine=line.mine,
    )


def _own(by: Actor, version: Version) -> tuple[Tile, ...]:
    """The demand that the reader answers for, where they see only a part of the company."""
    if by.everywhere:
        return ()
    reading = read_step(by=by, version=version, needs=OWN)
    tile = year_ahead(reading, Words(reading.reader))
    if tile is None:
        return ()
    title = say("home.own_demand", by.language, scope=scope_named(by, reading.reader), demand=tile.title)
    return (replace(tile, title=title, section="demand_review"),)


def _tiles(reading: Reading) -> tuple[Tile, ...]:
    """The year in money, then the key figures of demand and supply beside their targets."""
    money = (*year_tiles(reading, section="pre_sop"), *gap_tile(reading, section="pre_sop"))
    words = Words(reading.reader)
    figures = (figure_tile(reading, words, kpi, section=step) for kpi, step in KEY_FIGURES.items())
    return (*money, *(tile for tile in figures if tile is not None))
