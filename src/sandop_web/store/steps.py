"""What the steps of the open cycle allow for a version, and what stands in for numbers nobody gave."""

from __future__ import annotations

from sandop.tables import Report, ReportRows
from sandop_web.store.ground_rules import ground_rules
from sandop_web.store.looking import once
from sandop_web.store.models import Cycle, CycleStep, StepInput, Version
from sandop_web.store.plans import read_network
from sandop_web.store.spoken import SpokenRefusal, step_spoken

PRE_SOP = "pre_sop"
SUBSTITUTES = "substitutes"  # name of the report


class StepIsClosed(SpokenRefusal):
    """The step to which the numbers belong has been signed."""

    message = "cycle.step_is_closed"


class NumbersAreFixed(StepIsClosed):
    """Pre-S&OP has been signed: no new numbers in the meeting."""

    message = "cycle.numbers_are_fixed"


def open_cycle_with(version: Version) -> Cycle | None:
    """The open cycle that works on the version; None for a scenario and for a plan of another month."""
    return Cycle.objects.filter(version=version, state=Cycle.State.OPEN).select_related("company").first()


def require_step_open(*, version: Version, step: str) -> None:
    """Raises StepIsClosed where the version belongs to an open cycle whose `step` has been signed, NumbersAreFixed
    (a StepIsClosed) where pre-S&OP has been signed and the company allows no new numbers after it. Scenarios are
    versions of their own, so they stay open."""
    cycle = open_cycle_with(version)
    if cycle is None:
        return
    signed = set(cycle.steps.filter(state=CycleStep.State.SIGNED).values_list("step", flat=True))
    if step in signed:
        raise StepIsClosed(step=step_spoken(step), month=cycle.month)
    if PRE_SOP in signed and ground_rules(cycle.company).no_new_numbers_in_meeting:
        raise NumbersAreFixed(step=step_spoken(PRE_SOP), month=cycle.month)


def cycle_behind(version: Version) -> Cycle | None:
    """The cycle whose numbers the version carries: its own, or that of the plan it was branched from."""
    seen: Version | None = version
    while seen is not None:
        cycle = Cycle.objects.filter(version=seen).order_by("-pk").first()
        if cycle is not None or seen.purpose == Version.Purpose.PLAN:
            return cycle
        seen = seen.parent
    return None


def substitutes_report(version: Version) -> Report:
    """Report `substitutes`: what stands in for inputs that were not given, one row an input and customer.

    Columns: step, input, owner (person), substitute (last_agreed, statistical, silence, none), customer (empty: it
    concerns all), by (person), on (day, UTC), why. It is stored among the version's reports, so that the signature
    covers it.
    """
    return once(("substitutes", version.pk), lambda: _substitutes(version))


def _substitutes(version: Version) -> Report:
    cycle = cycle_behind(version)
    if cycle is None:
        return []
    found = StepInput.objects.filter(step__cycle=cycle, state=StepInput.State.SUBSTITUTED).select_related(
        "step", "owner"
    )
    rows: ReportRows = []
    for mark in found.order_by("step__place", "input", "for_person", "owner__person"):
        for customer in customers_of(version, mark) or [""]:
            rows.append(
                {
                    "step": mark.step.step,
                    "input": mark.input,
                    "owner": mark.for_person or (mark.owner.person if mark.owner else ""),
                    "substitute": mark.substitute,
                    "customer": customer,
                    "by": mark.person,
                    "on": f"{mark.at:%Y-%m-%d}" if mark.at else "",
                    "why": mark.why,
                }
            )
    return rows


def customers_of(version: Version, given: StepInput) -> list[str]:
    """The customers an input speaks of: those of its salesperson; none where it speaks of everything."""
    if not given.for_person:
        return []
    customers = read_network(version).customers
    return [
        str(customer)
        for customer, salesperson in zip(customers.keys, customers.salesperson)
        if salesperson == given.for_person
    ]
