"""Who is in a company and where its cycle stands: what nearly every page asks for, and asks once (`looking`)."""

from __future__ import annotations

from sandop_web.store.looking import once
from sandop_web.store.models import Cycle, CycleStep, Member, Signature, StepInput


def members_of(company_id: int) -> tuple[Member, ...]:
    """Everybody who ever was in the company, by person; who left is not `active`."""
    members = Member.objects.filter(company_id=company_id).order_by("person")
    return once(("members", company_id), lambda: tuple(members))


def holders_of(company_id: int, *roles: str) -> tuple[Member, ...]:
    """Who holds one of the roles now, by person."""
    return tuple(one for one in members_of(company_id) if one.active and one.role in roles)


def steps_of(cycle: Cycle) -> tuple[CycleStep, ...]:
    """The steps of the cycle in the order of the month."""
    return once(("steps", cycle.pk), lambda: tuple(cycle.steps.order_by("place")))


def inputs_of(step: CycleStep) -> tuple[StepInput, ...]:
    """The inputs of the step in the order of the template, their owner and the plan of the cycle at hand."""
    inputs = StepInput.objects.filter(step__cycle_id=step.cycle_id).select_related("owner", "step__cycle__version")
    of_cycle = once(("inputs", step.cycle_id), lambda: tuple(inputs.order_by("pk")))
    return tuple(one for one in of_cycle if one.step_id == step.pk)


def is_signed(version_id: int) -> bool:
    """Somebody has signed the version. Looked up every time: a rule must not answer from a moment ago."""
    return Signature.objects.filter(version_id=version_id).exists()


def signed_last(company_id: int) -> Signature | None:
    """The signature that binds the company, with its version and who signed; None where nothing ever was signed."""
    signed = Signature.objects.filter(version__company_id=company_id).select_related("version", "member")
    return once(("signed last", company_id), signed.order_by("-at", "-pk").first)
