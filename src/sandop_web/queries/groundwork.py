"""What the plan rests on: its tables and numbers, how good they are, who answers for them, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from sandop_web.access import Actor, may_take, query
from sandop_web.queries.closing import QualityLine, data_close_of
from sandop_web.queries.cycle import MissingInput, open_cycle_of
from sandop_web.queries.masters import TableLine, tables_of
from sandop_web.queries.plans import StepMeasures, VersionFacts, current_version, plan_measures, version_facts
from sandop_web.wording import say


@dataclass(frozen=True)
class Groundwork:
    """The plan people look at and what it rests on.

    month       of the open cycle; empty where none is open
    closed      the cycle's data have been closed, and so checked
    qualities   name of a table or measure → how good it was when the data were closed
    troubled    those of them with trouble, the worst first
    missing     inputs that nobody has brought yet of the steps that are open
    later       how many are missing of the steps that follow
    """

    facts: VersionFacts | None
    headline: str
    month: str
    closed: bool
    qualities: dict[str, QualityLine]
    troubled: tuple[QualityLine, ...]
    missing: tuple[MissingInput, ...]
    later: int
    tables: tuple[TableLine, ...]
    steps: tuple[StepMeasures, ...]
    may_bring: bool


@query
def groundwork_of(*, by: Actor) -> Groundwork:
    """What the version that the reader looks at rests on."""
    version = current_version(by=by)
    cycle = open_cycle_of(by=by)
    close = data_close_of(by=by) if cycle else None
    qualities = close.qualities if close else ()
    troubled = tuple(line for line in qualities if line.score < 1.0)
    lines = cycle.steps if cycle else ()
    missing = tuple(given for line in lines if line.state in ("open", "submitted") for given in line.missing)
    later = sum(len(line.missing) for line in lines if line.state == "waiting")
    facts = version_facts(by=by, version=version) if version is not None else None
    tables = tables_of(by=by, version=version) if version is not None else ()
    steps = plan_measures(by=by, version=version) if version is not None else ()
    return Groundwork(
        facts=facts,
        headline=_headline(by, facts, tables, steps, missing, troubled, closed=bool(qualities)),
        month=cycle.month if cycle else "",
        closed=bool(qualities),
        qualities={line.name: line for line in qualities},
        troubled=troubled,
        missing=missing,
        later=later,
        tables=tables,
        steps=steps,
        may_bring=may_take(by=by, action="import_next_month"),
    )


def _headline(
    by: Actor,
    facts: VersionFacts | None,
    tables: tuple[TableLine, ...],
    steps: tuple[StepMeasures, ...],
    missing: tuple[MissingInput, ...],
    troubled: tuple[QualityLine, ...],
    *,
    closed: bool,
) -> str:
    """What the plan rests on, then the first thing that is wrong with it."""
    if facts is None:
        return say("plans.ground.none", by.language)
    brought = sum(line.there for step in steps for line in step.inputs)
    filled = sum(line.rows > 0 for line in tables)
    told = say("plans.ground.rests", by.language, tables=filled, measures=brought)
    if missing:
        return told + say("plans.ground.missing_count", by.language, count=len(missing))
    if troubled:
        worst = troubled[0]
        return told + say("plans.ground.worst", by.language, table=worst.title, share=f"{worst.score:.1%}")
    return told + say("plans.ground.clean" if closed else "plans.ground.unchecked", by.language)
