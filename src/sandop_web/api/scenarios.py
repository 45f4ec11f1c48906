"""Scenarios: branching off, comparing, merging back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from sandop_web.actions.merging import Chosen, MergeConflict, merge_scenario
from sandop_web.actions.scenarios import branch_scenario, discard_scenario, rename_scenario
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import DONE, MADE, done, made, says
from sandop_web.api.values import MOST_CELLS, AnyId, MeasureName, Name, Reason, Sent, Title, VersionId, Why
from sandop_web.queries.comparing import MeasureCells, VersionComparison, compare_measure, compare_versions

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


class CellsWanted(BaseModel):
    """Which differing cells are wanted."""

    page: Annotated[int, Field(ge=1, le=1_000_000, description="Page of the cells, from 1")] = 1


@router.post("/versions/{version}/scenarios", response=says(NewVersion, status=MADE))
def branch(request: Asked, version: VersionId, body: NewScenario) -> Status[NewVersion]:
    """Branch off a scenario: a draft that begins as the version stands."""
    return made(NewVersion(version=branch_scenario(by=request.auth, version=version, **body.model_dump())))


@router.put("/versions/{version}/title", response=says(None, status=DONE))
def rename(request: Asked, version: VersionId, body: NewScenario) -> Status[None]:
    """Give a scenario another title."""
    rename_scenario(by=request.auth, version=version, **body.model_dump())
    return done()


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


@router.get("/versions/{version}/compared-with/{other}", response=says(VersionComparison))
def comparison(request: Asked, version: VersionId, other: VersionId) -> VersionComparison:
    """What sets the other version apart from this one: measures, tables, settings, key figures, money."""
    return compare_versions(by=request.auth, a=version, b=other)


@router.get("/versions/{version}/compared-with/{other}/{measure}", response=says(MeasureCells))
def compared_cells(
    request: Asked, version: VersionId, other: VersionId, measure: MeasureName, wanted: Query[CellsWanted]
) -> MeasureCells:
    """The cells of one measure that differ from this version to the other, and its totals."""
    return compare_measure(by=request.auth, a=version, b=other, measure=measure, page=wanted.page)
