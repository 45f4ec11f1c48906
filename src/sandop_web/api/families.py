"""The classical S&OP sheet of each family: before, now, what came of it, and whether its lines agree."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router
from pydantic import BaseModel, Field

from sandop_web.access.looking import looking
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import says
from sandop_web.api.values import Id, Meaning, VersionId
from sandop_web.queries.family_sheet import FamilySheet, FamilySheets, family_sheet, family_sheets

router = Router()
Family = Annotated[Id, Meaning("A family of the plan")]


class MonthsWanted(BaseModel):
    """How much of a family's sheet is wanted."""

    months: Annotated[int | None, Field(ge=1, le=600, description="First planned months; left out, all")] = None


@router.get("/versions/{version}/families", response=says(FamilySheets))
def families(request: Asked, version: VersionId) -> FamilySheets:
    """Every family with its checks and its largest distance from the old plan: what fails first."""
    return family_sheets(by=looking(by=request.auth, version=version))


@router.get("/versions/{version}/families/{family}", response=says(FamilySheet))
def sheet_of_family(request: Asked, version: VersionId, family: Family, wanted: Query[MonthsWanted]) -> FamilySheet:
    """The sheet of a family: bookings, shipments, backlog, production, stock, adjustments, and its identities."""
    return family_sheet(by=looking(by=request.auth, version=version), family=family, months=wanted.months)
