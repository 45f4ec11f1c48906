"""Open the cycle of a month: its days, its steps, and who owes which numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sandop.cycle import Input, inputs_of, steps
from sandop.network import Network
from sandop_web.access import Actor, WebRefusal, action
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.actions.late import take_up_late
from sandop_web.actions.telling import tell
from sandop_web.store.days import step_days
from sandop_web.store.models import Company, Cycle, CycleStep, Member, StepEvent, StepInput, Version
from sandop_web.store.plans import read_network
from sandop_web.store.spoken import input_spoken, listed, step_spoken


class CycleIsOpen(WebRefusal):
    """Another cycle is open: a company works on one at a time."""

    message = "cycle.another_is_open"


class CycleHasBeen(WebRefusal):
    """The month has had its cycle."""

    message = "cycle.has_been"


class NoPlanForTheMonth(WebRefusal):
    """There is no draft plan that starts with the month."""

    message = "cycle.no_plan_for_the_month"


@action
def open_cycle(*, by: Actor, month: str, meeting: dt.date, country: str, why: str = "") -> None:
    """Open the cycle of `month` ("2026-01", the first planned month) with the S&OP meeting on this day.

    The days of its steps are counted back in the company's working days; the plan is the newest draft that starts
    with the month; every input of the template gets its owner, who is told; data close opens, the rest waits. Late
    input of earlier cycles is taken up.

    Raises CycleIsOpen, CycleHasBeen, NoPlanForTheMonth, CountryUnknown, MeetingOnADayOff.
    """
    company = Company.objects.select_for_update().get(pk=by.company_id)
    _require_free(company, month)
    version = _plan_of(company, month)
    days = step_days(company=company, country=country, meeting=meeting)
    cycle = Cycle.objects.create(
        company=company,
        month=month,
        meeting=meeting,
        country=country,
        version=version,
        opened_by_id=by.member_id,
        opened_at=by.at,
    )
    made = _lay_out(cycle, days)
    _open_first(made[0], by, why)
    _ask_for_inputs(cycle, made, read_network(version), by)
    take_up_late(cycle=cycle, by=by)


def _require_free(company: Company, month: str) -> None:
    running = Cycle.objects.filter(company=company, state=Cycle.State.OPEN).first()
    if running is not None:
        raise CycleIsOpen(month=running.month)
    if Cycle.objects.filter(company=company, month=month).exists():
        raise CycleHasBeen(month=month)


def _plan_of(company: Company, month: str) -> Version:
    drafts = Version.objects.filter(
        company=company, purpose=Version.Purpose.PLAN, state=Version.State.DRAFT, start=month
    )
    version = drafts.order_by("-number").first()
    if version is None:
        raise NoPlanForTheMonth(month=month)
    return version


def _lay_out(cycle: Cycle, days: Mapping[str, dt.date]) -> list[CycleStep]:
    """The steps of the cycle, in their order."""
    return [
        CycleStep.objects.create(cycle=cycle, step=step.step, place=place, day=days[step.step])
        for place, step in enumerate(steps())
    ]


def _open_first(step: CycleStep, by: Actor, why: str) -> None:
    step.state = CycleStep.State.OPEN
    step.save(update_fields=["state"])
    StepEvent.objects.create(step=step, what="opened", person=by.person, role=by.role, at=by.at, why=why)


def _ask_for_inputs(cycle: Cycle, made: Iterable[CycleStep], network: Network, by: Actor) -> None:
    members = list(Member.objects.filter(company_id=cycle.company_id, active=True).order_by("person"))
    owed: dict[Member, list[StepInput]] = {}
    for step in made:
        for wanted in inputs_of(step.step):
            for owner, salesperson in _owners(wanted, members, network):
                given = StepInput.objects.create(step=step, input=wanted.input, owner=owner, for_person=salesperson)
                if owner is not None and not wanted.itself:
                    owed.setdefault(owner, []).append(given)
    for owner, inputs in owed.items():
        _tell_owner(owner, cycle, inputs, by)


def _owners(wanted: Input, members: list[Member], network: Network) -> list[tuple[Member | None, str]]:
    """Who brings an input: (member, salesperson it is for). Where nobody holds the role the S&OP manager does."""
    stand_in = next((member for member in members if member.role == SOP_MANAGER), None)
    if wanted.each == "salesperson":
        known = {member.person: member for member in members}
        people = sorted({str(person) for person in network.customers.salesperson if person})
        return [(known.get(person, stand_in), person) for person in people]
    parts: dict[tuple[str, str], Member] = {}
    for member in members:
        if member.role == wanted.owner:
            parts.setdefault((member.region, member.family), member)
    return [(member, "") for member in parts.values()] or [(stand_in, "")]


def _tell_owner(owner: Member, cycle: Cycle, inputs: list[StepInput], by: Actor) -> None:
    first = inputs[0].step
    tell(
        member_id=owner.pk,
        message="cycle.inputs_wanted",
        values={
            "month": cycle.month,
            "inputs": listed(input_spoken(given.input) for given in inputs),
            "step": step_spoken(first.step),
            "day": first.day,
        },
        link=f"step/{first.step}/",
        at=by.at,
    )
