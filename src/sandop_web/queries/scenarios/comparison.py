"""Scenarios side by side: which is better in money, what that costs in service and stock, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sandop.pack.page import Beside, Part
from sandop_web.access import Actor, query
from sandop_web.access.versions import version_of
from sandop_web.queries.plans import VersionLine, versions_of
from sandop_web.queries.scenarios.advice import advice, headline
from sandop_web.queries.scenarios.assumptions import Assumption, assumptions
from sandop_web.queries.scenarios.figures import key_figures, read_figures
from sandop_web.queries.scenarios.money_apart import effects_of
from sandop_web.queries.scenarios.outcomes import decisions_apart, shortages_apart
from sandop_web.queries.scenarios.served import service_apart
from sandop_web.queries.scenarios.side_by_side import (
    Side,
    figures_table,
    load_chart,
    margin_by_family,
    month_chart,
)
from sandop_web.queries.steps.large_numbers import parts_in_wan
from sandop_web.wording import say

MOST = 4  # versions that fit beside each other


@dataclass(frozen=True)
class ScenarioComparison:
    """Versions side by side, the plan first.

    compared    those that were asked for; `unsolved` those of them without results
    advice      which to choose and what it risks, a sentence each
    figures     key figures; nothing here and below where fewer than two have results
    charts      what makes the margin another one, and in which months
    families    margin by family, where there are several beside the first
    service     customers that are not served alike
    loads       the resource whose load differs most
    """

    compared: tuple[VersionLine, ...]
    unsolved: tuple[VersionLine, ...]
    headline: str
    advice: tuple[str, ...] = ()
    figures: tuple[Part, ...] = ()
    charts: tuple[Part, ...] = ()
    families: tuple[Part, ...] = ()
    service: tuple[Part, ...] = ()
    loads: tuple[Part, ...] = ()
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
        told_first = say("scenarios.compare.choose" if len(wanted) < 2 else "scenarios.compare.unsolved", by.language)
        return ScenarioComparison(tuple(wanted), unsolved, told_first, assumptions=told)
    return ScenarioComparison(
        compared=tuple(wanted),
        unsolved=unsolved,
        headline=headline(sides),
        advice=advice(sides),
        figures=_one(sides, figures_table(sides)),
        charts=_charts(by, sides),
        families=_one(sides, margin_by_family(sides)) if len(sides) > 2 else (),
        service=_one(sides, service_apart(sides)),
        loads=_one(sides, load_chart(sides)),
        shortages=_one(sides, shortages_apart(sides)),
        decisions=_one(sides, decisions_apart(sides)),
        assumptions=told,
    )


def _side(by: Actor, line: VersionLine) -> Side:
    reading = read_figures(version_of(by=by, version=line.version), by)
    return Side(line, reading.month, reading.reader, key_figures(reading.month))


def _charts(by: Actor, sides: Sequence[Side]) -> tuple[Part, ...]:
    effects, months = effects_of(by, sides), month_chart(sides)
    return _in_form(sides, (months,) if effects is None else (Beside((effects,), (months,)),))


def _assumed(by: Actor, base: VersionLine, other: VersionLine) -> tuple[Assumption, ...]:
    return assumptions(version_of(by=by, version=base.version), version_of(by=by, version=other.version), by)


def _one(sides: Sequence[Side], part: Part | None) -> tuple[Part, ...]:
    return () if part is None else _in_form(sides, (part,))


def _in_form(sides: Sequence[Side], parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Amounts in 万 for who wants them so."""
    return parts_in_wan(parts) if sides[0].reader.in_wan else parts
