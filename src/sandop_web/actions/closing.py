"""Closing: the data of the month, and the cycle itself."""

from __future__ import annotations

from sandop.plan.compare import CellDifference
from sandop_web.access import Actor, NothingThere, WhyMissing, action
from sandop_web.access.cycles import held_cycle, step_in
from sandop_web.access.deciding import require_unsigned
from sandop_web.access.members import acting_member, member_of
from sandop_web.access.roles import permissions
from sandop_web.actions.gates import DATA_CLOSE
from sandop_web.actions.telling import tell, tell_everybody
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.branches import branch
from sandop_web.store.models import Cycle, CycleStep, Member, Restatement, TableQuality, Version
from sandop_web.store.plans import read_plan
from sandop_web.store.publishing import publish_version
from sandop_web.store.quality import qualities
from sandop_web.store.restating import figures_restated, restatements
from sandop_web.store.snapshots import snapshot_before
from sandop_web.store.spoken import content_spoken, step_spoken
from sandop_web.store.standing import is_signed
from sandop_web.store.steps import StepIsClosed
from sandop_web.wording import say

DATA_OWNER = "data_owner"
APPROVED, LAST_PLAN_STAYS = "approved", "last_plan_stays"


@action
def close_data(*, by: Actor, why: str) -> None:
    """Close the data of the month as they stand: a snapshot nobody can change, a quality score for every table, what
    differs from the snapshot of the month before, and the key figures of then as they read now. May be done again
    while the step is open. Raises NoCycleOpen, PlanIsSigned, StepIsClosed once data close is signed."""
    step = step_in(by=by, step=DATA_CLOSE, held=True)
    if step.state == CycleStep.State.SIGNED:
        raise StepIsClosed(step=step_spoken(DATA_CLOSE), month=step.cycle.month)
    cycle = step.cycle
    require_unsigned(cycle=cycle)
    cycle.snapshot = _snapshot(cycle, by)
    cycle.data_closed_by, cycle.data_closed_at = by.person, by.at
    _judge(cycle)
    _restate(cycle, by)
    cycle.save(update_fields=["snapshot", "data_closed_by", "data_closed_at", "restated"])


def _snapshot(cycle: Cycle, by: Actor) -> Version:
    made = branch(
        version=cycle.version,
        title=say("cycle.snapshot_title", by.language, month=cycle.month),
        made_by=acting_member(by=by),
        at=by.at,
        purpose=Version.Purpose.SNAPSHOT,
    )
    publish_version(version=made, at=by.at)
    return made


def _judge(cycle: Cycle) -> None:
    """A score for every table; its owner is who owned it before, else the data owner."""
    owners = _owners(cycle)
    first = (
        Member.objects.filter(company_id=cycle.company_id, role=DATA_OWNER, active=True).order_by("person").first()
    )
    cycle.qualities.all().delete()
    TableQuality.objects.bulk_create(
        TableQuality(
            cycle=cycle,
            name=quality.name,
            owner_id=owners.get(quality.name, first.pk if first else None),
            rows=quality.rows,
            score=quality.score,
            faults=[{"message": fault.message, "count": fault.count, **fault.example} for fault in quality.faults],
        )
        for quality in qualities(read_plan(cycle.version))
    )


def _owners(cycle: Cycle) -> dict[str, int]:
    """Table → member who owned it last, in this cycle or before."""
    known = TableQuality.objects.filter(cycle__company_id=cycle.company_id, owner__active=True)
    return dict(known.order_by("cycle__month").values_list("name", "owner_id"))


def _restate(cycle: Cycle, by: Actor) -> None:
    cycle.restatements.all().delete()
    before = snapshot_before(cycle)
    cycle.restated = []
    if before is None or before.snapshot is None or cycle.snapshot is None:
        return
    found = restatements(then=before.snapshot, now=cycle.snapshot)
    Restatement.objects.bulk_create((_restated(cycle, cell, by) for cell in found), batch_size=500)
    cycle.restated = figures_restated(before=before, now=cycle.snapshot)


def _restated(cycle: Cycle, cell: CellDifference, by: Actor) -> Restatement:
    return Restatement(
        cycle=cycle,
        measure=cell.measure,
        row=list(cell.row),
        period=cell.period,
        before=none_if_blank(cell.before),
        after=none_if_blank(cell.after),
        noticed_at=by.at,
    )


@action
def assign_table_owner(*, by: Actor, name: str, owner: str) -> None:
    """Say who answers for the quality of a table or measure, from now on; they are told. `owner` is a person.

    Raises NoCycleOpen, and NothingThere for a table that was not judged or a person who is no member."""
    quality = TableQuality.objects.filter(cycle=held_cycle(by=by), name=name).first()
    if quality is None:
        raise NothingThere()
    member = member_of(by=by, person=owner)
    quality.owner = member
    quality.save(update_fields=["owner"])
    if member.pk != by.member_id:
        tell(
            member_id=member.pk,
            message="cycle.told_table_owner",
            values={"table": content_spoken(name)},
            link="cycle/data/",
            at=by.at,
        )


@action
def close_cycle(*, by: Actor, why: str = "") -> str:
    """Close the cycle; returns its outcome: "approved" where its plan is signed, else "last_plan_stays", for which a
    reason is needed: the plan signed last stays in force. Everybody is told. Raises NoCycleOpen, WhyMissing."""
    cycle = held_cycle(by=by)
    signed = is_signed(cycle.version_id)
    if not signed and not why.strip():
        raise WhyMissing(action=permissions()["close_cycle"].titles[by.language])
    cycle.state, cycle.closed_at = Cycle.State.CLOSED, by.at
    cycle.outcome = APPROVED if signed else LAST_PLAN_STAYS
    cycle.save(update_fields=["state", "closed_at", "outcome"])
    tell_everybody(
        company_id=by.company_id,
        message=f"cycle.told_closed.{cycle.outcome}",
        values={"month": cycle.month, "why": why.strip()},
        link="cycle/",
        at=by.at,
    )
    return cycle.outcome
