"""Finding things: what there is to look at, and what bears a name or id."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router
from pydantic import BaseModel, Field

from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import says
from sandop_web.api.values import AnyId
from sandop_web.queries.context import Choices, choices_of
from sandop_web.queries.places import Found, places_named

router = Router()


class NameWanted(BaseModel):
    """What is looked for."""

    text: Annotated[AnyId, Field(description="A name or id, or a part of it, in either language")]


@router.get("/choices", response=says(Choices))
def choices(request: Asked) -> Choices:
    """What the caller may look at: versions by what they are, families and regions of their scope."""
    return choices_of(by=request.auth)


@router.get("/search", response=says(Found))
def search(request: Asked, wanted: Query[NameWanted]) -> Found:
    """Decisions, versions, masters and measures that bear the name, the best of each kind first."""
    return places_named(by=request.auth, text=wanted.text)
