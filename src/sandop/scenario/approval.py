"""The signature of the S&OP meeting: who may sign, and what must be true of the plan that is signed."""

from __future__ import annotations

from sandop.execution import frozen_production
from sandop.findings import Refusal
from sandop.plan import Plan
from sandop.scenario.buckets import demand_in_buckets
from sandop.scenario.chain import STEPS
from sandop.scenario.month import CERTIFICATE, Month
from sandop.supply import Certificate, Verification, verify_supply

ARBITER = "gm"  # the general manager chairs the S&OP meeting and is the final arbiter


class PlanNotComplete(Refusal):
    """A step of the month has not been made from these inputs."""

    message = "refused.plan_not_complete"


class CertificateFails(Refusal):
    """The supply plan is not what its certificate proves."""

    message = "refused.certificate_fails"


class NotTheArbiter(Refusal):
    """Somebody else than the final arbiter wants to sign."""

    message = "refused.not_the_arbiter"


class NobodyOfThatName(Refusal):
    """The signer is not among the people of the plan."""

    message = "refused.nobody_of_that_name"


class ReasonMissing(Refusal):
    """An approval without a reason."""

    message = "refused.reason_missing"


def require_signable(*, month: Month, by: str, why: str) -> None:
    """Raises a Refusal unless `by` may sign, says why, every step has been made, and the certificate holds when it
    is checked again without the solver."""
    require_signer(plan=month.plan, by=by, why=why)
    for step in STEPS:
        if step not in month.steps:
            raise PlanNotComplete(step=step)
    verification = verify_month(month=month)
    if not verification.holds:
        raise CertificateFails(gap=verification.checked.gap, infeasibility=verification.checked.violation)


def verify_month(*, month: Month) -> Verification:
    """The supply plan checked again from the inputs, without the solver. Raises PlanNotComplete where there is
    none, ValueError where the stored certificate is not whole."""
    if CERTIFICATE not in month.proofs:
        raise PlanNotComplete(step="supply")
    return verify_supply(
        plan=month.plan,
        demand=demand_in_buckets(plan=month.plan, demand=month.sheets["demand"]),
        targets=month.sheets["safety_stock"],
        sheets=month.sheets,
        certificate=Certificate.of_bytes(month.proofs[CERTIFICATE]),
        frozen=frozen_production(plan=month.plan),
    )


def require_signer(*, plan: Plan, by: str, why: str) -> None:
    """Raises a Refusal unless `by` is the final arbiter among the people of the plan and says why."""
    if not why.strip():
        raise ReasonMissing
    people = plan.network.people
    if by not in people.position:
        raise NobodyOfThatName(person=by, people=", ".join(people.keys))
    if people.role[people.position[by]] == ARBITER:
        return
    arbiters = [str(person) for person, role in zip(people.person, people.role) if role == ARBITER]
    raise NotTheArbiter(person=by, arbiter=", ".join(arbiters) or ARBITER)
