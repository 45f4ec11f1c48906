"""Trying things out in a scenario: which numbers its levers change, and changing them in some rows and months."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Router
from pydantic import Field

from sandop_web.access import NothingThere
from sandop_web.actions.scenario_changes import Way, change_in_scenario
from sandop_web.actions.scenario_masters import take_back_masters, try_masters
from sandop_web.api.editing import Batch, BatchId
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import says
from sandop_web.api.values import Id, Meaning, MeasureName, Month, Name, Number, Reason, Sent, VersionId, Why
from sandop_web.queries.scenarios import Lever, lever_of, levers_of

router = Router()
MasterWay = Literal["percent", "plus", "exactly", "later", "off"]
LeverName = Annotated[Name, Meaning("A lever, such as demand or capacity")]


class TriedOut(Sent):
    """A change to be tried out in a scenario."""

    measure: Annotated[MeasureName, Field(description="One of the measures that a lever changes")]
    wanted: Annotated[
        dict[Name, Id],
        Field(
            max_length=10,
            default_factory=dict,
            description='Level → label whose rows are changed, as {"family": "DOM"}; empty: all in the scope',
        ),
    ]
    first: Annotated[Month, Field(description="First month")]
    last: Annotated[Month, Field(description="Last month")]
    way: Annotated[
        Way,
        Field(
            description="percent: every number grows by so many percent; plus: the sum of each month grows by the "
            "amount; exactly: the sum of each month becomes the amount. Prices and rates have no sum: each is moved "
            "by, or set to, the amount"
        ),
    ]
    amount: Annotated[Number, Field(description="Percent, or plan units, hours or money, as the way says")]
    why: Why


class MastersTriedOut(Sent):
    """Masters to be tried out in a scenario."""

    masters: Annotated[Name, Field(description="One of those that a lever names, such as purchase_price or activity")]
    wanted: Annotated[
        dict[Name, Id],
        Field(
            max_length=10,
            default_factory=dict,
            description='Level → label whose rows are changed, as {"supplier": "S-CAST"}; empty: all in the scope',
        ),
    ]
    way: Annotated[
        MasterWay,
        Field(
            description="percent: every number grows by so many percent; plus: by the amount; exactly: becomes it; "
            "later: the first month moves by so many months; off: the row is taken out"
        ),
    ]
    amount: Annotated[Number, Field(description="As the way says; of a share in percent; 0 where it needs none")]
    why: Why


@router.get("/versions/{version}/levers", response=says(list[str]))
def levers(request: Asked, version: VersionId) -> tuple[str, ...]:
    """The levers whose numbers the caller may change in a version and that have something to change."""
    return levers_of(by=request.auth, version=version)


@router.get("/versions/{version}/levers/{lever}", response=says(Lever))
def lever(request: Asked, version: VersionId, lever: LeverName) -> Lever:
    """One lever: its measures, the labels by which rows are chosen, the months, the ways to change them."""
    found = lever_of(by=request.auth, version=version, lever=lever)
    if found is None:
        raise NothingThere()
    return found


@router.post("/versions/{version}/tried-masters", response=says(Batch))
def try_out_masters(request: Asked, version: VersionId, body: MastersTriedOut) -> Batch:
    """Change a column of a master table of a scenario over a scope, all rows or none; the batch can be taken back."""
    return Batch(batch=try_masters(by=request.auth, version=version, **body.model_dump()))


@router.post("/versions/{version}/tried-masters/{batch}/undo", response=says(Batch))
def take_masters_back(request: Asked, version: VersionId, batch: BatchId, body: Reason) -> Batch:
    """Take back master cells of a scenario that were changed together."""
    return Batch(batch=take_back_masters(by=request.auth, version=version, batch=str(batch), why=body.why))


@router.post("/versions/{version}/levers", response=says(Batch))
def try_out(request: Asked, version: VersionId, body: TriedOut) -> Batch:
    """Change a measure of a scenario over a scope and some months; the batch can be taken back."""
    return Batch(batch=change_in_scenario(by=request.auth, version=version, **body.model_dump()))
