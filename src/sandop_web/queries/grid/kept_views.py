"""Views of the grid that a person has kept under a name."""

from __future__ import annotations

from dataclasses import dataclass

from sandop_web.access import Actor, query
from sandop_web.store.models import SavedGridView


@dataclass(frozen=True)
class KeptGridView:
    """A kept view: its number, its name, and what the grid's address asks for."""

    number: int
    name: str
    query: str


@query
def grid_views(*, by: Actor) -> tuple[KeptGridView, ...]:
    """The reader's own views, by name."""
    found = SavedGridView.objects.filter(member_id=by.member_id).order_by("name")
    return tuple(KeptGridView(view.pk, view.name, view.query) for view in found)
