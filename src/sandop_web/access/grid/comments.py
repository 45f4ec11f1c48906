"""Comments on cells: who may see them, and where in a grid they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sandop_web.access.grid.ground import Ground
from sandop_web.access.grid.names import people_names
from sandop_web.access.grid.shown import GridComment
from sandop_web.access.scope import in_scope
from sandop_web.access.sheet_rows import chosen
from sandop_web.store.models import CellComment


def comments_of(ground: Ground) -> tuple[GridComment, ...]:
    """The comments on the periods shown that this reader may see, the oldest first;
    those on rows that are not shown are left out."""
    found = CellComment.objects.filter(version=ground.version, period__in=ground.periods.labels)
    found = found.filter(measure__in=ground.view.measures).select_related("member", "resolved_by").order_by("pk")
    called = people_names(ground.by)
    placed = ((comment, node_of(ground, comment.cell)) for comment in found if sees(ground, comment))
    return tuple(shown(comment, node, called) for comment, node in placed if node is not None)


def sees(ground: Ground, comment: CellComment) -> bool:
    """True for who wrote it or is named in it, and where all the rows it speaks of are in the reader's scope."""
    by = ground.by
    if by.everywhere or comment.member_id == by.member_id or by.person in comment.mentioned:
        return True
    rows = ground.every_row
    mask = chosen(rows=rows, network=ground.network, wanted=comment.cell)
    return bool(mask.any() and in_scope(by=by, rows=rows, network=ground.network)[mask].all())


def node_of(ground: Ground, cell: Mapping[str, str]) -> int | None:
    """The node of the cell; where these levels have none, the deepest one above it; None where its rows are not
    shown."""
    node = 0
    for level in ground.levels:
        if level not in cell:
            return node
        below = ground.hierarchy.position.get((node, cell[level]))
        if below is None:
            return None
        node = below
    return node


def shown(comment: CellComment, node: int | None, called: Callable[[str], str]) -> GridComment:
    """A comment as people read it; `called` gives a person's name."""
    return GridComment(
        id=comment.pk,
        measure=comment.measure,
        node=node,
        period=comment.period,
        person=comment.member.person,
        name=called(comment.member.person),
        at=comment.made_at,
        text=comment.text,
        resolved=comment.resolved_at is not None,
        resolved_by=called(comment.resolved_by.person) if comment.resolved_by else "",
    )
