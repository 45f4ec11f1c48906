"""Why a number is so: what it is computed from, what makes it up, how it went, who changed it and why."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router
from pydantic import BaseModel, Field

from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import says
from sandop_web.api.values import AnyId, MeasureName, Period, VersionId
from sandop_web.queries.why import NumberExplained, number_explained

router = Router()


class NumberWanted(BaseModel):
    """Which number of a measure is asked for: a period, and the rows it sums by their levels."""

    period: Annotated[Period | None, Field(description="Month or week; left out, the whole span")] = None
    family: AnyId = ""
    region: AnyId = ""
    customer: AnyId = ""
    item: AnyId = ""
    site: AnyId = ""
    resource: AnyId = ""
    supplier: AnyId = ""

    @property
    def at(self) -> dict[str, str]:
        """Level → label, of those that choose rows."""
        return {level: label for level, label in self.model_dump(exclude={"period"}).items() if label}


@router.get("/versions/{version}/sheets/{measure}/why", response=says(NumberExplained))
def why(request: Asked, version: VersionId, measure: MeasureName, wanted: Query[NumberWanted]) -> NumberExplained:
    """A number at any level with all that made it: sources, portions, course, changes, and opinions that touch it."""
    return number_explained(
        by=request.auth, version=version, measure=measure, at=wanted.at, period=wanted.period or ""
    )
