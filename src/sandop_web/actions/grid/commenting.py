"""Saying something of a cell, and settling it. Whom a comment names ("@dong") is told of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sandop_web.access import Actor, NothingThere, WebRefusal, action
from sandop_web.access.grid.asked import GridAsked
from sandop_web.access.grid.comments import node_of, sees, shown
from sandop_web.access.grid.ground import Ground, ground_of
from sandop_web.access.grid.names import path_spoken, people_names
from sandop_web.access.grid.shown import GridComment
from sandop_web.access.grid.views import VIEWS
from sandop_web.access.grid.wishes import NoSuchCell
from sandop_web.actions.telling import tell
from sandop_web.store.models import CellComment, Member
from sandop_web.store.spoken import named
from sandop_web.wording import LANGUAGES, say

MOST_CHARACTERS = 2_000
_NAMED = re.compile(r"@([\w.-]+)")


class CommentIsEmpty(WebRefusal):
    """A comment without words."""

    message = "gridrules.comment_is_empty"
    status = 400


class CommentIsLong(WebRefusal):
    """A comment longer than people read."""

    message = "gridrules.comment_is_long"
    status = 400


class CommentIsSettled(WebRefusal):
    """Somebody has settled the comment before."""

    message = "gridrules.comment_is_settled"


@action
def comment_on_cell(
    *, by: Actor, version: int, measure: str, at: Mapping[str, str], period: str, text: str
) -> GridComment:
    """Say something of the cell of a measure in a period; `at` is level → label from the node up, empty the grand
    total of the person's scope. Raises NothingThere, NoSuchCell, NotUnderstood, CommentIsEmpty, CommentIsLong."""
    said = text.strip()
    if not said:
        raise CommentIsEmpty()
    if len(said) > MOST_CHARACTERS:
        raise CommentIsLong(length=len(said), most=MOST_CHARACTERS)
    ground = _ground(by, version, measure, at, period)
    node = ground.hierarchy.node(at)
    if node is None or measure not in ground.view.measures:
        row = " · ".join(at.values()) or say("gridrules.all", by.language)
        raise NoSuchCell(measure=measure[:80], row=row[:200], period=period)
    people = _mentioned(by, said)
    made = CellComment.objects.create(
        version=ground.version,
        measure=measure,
        cell={**ground.cut, **at},
        period=period,
        text=said,
        member_id=by.member_id,
        made_at=by.at,
        mentioned=[member.person for member in people],
    )
    for member in people:
        _tell(ground, made, member, node)
    return shown(made, node, people_names(by))


@action
def resolve_comment(*, by: Actor, comment: int) -> GridComment:
    """Settle a comment; whoever sees it may. Raises NothingThere, CommentIsSettled."""
    found = CellComment.objects.select_for_update(of=("self",)).filter(version__company_id=by.company_id, pk=comment)
    said = found.first()
    if said is None:
        raise NothingThere()
    ground = _ground(by, said.version_id, said.measure, said.cell, said.period)
    if not sees(ground, said):
        raise NothingThere()
    if said.resolved_by is not None:
        raise CommentIsSettled(name=named(said.resolved_by.name, said.resolved_by.name_zh))
    said.resolved_by_id, said.resolved_at = by.member_id, by.at
    said.save(update_fields=["resolved_by", "resolved_at"])
    return shown(said, node_of(ground, said.cell), people_names(by))


def _ground(by: Actor, version: int, measure: str, at: Mapping[str, str], period: str) -> Ground:
    """A grid in which the cell stands: the view of the measure, the levels of the cell."""
    view = next((view for view in VIEWS.values() if measure in view.measures), VIEWS["demand"])
    asked = GridAsked(view=view.name, levels=tuple(at), first=period, periods=1)
    return ground_of(by=by, version=version, asked=asked)


def _mentioned(by: Actor, text: str) -> list[Member]:
    """The people a comment names, but for who writes it."""
    people = {name.rstrip(".-") for name in _NAMED.findall(text)} - {by.person}
    found = Member.objects.filter(company_id=by.company_id, person__in=people, active=True)
    return list(found.order_by("pk"))


def _tell(ground: Ground, comment: CellComment, member: Member, node: int) -> None:
    by = ground.by
    tell(
        member_id=member.pk,
        message="gridrules.mentioned",
        values={
            "name": named(by.name, by.name_zh),
            "measure": {language: ground.view.title(comment.measure, language) for language in LANGUAGES},
            "row": path_spoken(ground, node),
            "period": comment.period,
            "text": comment.text,
        },
        link=f"plan/{ground.version.pk}/grid/?view={ground.view.name}",
        at=by.at,
    )
