"""The scenarios of a company: what each changes, whether it has been solved, and what it earns beside its plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from babel.dates import format_date

from sandop.pack.figures import day, known, rows, text
from sandop.pack.page import Form
from sandop_web.access import Actor, NothingThere, may_take, query
from sandop_web.access.versions import version_of
from sandop_web.queries.jobs import JobView, run_of_version
from sandop_web.queries.plans import VersionFacts, VersionLine, version_facts, versions_of, working_version
from sandop_web.queries.scenarios.changes import ChangeLine, changes_in, reader_of
from sandop_web.queries.scenarios.figures import KeyFigures, key_figures, read_figures
from sandop_web.queries.scenarios.moved import BaseMoved, base_moved
from sandop_web.queries.scenarios.tiles import money_form, tiles_of
from sandop_web.queries.steps.content import Tile
from sandop_web.store.models import Change, Version
from sandop_web.wording import say

State = Literal["fresh", "stale", "none", "running"]


@dataclass(frozen=True)
class ScenarioLine:
    """A scenario in the list.

    state       of its results: fresh, stale, none; running while they are being made
    changes     what was changed, the latest first
    figures     of its last results; None where there are none
    beside      of the plan it was branched from; None where that has no results
    run         the run that waits, goes on, or ended last
    decide_by   the first last responsible moment among the plan's decisions on what it changes
    """

    line: VersionLine
    state: State
    changes: tuple[ChangeLine, ...]
    figures: KeyFigures | None
    beside: KeyFigures | None
    run: JobView | None
    decide_by: dt.date | None

    @property
    def earns(self) -> float:
        """Margin of the year beside the plan's, plan currency; NaN where either has none."""
        if self.figures is None or self.beside is None:
            return float("nan")
        return self.figures["margin"] - self.beside["margin"]


@dataclass(frozen=True)
class Scenarios:
    """All scenarios, the one that earns most first, those without results last. `plan` is the version people work on;
    None where there is none yet."""

    plan: VersionLine | None
    figures: KeyFigures | None
    lines: tuple[ScenarioLine, ...]
    headline: str
    money_unit: str
    money_form: Form
    may_branch: bool


@dataclass(frozen=True)
class ScenarioView:
    """One scenario as its page shows it; `moved` is how its plan has gone on since."""

    facts: VersionFacts
    scenario: ScenarioLine
    headline: str
    tiles: tuple[Tile, ...]
    moved: BaseMoved
    may_change: bool


@query
def scenarios_of(*, by: Actor) -> Scenarios:
    """The scenarios of the company that are still drafts."""
    versions = versions_of(by=by)
    working = working_version(by=by)
    plan = next((line for line in versions if line.version == working), None)
    lines = [_line(by, line) for line in versions if line.purpose == "scenario" and line.state == "draft"]
    reader = reader_of(version_of(by=by, version=plan.version), by) if plan else None
    lines.sort(key=lambda one: (not known(one.earns), -one.earns if known(one.earns) else 0.0))
    return Scenarios(
        plan=plan,
        figures=_figures(by, plan.version) if plan else None,
        lines=tuple(lines),
        headline=_headline(by, lines),
        money_unit=reader.money_unit("million") if reader else "",
        money_form=money_form(reader) if reader else "million",
        may_branch=may_take(by=by, action="branch_scenario"),
    )


@query
def scenario_of(*, by: Actor, version: int) -> ScenarioView:
    """One scenario. Raises NothingThere, also for a version that is no scenario."""
    facts = version_facts(by=by, version=version)
    if facts.purpose != "scenario":
        raise NothingThere()
    line = _line(by, facts)
    return ScenarioView(
        facts=facts,
        scenario=line,
        headline=_conclusion(by, line),
        tiles=_tiles(by, line),
        moved=base_moved(version_of(by=by, version=version), by),
        may_change=facts.state == "draft" and may_take(by=by, action="change_in_scenario"),
    )


def state_of(line: VersionLine, run: JobView | None) -> State:
    """How far a version's results are."""
    if run is not None and run.going:
        return "running"
    return "none" if line.behind is None else "stale" if line.behind else "fresh"


def _line(by: Actor, line: VersionLine) -> ScenarioLine:
    found = version_of(by=by, version=line.version)
    run = run_of_version(by=by, version=line.version)
    return ScenarioLine(
        line=line,
        state=state_of(line, run),
        changes=changes_in(found, by),
        figures=_figures(by, line.version),
        beside=_figures(by, line.parent) if line.parent else None,
        run=run,
        decide_by=_decide_by(by, found),
    )


def _figures(by: Actor, version: int) -> KeyFigures | None:
    found = version_of(by=by, version=version)
    return None if found.results_of is None else key_figures(read_figures(found, by).month)


def _decide_by(by: Actor, scenario: Version) -> dt.date | None:
    """The first last responsible moment among the plan's decisions on something that the scenario changes."""
    if scenario.parent is None or scenario.parent.results_of is None:
        return None
    changed_rows = Change.objects.filter(version=scenario).values_list("row", flat=True)
    changed = {str(part) for row in changed_rows for part in row}
    decisions = rows(read_figures(scenario.parent, by).month, "decisions")
    days = [day(row["last_responsible"]) for row in decisions if text(row["subject"]) in changed]
    coming = [one for one in days if isinstance(one, dt.date) and one >= by.today]
    return min(coming, default=None)


def _tiles(by: Actor, one: ScenarioLine) -> tuple[Tile, ...]:
    if one.figures is None:
        return ()
    return tiles_of(
        one.figures, one.beside, reader_of(version_of(by=by, version=one.line.version), by), one.line.version
    )


def _headline(by: Actor, lines: list[ScenarioLine]) -> str:
    """How many there are, which earns most, and by when somebody must decide on it."""
    solved = [one for one in lines if known(one.earns) and one.changes]
    if not lines:
        return say("scenarios.headline.none", by.language)
    if not solved:
        return say("scenarios.headline.unsolved", by.language, count=len(lines))
    best = solved[0]
    told = say("scenarios.headline.count", by.language, count=len(lines)) + _earns(by, best)
    if best.decide_by is not None:
        told += say("scenarios.headline.decide", by.language, day=_day(by, best.decide_by))
    return told


def _day(by: Actor, day: dt.date) -> str:
    zh = by.language == "zh"
    return str(format_date(day, "M月d日" if zh else "d MMM", locale="zh_Hans" if zh else "en"))


def _earns(by: Actor, one: ScenarioLine) -> str:
    """ "'Second shift' earns 0.7 M CNY more than the plan"."""
    reader = reader_of(version_of(by=by, version=one.line.version), by)
    key = "alike" if abs(one.earns) < 500 else "more" if one.earns > 0 else "less"
    money = reader.money(abs(one.earns))
    year = one.figures.year if one.figures else ""
    return say(f"scenarios.earns.{key}", by.language, title=one.line.title, money=money, year=year)


def _conclusion(by: Actor, one: ScenarioLine) -> str:
    """What the scenario's page says first."""
    if not one.changes:
        return say("scenarios.says.unchanged", by.language, title=one.line.title)
    if one.state == "running":
        return say("scenarios.says.running", by.language, title=one.line.title)
    if one.figures is None or one.line.behind:
        return say("scenarios.says.unsolved", by.language, title=one.line.title)
    return _earns(by, one) if known(one.earns) else say("scenarios.says.alone", by.language, title=one.line.title)
