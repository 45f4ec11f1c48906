"""The data as they were closed, and what is still open before a cycle is closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sandop.execution import first_changeable
from sandop.measures import measure
from sandop.plan import Plan, Rows
from sandop.tables import Report
from sandop_web.access import Actor, in_scope, may_take, query, report_in_scope
from sandop_web.access.cycles import cycle_now, open_cycle_in
from sandop_web.queries.cycle import MissingInput, open_cycle_of
from sandop_web.queries.step_views import names_of
from sandop_web.store.models import Cycle, CycleStep, Decision, LateInput, Member, Restatement
from sandop_web.store.plans import read_network, read_settings
from sandop_web.store.snapshots import snapshot_before, snapshot_holds
from sandop_web.store.spoken import content_spoken
from sandop_web.store.standing import is_signed

_MOST_RESTATED = 200


@dataclass(frozen=True)
class FaultLine:
    """Rows with the same trouble: an example in words, how many."""

    text: str
    count: int


@dataclass(frozen=True)
class QualityLine:
    """How good a table or measure was: share of its rows without trouble, 0 to 1; who answers for it."""

    name: str
    title: str
    owner: str
    owner_name: str
    rows: int
    score: float
    faults: tuple[FaultLine, ...]


@dataclass(frozen=True)
class RestatedCell:
    """A closed figure that is not what it was, in the measure's unit; None is a blank."""

    measure: str
    title: str
    row: str
    period: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class DataCloseView:
    """The data of the open cycle.

    snapshot     version that holds them as closed; None before that
    holds        nothing of what was closed has changed since
    qualities    tables and measures, the worst first
    restated     closed figures that changed since the snapshot of `compared_with`, the first 200 in the reader's
                 scope; `restated_count` in all
    figures      rows `figure, of, unit, then, restated`: key figures as they were known and as they read now
    changeable   rows of `sandop.execution.first_changeable`
    """

    month: str
    snapshot: int | None
    holds: bool
    closed_by: str
    closed_at: dt.datetime | None
    qualities: tuple[QualityLine, ...]
    compared_with: str
    restated: tuple[RestatedCell, ...]
    restated_count: int
    figures: Report
    changeable: Report
    members: tuple[tuple[str, str], ...]
    may_close: bool
    may_assign: bool


@dataclass(frozen=True)
class ClosingView:
    """What is open before the cycle is closed."""

    month: str
    signed: bool
    steps: tuple[str, ...]
    inputs: tuple[MissingInput, ...]
    decisions: tuple[int, ...]
    late: int
    may_close: bool


@query
def data_close_of(*, by: Actor) -> DataCloseView:
    """The data of the open cycle. Raises NoCycleOpen."""
    cycle = cycle_now(by=by)
    names = names_of(by)
    restated, count = _restated(by, cycle)
    before = snapshot_before(cycle)
    figures = report_in_scope(by=by, report=_families_named(cycle.restated), network=read_network(cycle.version))
    members = Member.objects.filter(company_id=by.company_id, active=True).order_by("person")
    return DataCloseView(
        month=cycle.month,
        snapshot=cycle.snapshot_id,
        holds=snapshot_holds(cycle),
        closed_by=names.get(cycle.data_closed_by, cycle.data_closed_by),
        closed_at=cycle.data_closed_at,
        qualities=_qualities(by, cycle, names),
        compared_with=before.month if before else "",
        restated=restated,
        restated_count=count,
        figures=figures,
        changeable=first_month_of(by=by),
        members=tuple((one.person, names[one.person]) for one in members),
        may_close=may_take(by=by, action="close_data") and not _is_signed(cycle),
        may_assign=may_take(by=by, action="assign_table_owner"),
    )


@query
def first_month_of(*, by: Actor) -> Report:
    """The first month that a decision of this cycle's meeting can still change, by family, as
    `sandop.execution.first_changeable` says, with the family's names; empty where no cycle is open."""
    cycle = open_cycle_in(by.company_id)
    if cycle is None:
        return []
    plan = Plan(read_settings(cycle.version), read_network(cycle.version))  # the fences and lead times ask no more
    lines = report_in_scope(by=by, report=first_changeable(plan=plan, decided=cycle.meeting), network=plan.network)
    names = {row["family"]: (row["name"] or row["family"], row["name_zh"]) for row in plan.network.families.rows()}
    return [dict(zip(("name", "name_zh"), names[line["family"]])) | dict(line) for line in lines]


@query
def closing_of(*, by: Actor) -> ClosingView:
    """What is open before the cycle is closed. Raises NoCycleOpen."""
    cycle = cycle_now(by=by)
    view = open_cycle_of(by=by)
    lines = view.steps if view else ()
    unsigned = tuple(line for line in lines if line.state != "signed")
    undecided = Decision.objects.filter(cycle=cycle, state=Decision.State.OPEN).order_by("number")
    late = LateInput.objects.filter(cycle=cycle, state__in=LateInput.UNDECIDED).count()
    return ClosingView(
        month=cycle.month,
        signed=is_signed(cycle.version_id),
        steps=tuple(line.step for line in unsigned),
        inputs=tuple(given for line in unsigned for given in line.missing),
        decisions=tuple(undecided.values_list("number", flat=True)),
        late=late,
        may_close=may_take(by=by, action="close_cycle"),
    )


def _is_signed(cycle: Cycle) -> bool:
    """Data close is signed: the data stay as they were closed."""
    return cycle.steps.filter(step="data_close", state=CycleStep.State.SIGNED).exists()


def _qualities(by: Actor, cycle: Cycle, names: dict[str, str]) -> tuple[QualityLine, ...]:
    return tuple(
        QualityLine(
            one.name,
            content_spoken(one.name)[by.language],
            one.owner.person if one.owner else "",
            names.get(one.owner.person, "") if one.owner else "",
            one.rows,
            one.score,
            tuple(FaultLine(fault[by.language], fault["count"]) for fault in one.faults),
        )
        for one in cycle.qualities.select_related("owner").order_by("score", "name")
    )


def _restated(by: Actor, cycle: Cycle) -> tuple[tuple[RestatedCell, ...], int]:
    """The first restated cells in the reader's scope, and how many there are."""
    found = list(cycle.restatements.order_by("measure", "pk"))
    if not by.everywhere:
        found = _seen(by, cycle, found)
    cells = tuple(
        RestatedCell(
            one.measure,
            measure(one.measure).title(by.language),
            " · ".join(one.row),
            one.period,
            one.before,
            one.after,
        )
        for one in found[:_MOST_RESTATED]
    )
    return cells, len(found)


def _seen(by: Actor, cycle: Cycle, found: list[Restatement]) -> list[Restatement]:
    network = read_network(cycle.version)
    seen: list[Restatement] = []
    for name in dict.fromkeys(one.measure for one in found):
        of_measure = [one for one in found if one.measure == name]
        rows = Rows.of(measure(name).grain, (tuple(one.row) for one in of_measure))
        inside = in_scope(by=by, rows=rows, network=network)
        kept = {key for key, holds in zip(rows.keys, inside) if holds}
        seen += [one for one in of_measure if tuple(one.row) in kept]
    return seen


def _families_named(figures: list[dict[str, object]]) -> Report:
    """The rows with their family where the scope looks for it."""
    return [{**row, "family": row["of"]} for row in figures]  # type: ignore[dict-item]
