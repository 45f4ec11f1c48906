"""Late inputs: what came after its step was signed, how much it weighs, what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sandop.measures import measure
from sandop_web.access import Actor, may_take, query
from sandop_web.access.cycles import open_cycle_in
from sandop_web.queries.step_views import names_of
from sandop_web.store.ground_rules import ground_rules
from sandop_web.store.models import Company, Cycle, LateInput

_CELLS_SHOWN = 20


@dataclass(frozen=True)
class LateCell:
    """A cell of a late input, in the measure's unit; None is a blank."""

    measure: str
    title: str
    row: str
    period: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class LateView:
    """A late input.

    share       change of the family it touches most, as a share of its total
    state       waiting, weighty, admitted, taken_up, outdated, refused
    cells       the first ones; `count` of all
    may_decide  the reader may admit or refuse it now
    """

    late: int
    month: str
    step: str
    person: str
    name: str
    at: dt.datetime
    why: str
    share: float
    state: str
    cells: tuple[LateCell, ...]
    count: int
    decided_by: str
    decided_at: dt.datetime | None
    decided_why: str
    may_decide: bool

    @property
    def hidden(self) -> int:
        """Cells that are not shown."""
        return self.count - len(self.cells)


@dataclass(frozen=True)
class LateInputs:
    """Late inputs of the open cycle, and those of cycles before, the newest first; the threshold that holds."""

    threshold: float
    late: tuple[LateView, ...]


@query
def late_inputs_of(*, by: Actor) -> LateInputs:
    """The late inputs of the company. Who sees only a part of the company sees their own."""
    company = Company.objects.get(pk=by.company_id)
    found = LateInput.objects.filter(cycle__company=company).select_related("cycle", "member")
    if not by.everywhere:
        found = found.filter(member_id=by.member_id)
    names = names_of(by)
    cycle = open_cycle_in(by.company_id)
    views = tuple(_view(by, late, cycle, names) for late in found.order_by("-at", "-pk"))
    return LateInputs(ground_rules(company).late_threshold, views)


def _view(by: Actor, late: LateInput, cycle: Cycle | None, names: dict[str, str]) -> LateView:
    open_now = cycle is not None and cycle.pk == late.cycle_id and late.state in LateInput.UNDECIDED
    return LateView(
        late=late.pk,
        month=late.cycle.month,
        step=late.step,
        person=late.member.person,
        name=names.get(late.member.person, late.member.person),
        at=late.at,
        why=late.why,
        share=late.share,
        state=late.state,
        cells=tuple(_cell(by, cell) for cell in late.cells[:_CELLS_SHOWN]),
        count=len(late.cells),
        decided_by=names.get(late.decided_by, late.decided_by),
        decided_at=late.decided_at,
        decided_why=late.decided_why,
        may_decide=open_now and may_take(by=by, action="decide_late"),
    )


def _cell(by: Actor, cell: dict[str, object]) -> LateCell:
    name, before, after = str(cell["measure"]), cell["before"], cell["after"]
    row = cell["row"]
    assert isinstance(row, list)
    return LateCell(
        name,
        measure(name).title(by.language),
        " · ".join(row),
        str(cell["period"]),
        None if before is None else float(str(before)),
        None if after is None else float(str(after)),
    )
