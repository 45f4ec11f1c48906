"""Views of the grid that a person keeps under a name, for themselves."""

from __future__ import annotations

from sandop_web.access import Actor, NothingThere, NotUnderstood, WebRefusal, action
from sandop_web.store.models import SavedGridView
from sandop_web.wording import say

MOST_VIEWS = 30
_NAME, _QUERY = 80, 1_000


class TooManyViews(WebRefusal):
    """More views than anybody finds again."""

    message = "gridrules.too_many_views"


@action
def keep_grid_view(*, by: Actor, name: str, query: str) -> int:
    """Keep what the grid's address asks for (behind its question mark) under a name; what had the name before is
    replaced. Raises NotUnderstood for a name or address that is empty or too long, TooManyViews."""
    wanted = " ".join(name.split())
    if not 0 < len(wanted) <= _NAME:
        field = say("gridrules.view_name", by.language)
        raise NotUnderstood(field=field, value=wanted[:_NAME], wanted=f"1–{_NAME}")
    if len(query) > _QUERY:
        raise NotUnderstood(field=say("gridrules.view", by.language), value=query[:_NAME], wanted=f"≤ {_QUERY}")
    mine = SavedGridView.objects.filter(member_id=by.member_id)
    if mine.exclude(name=wanted).count() >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    kept, _ = SavedGridView.objects.update_or_create(
        member_id=by.member_id, name=wanted, defaults={"query": query.lstrip("?"), "made_at": by.at}
    )
    return kept.pk


@action
def forget_grid_view(*, by: Actor, view: int) -> None:
    """Forget a view that one has kept. Raises NothingThere."""
    count, _ = SavedGridView.objects.filter(member_id=by.member_id, pk=view).delete()
    if not count:
        raise NothingThere()
