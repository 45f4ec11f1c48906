"""What an edit of the grid did, as its answer: new values of every node that changed, marks, the next steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sandop.plan import Values
from sandop_web.access.grid.differences import Shown, differ, patches_of, totals_of
from sandop_web.access.grid.ground import Ground
from sandop_web.access.grid.money import mixed_nodes, worth_of_mixed
from sandop_web.access.grid.shown import GridMark, GridPatch, GridSaved
from sandop_web.access.grid.steps import steps_told
from sandop_web.access.grid.wishes import Wish
from sandop_web.store.blanks import none_if_blank
from sandop_web.wording import say

_MOST_MARKS = 5_000


def saved(
    ground: Ground,
    *,
    batch: str,
    cells: int,
    before: Mapping[str, Values],
    after: Mapping[str, Values],
    wishes: Sequence[Wish] = (),
    why: str = "",
    pending: int = 0,
) -> GridSaved:
    """The answer. `before` and `after` are what the rows held and hold by measure, each (row, period) in its unit;
    `pending` is how many overrides wait for the month to be run."""
    shown_before, shown_after = (_shown(ground, rows) for rows in (before, after))
    back, forward = steps_told(by=ground.by, version=ground.version)
    totals = totals_of(ground, wishes, shown_before, shown_after)
    return GridSaved(
        batch=batch,
        cells=cells,
        before_total=totals[0],
        after_total=totals[1],
        patch=tuple(patches_of(ground, shown_before, shown_after)),
        marks=_marks(ground, shown_before, shown_after, wishes, why, batch, pending > 0),
        undo=back,
        redo=forward,
        worth=tuple(_worth(ground, after)),
        pending=say("gridrules.pending", ground.by.language, count=pending) if pending else "",
    )


def _shown(ground: Ground, held: Mapping[str, Values]) -> Shown:
    return {name: ground.at_nodes(name, values) for name, values in held.items()}


def _worth(ground: Ground, held: Mapping[str, Values]) -> Iterator[GridPatch]:
    """New worth of the nodes whose quantities have no sum, a patch for each measure and period."""
    nodes = tuple(mixed_nodes(ground).tolist())
    for name, worth in worth_of_mixed(ground, held).items():
        for place, label in enumerate(ground.periods.labels):
            yield GridPatch(name, label, nodes, tuple(map(none_if_blank, worth[:, place].tolist())))


def _marks(
    ground: Ground, before: Shown, after: Shown, wishes: Sequence[Wish], why: str, batch: str, pending: bool
) -> tuple[GridMark, ...]:
    """Marks of the nodes that were typed at, and of the rows' nodes that changed with them; an override is marked
    where it was typed."""
    places = {(wish.edit.measure, wish.node, wish.place): None for wish in wishes}
    deepest = ground.hierarchy.level == len(ground.levels)
    for name in () if pending else after:
        nodes, periods = np.nonzero(differ(before[name], after[name]) & deepest[:, None])
        places |= {(name, *cell): None for cell in zip(nodes.tolist(), periods.tolist())}
    by, name_of_person = ground.by, (ground.by.name_zh if ground.by.language == "zh" else "") or ground.by.name
    return tuple(
        GridMark(
            measure=name,
            node=node,
            period=ground.periods.labels[place],
            person=by.person,
            name=name_of_person,
            at=by.at,
            why=why,
            before=none_if_blank(float(before[name][node, place])),
            pending=pending,
            batch=batch,
        )
        for name, node, place in list(places)[:_MOST_MARKS]
    )
