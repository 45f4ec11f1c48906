"""What accepting would do to the totals: by measure and by the uppermost level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sandop.measures import measures
from sandop_web.access.exchange.standing import Now, Standing
from sandop_web.queries.exchange.named import Named
from sandop_web.store.models import ExchangeCell


@dataclass(frozen=True)
class ReviewedGroup:
    """The cells of one measure below one node of the uppermost level; plan units.

    label, name    of the node; empty at the grand total
    cells          that could be taken, conflicts among them
    before, after  all months of the node as the plan has them, and once the chosen cells are taken; None where they
                   do not add up
    """

    measure: str
    title: str
    unit: str
    decimals: int
    label: str
    name: str
    cells: int
    conflicts: int
    before: float | None
    after: float | None

    @property
    def change(self) -> float | None:
        """After less before, as a share of before; None where there is none."""
        if self.before is None or self.after is None or not self.before:
            return None
        return (self.after - self.before) / abs(self.before)


Stood = Sequence[tuple[ExchangeCell, Standing]]


def groups_of(stood: Stood, now: Now, named: Named) -> tuple[ReviewedGroup, ...]:
    """One group for each measure and uppermost node with cells that could be taken: those with conflicts first, then
    the largest."""
    found: dict[tuple[str, str, str], list[tuple[ExchangeCell, Standing]]] = {}
    for cell, standing in stood:
        if standing.state in ("changed", "conflict"):
            level, label = cell.at[0] if cell.at else ("", "")
            found.setdefault((cell.measure, level, label), []).append((cell, standing))
    groups = [_group(measure, level, label, cells, now, named) for (measure, level, label), cells in found.items()]
    return tuple(sorted(groups, key=lambda group: (-group.conflicts, -group.cells)))


def _group(measure: str, level: str, label: str, cells: Stood, now: Now, named: Named) -> ReviewedGroup:
    shown = named.measures[measure]
    before = _total(measure, {level: label} if level else {}, now)
    moved = sum(_moves(cells))
    return ReviewedGroup(
        measure=measure,
        title=shown.title,
        unit=shown.unit,
        decimals=shown.decimals,
        label=label,
        name=named.names.get((level, label), label),
        cells=len(cells),
        conflicts=sum(standing.state == "conflict" for _, standing in cells),
        before=before,
        after=None if before is None else before + moved,
    )


def _moves(cells: Stood) -> Iterable[float]:
    """By how much each cell that would be taken moves the total."""
    for cell, standing in cells:
        if standing.choice == "mine":
            yield (cell.mine or 0.0) - (standing.now or 0.0)


def _total(measure: str, at: dict[str, str], now: Now) -> float | None:
    known = measures().get(measure)
    node = now.ground.hierarchy.node(at)
    if node is None or known is None or known.over_time != "sum" or known.over_rows != "sum":
        return None
    values = now.values[measure][node]
    return None if np.isnan(values).all() else float(np.nansum(values))
