"""A person's steps back and forward in the grid of a version, as their batches say."""

from __future__ import annotations

from dataclasses import dataclass

from sandop_web.access.actor import Actor
from sandop_web.access.grid.shown import GridStep
from sandop_web.store.models import GridBatch, Version
from sandop_web.wording import say


@dataclass(frozen=True)
class Steps:
    """What could be taken back next, and what could be given again next; None where there is nothing.

    back      the last edit that stands (an edit, or one given again)
    forward   the last one that was taken back, and was not followed by a new edit
    """

    back: GridBatch | None
    forward: GridBatch | None


def steps_of(*, by: Actor, version: Version) -> Steps:
    """The next steps of this person in this version: a new edit ends what could be given again."""
    back: list[GridBatch] = []
    forward: list[GridBatch] = []
    for batch in GridBatch.objects.filter(version=version, member_id=by.member_id).order_by("pk"):
        if batch.turn == GridBatch.Turn.EDIT:
            back, forward = [*back, batch], []
        elif batch.turn == GridBatch.Turn.UNDO:
            back, forward = back[:-1], [*forward, batch]
        else:
            back, forward = [*back, batch], forward[:-1]
    return Steps(back[-1] if back else None, forward[-1] if forward else None)


def told(by: Actor, batch: GridBatch | None, message: str) -> GridStep:
    """A step in words; `message` is gridrules.undo or gridrules.redo."""
    if batch is None:
        return GridStep(False)
    return GridStep(True, say(message, by.language, count=batch.cells, why=batch.why))


def steps_told(*, by: Actor, version: Version) -> tuple[GridStep, GridStep]:
    """The next step back and the next step forward, in words."""
    steps = steps_of(by=by, version=version)
    return told(by, steps.back, "gridrules.undo"), told(by, steps.forward, "gridrules.redo")
