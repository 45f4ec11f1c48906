"""Scenarios: their list, branching off, comparing, merging back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from sandop_web.actions.merging import Chosen, MergeConflict, merge_scenario
from sandop_web.actions.scenario_renewing import renew_scenario
from sandop_web.actions.scenarios import branch_scenario, discard_scenario, rename_scenario
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import DONE, MADE, done, made, says
from sandop_web.api.values import MOST_CELLS, AnyId, MeasureName, Name, Reason, Sent, Title, VersionId, Why
from sandop_web.queries.comparing import MeasureCells, VersionComparison, compare_measure, compare_versions
from sandop_web.queries.merging import MergeOutlook, StepInTheWay, merge_outlook, signed_steps_in_the_way
from sandop_web.queries.plans import VersionFacts, VersionLine
from sandop_web.queries.scenarios import (
    MOST,
    KeyFigures,
    ScenarioComparison,
    ScenarioLine,
    Scenarios,
    ScenarioView,
    compare_scenarios,
    money_apart,
    scenario_of,
    scenarios_of,
)
from sandop_web.queries.scenarios.assumptions import Assumption
from sandop_web.queries.scenarios.bridging import Bridged, effect_names
from sandop_web.queries.scenarios.moved import BaseMoved

router = Router()


class NewScenario(Sent):
    """A scenario to be branched off, or its new title."""

    title: Title
    why: Why


class NewVersion(BaseModel):
    """A version that is there now."""

    version: Annotated[int, Field(description="Its id")]


class ChosenSide(Sent):
    """How a conflict is settled: ours keeps the plan's, theirs takes the scenario's."""

    name: Annotated[Name, Field(description="Measure or table")]
    row: Annotated[list[AnyId], Field(max_length=8, description="Key of the row, as the conflict names it")]
    part: Annotated[AnyId, Field(description="Period or column, as the conflict names it")] = ""
    side: Literal["ours", "theirs"]


class Merging(Sent):
    """How the conflicts are settled that a merge has found before."""

    choices: Annotated[list[ChosenSide], Field(max_length=MOST_CELLS, default_factory=list)]
    why: Why


@dataclass(frozen=True)
class MergeOutcome:
    """What came of a merge.

    merged      false while conflicts are unsettled: nothing was written then
    conflicts   what both changed, not alike, and nobody has settled yet
    """

    merged: bool
    conflicts: tuple[MergeConflict, ...]


@dataclass(frozen=True)
class ScenarioList:
    """The scenarios of the company that are still drafts, the one that earns most first.

    plan        the version people work on; null where there is none yet
    figures     key figures of the plan; null where it has no results
    """

    plan: VersionLine | None
    figures: KeyFigures | None
    lines: tuple[ScenarioLine, ...]
    headline: str
    may_branch: bool


@dataclass(frozen=True)
class ScenarioTold:
    """One scenario: its facts, what it changes, what it comes to beside its plan, and how that has gone on since."""

    facts: VersionFacts
    scenario: ScenarioLine
    headline: str
    moved: BaseMoved
    may_change: bool


@dataclass(frozen=True)
class ScenariosCompared:
    """Versions side by side, the plan first; the key figures of each stand in the list of scenarios.

    compared    those that were asked for
    unsolved    those of them without results
    headline    which earns most, and what that costs in service and stock
    assumptions   what each assumes differently from the first
    """

    compared: tuple[VersionLine, ...]
    unsolved: tuple[VersionLine, ...]
    headline: str
    assumptions: tuple[Assumption, ...]


@dataclass(frozen=True)
class BridgedNode:
    """What sets two versions apart at one node, plan currency: start + effects = end, to the cent.

    node        label at the level asked for
    effects     effect → amount: price, currency, volume, mix, new, lost, cost
    """

    node: str
    start: float
    effects: dict[str, float]
    end: float


@dataclass(frozen=True)
class MoneyBridged:
    """The margin or revenue of a version bridged to another's.

    months      first and last month; empty where they share none or have no money
    total       all together; null where they have no money
    """

    line: str
    level: str
    months: tuple[str, str]
    headline: str
    total: BridgedNode | None
    nodes: tuple[BridgedNode, ...]


class BridgeWanted(BaseModel):
    """What is bridged, by what it is taken apart, and what it is narrowed to."""

    line: Annotated[Literal["margin", "revenue"], Field(description="What is bridged")] = "margin"
    level: Annotated[
        Literal["family", "region", "customer", "item", "month"], Field(description="By what it is taken apart")
    ] = "family"
    family: Annotated[AnyId, Field(description="Narrowed to this family")] = ""
    region: Annotated[AnyId, Field(description="Narrowed to this region")] = ""
    customer: Annotated[AnyId, Field(description="Narrowed to this customer")] = ""
    item: Annotated[AnyId, Field(description="Narrowed to this item")] = ""
    month: Annotated[AnyId, Field(description="Narrowed to this month")] = ""


class ScenariosWanted(BaseModel):
    """Which versions are compared."""

    versions: Annotated[list[VersionId], Field(min_length=1, max_length=MOST, description="Ids of the versions")]


class CellsWanted(BaseModel):
    """Which differing cells are wanted."""

    page: Annotated[int, Field(ge=1, le=1_000_000, description="Page of the cells, from 1")] = 1


@router.get("/scenarios", response=says(ScenarioList))
def scenarios(request: Asked) -> Scenarios:
    """The scenarios that are still drafts: what each changes, whether it is solved, what it earns beside the plan."""
    return scenarios_of(by=request.auth)


@router.get("/scenarios/compared", response=says(ScenariosCompared))
def compared_scenarios(request: Asked, wanted: Query[ScenariosWanted]) -> ScenarioComparison:
    """Scenarios beside the plan: which earns most, what that costs elsewhere, and what each assumes differently."""
    return compare_scenarios(by=request.auth, versions=wanted.versions)


@router.get("/versions/{version}/scenario", response=says(ScenarioTold))
def scenario(request: Asked, version: VersionId) -> ScenarioView:
    """One scenario; a version that is none is not there."""
    return scenario_of(by=request.auth, version=version)


@router.post("/versions/{version}/scenarios", response=says(NewVersion, status=MADE))
def branch(request: Asked, version: VersionId, body: NewScenario) -> Status[NewVersion]:
    """Branch off a scenario: a draft that begins as the version stands."""
    return made(NewVersion(version=branch_scenario(by=request.auth, version=version, **body.model_dump())))


@router.put("/versions/{version}/title", response=says(None, status=DONE))
def rename(request: Asked, version: VersionId, body: NewScenario) -> Status[None]:
    """Give a scenario another title."""
    rename_scenario(by=request.auth, version=version, **body.model_dump())
    return done()


@router.post("/versions/{version}/renew", response=says(NewVersion, status=MADE))
def renew(request: Asked, version: VersionId, body: Reason) -> Status[NewVersion]:
    """Lay a scenario anew over its plan as it is now, with what was tried in it; the old one is gone."""
    return made(NewVersion(version=renew_scenario(by=request.auth, version=version, why=body.why)))


@router.get("/versions/{version}/merge", response=says(MergeOutlook))
def merging(request: Asked, version: VersionId) -> MergeOutlook:
    """What merging a scenario would do: what comes into the plan, what the plan changed meanwhile, what must be
    reopened, what the caller may not change."""
    return merge_outlook(by=request.auth, version=version)


@router.post("/versions/{version}/discard", response=says(None, status=DONE))
def discard(request: Asked, version: VersionId, body: Reason) -> Status[None]:
    """Throw a scenario away with its changes."""
    discard_scenario(by=request.auth, version=version, why=body.why)
    return done()


@router.post("/versions/{version}/merge", response=says(MergeOutcome))
def merge(request: Asked, version: VersionId, body: Merging) -> MergeOutcome:
    """Merge what a scenario changed into the plan it was branched from.

    What both changed comes back as conflicts, and nothing is written until each is settled.
    """
    choices = [Chosen(one.name, tuple(one.row), one.part, one.side) for one in body.choices]
    conflicts = merge_scenario(by=request.auth, version=version, choices=choices, why=body.why)
    return MergeOutcome(merged=not conflicts, conflicts=conflicts)


@router.get("/versions/{version}/merge/signed-steps", response=says(list[StepInTheWay]))
def steps_in_the_way(request: Asked, version: VersionId) -> tuple[StepInTheWay, ...]:
    """Signed steps whose numbers a scenario changes: its merge is refused until they are reopened."""
    return signed_steps_in_the_way(by=request.auth, version=version)


@router.get("/versions/{version}/compared-with/{other}", response=says(VersionComparison))
def comparison(request: Asked, version: VersionId, other: VersionId) -> VersionComparison:
    """What sets the other version apart from this one: measures, tables, settings, key figures, money."""
    return compare_versions(by=request.auth, a=version, b=other)


@router.get("/versions/{version}/money-beside/{other}", response=says(MoneyBridged))
def money_beside(request: Asked, version: VersionId, other: VersionId, wanted: Query[BridgeWanted]) -> MoneyBridged:
    """Why the other version earns something else than this one: price, volume, mix, new and lost business and cost,
    by family, region, customer, item or month, exact to the cent at every node."""
    within = wanted.model_dump(exclude={"line", "level"})
    found = money_apart(
        by=request.auth, base=version, other=other, line=wanted.line, level=wanted.level, within=within
    )
    total = None if found.total is None else _bridged(found.total)
    return MoneyBridged(
        found.line, found.level, found.months, found.headline, total, tuple(map(_bridged, found.bridged))
    )


def _bridged(one: Bridged) -> BridgedNode:
    return BridgedNode(one.node, one.start, dict(zip(effect_names(), one.effects)), one.end)


@router.get("/versions/{version}/compared-with/{other}/{measure}", response=says(MeasureCells))
def compared_cells(
    request: Asked, version: VersionId, other: VersionId, measure: MeasureName, wanted: Query[CellsWanted]
) -> MeasureCells:
    """The cells of one measure that differ from this version to the other, and its totals."""
    return compare_measure(by=request.auth, a=version, b=other, measure=measure, page=wanted.page)
