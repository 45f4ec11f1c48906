"""Scenarios side by side: which is better in money, what that costs in service and stock, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sandop.pack.figures import known
from sandop.pack.page import Part
from sandop_web.access import Actor, query
from sandop_web.access.versions import version_of
from sandop_web.queries.plans import VersionLine, versions_of
from sandop_web.queries.scenarios.assumptions import Assumption, assumptions
from sandop_web.queries.scenarios.figures import key_figures, read_figures
from sandop_web.queries.scenarios.outcomes import decisions_apart, shortages_apart
from sandop_web.queries.scenarios.side_by_side import Side, figures_table, margin_by_family, month_charts
from sandop_web.queries.steps.large_numbers import parts_in_wan
from sandop_web.wording import say

MOST = 4  # versions that fit beside each other


@dataclass(frozen=True)
class ScenarioComparison:
    """Versions side by side, the plan first.

    compared    those that were asked for; `unsolved` those of them without results
    figures     nothing where fewer than two have results
    """

    compared: tuple[VersionLine, ...]
    unsolved: tuple[VersionLine, ...]
    headline: str
    figures: tuple[Part, ...] = ()
    charts: tuple[Part, ...] = ()
    families: tuple[Part, ...] = ()
    shortages: tuple[Part, ...] = ()
    decisions: tuple[Part, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


@query
def compare_scenarios(*, by: Actor, versions: Sequence[int]) -> ScenarioComparison:
    """The versions side by side, at most `MOST` of them. Raises NothingThere for one that is not there."""
    for version in versions:
        version_of(by=by, version=version)
    known_ones = {line.version: line for line in versions_of(by=by)}
    wanted = [known_ones[version] for version in dict.fromkeys(versions)][:MOST]
    wanted.sort(key=lambda line: line.purpose == "scenario")  # the plan first, the others as they were asked for
    sides = [_side(by, line) for line in wanted if line.behind is not None]
    unsolved = tuple(line for line in wanted if line.behind is None)
    told = tuple(one for line in wanted[1:] for one in _assumed(by, wanted[0], line))
    if len(sides) < 2:
        headline = say("scenarios.compare.choose" if len(wanted) < 2 else "scenarios.compare.unsolved", by.language)
        return ScenarioComparison(tuple(wanted), unsolved, headline, assumptions=told)
    return ScenarioComparison(
        compared=tuple(wanted),
        unsolved=unsolved,
        headline=_headline(sides),
        figures=_one(sides, figures_table(sides)),
        charts=_in_form(sides, month_charts(sides)),
        families=_one(sides, margin_by_family(sides)),
        shortages=_one(sides, shortages_apart(sides)),
        decisions=_one(sides, decisions_apart(sides)),
        assumptions=told,
    )


def _side(by: Actor, line: VersionLine) -> Side:
    reading = read_figures(version_of(by=by, version=line.version), by)
    return Side(line, reading.month, reading.reader, key_figures(reading.month))


def _assumed(by: Actor, base: VersionLine, other: VersionLine) -> tuple[Assumption, ...]:
    return assumptions(version_of(by=by, version=base.version), version_of(by=by, version=other.version), by)


def _one(sides: Sequence[Side], part: Part | None) -> tuple[Part, ...]:
    return () if part is None else _in_form(sides, (part,))


def _in_form(sides: Sequence[Side], parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Amounts in 万 for who wants them so."""
    return parts_in_wan(parts) if sides[0].reader.in_wan else parts


def _headline(sides: Sequence[Side]) -> str:
    """The version that earns most, how much more than the first, and what that costs elsewhere."""
    reader, base, year = sides[0].reader, sides[0], sides[0].figures.year
    earning = [side for side in sides if known(side.figures["margin"])]
    if len(earning) < 2:
        return say("scenarios.compare.no_money", reader.language)
    best = max(earning, key=lambda side: side.figures["margin"])
    if best is base:
        least = max(earning[1:], key=lambda side: side.figures["margin"])
        money = reader.money(base.figures["margin"] - least.figures["margin"])
        return say("scenarios.compare.base_best", reader.language, base=_called(base), money=money, year=year)
    money = reader.money(best.figures["margin"] - base.figures["margin"])
    told = say(
        "scenarios.compare.best", reader.language, title=best.title, base=_called(base), money=money, year=year
    )
    return told + _price(base, best)


def _called(side: Side) -> str:
    """The plan is the plan; a scenario goes by its title."""
    plan = side.line.purpose == "plan"
    return say("scenarios.the_plan", side.reader.language) if plan else f"“{side.title}”"


def _price(base: Side, best: Side) -> str:
    """What service and stock do meanwhile."""
    reader = base.reader
    service = best.figures["service"] - base.figures["service"]
    stock = best.figures["stock"] - base.figures["stock"]
    parts = []
    if known(service) and abs(service) >= 0.0005:
        points = f"{service * 100:+.1f}"
        parts.append(say("scenarios.compare.service", reader.language, points=points))
    if known(stock) and abs(stock) >= 1_000:
        sign = "more_stock" if stock > 0 else "less_stock"
        parts.append(say(f"scenarios.compare.{sign}", reader.language, money=reader.money(abs(stock))))
    if not parts:
        return say("scenarios.compare.nothing_else", reader.language)
    return say("scenarios.compare.meanwhile", reader.language, parts=reader.joined(parts))
