"""Who may decide what: the decision of the open cycle, and the money and volume at stake."""

from __future__ import annotations

from sandop.scenario import ARBITER
from sandop.wording import in_a_row
from sandop_web.access.actor import Actor
from sandop_web.access.authority import require_authority
from sandop_web.access.refusals import BeyondYourAuthority, NothingThere, WebRefusal
from sandop_web.access.roles import SOP_MANAGER, may_take
from sandop_web.store.decision_list import at_stake, recommended
from sandop_web.store.looking import once
from sandop_web.store.models import Alternative, Cycle, Decision, Member, Signature
from sandop_web.store.spoken import named

# They decide whatever their authority reaches; everybody else what is theirs.
DECIDERS = (ARBITER, SOP_MANAGER, "supply_chain_head", "operations_head", "sales_head", "finance")


class PlanIsSigned(WebRefusal):
    """The plan was signed together with its decisions: they stay as they were signed."""

    message = "decisions.plan_is_signed"


class NotYoursToDecide(WebRefusal):
    """The decision is somebody else's."""

    message = "decisions.not_yours"
    status = 403


def require_unsigned(*, cycle: Cycle) -> None:
    """Raises PlanIsSigned where the plan of the cycle has been signed."""
    signature = Signature.objects.filter(version_id=cycle.version_id).select_related("member").first()
    if signature is not None:
        raise PlanIsSigned(month=cycle.month, name=signature.member.name)


def decision_of(*, by: Actor, number: int, month: str = "", locked: bool = False) -> Decision:
    """The decision of that number in the open cycle, or in the cycle of `month`. Raises NothingThere."""
    found = Decision.objects.filter(cycle__company_id=by.company_id, number=number)
    found = found.filter(cycle__month=month) if month else found.filter(cycle__state=Cycle.State.OPEN)
    held = found.values_list("pk", flat=True).first()
    if held is None:
        raise NothingThere()
    if locked:  # the row alone, then what hangs on it: a join under the lock may lose the row (PostgreSQL)
        Decision.objects.select_for_update().get(pk=held)
    return Decision.objects.select_related("cycle__version", "owner", "decided_by").get(pk=held)


def alternative_at_stake(decision: Decision, chosen: Alternative | None) -> Alternative | None:
    """The alternative whose money counts against the authority: the chosen one. Who rejects, or leaves the plan as it
    is, gives up the recommended one, so that one counts."""
    if chosen is not None and (at_stake(chosen) or chosen.units):
        return chosen
    return recommended(decision) or chosen


def require_may_decide(*, by: Actor, decision: Decision, chosen: Alternative | None) -> None:
    """Raises NotYoursToDecide, or BeyondYourAuthority where more is at stake than `by` may decide alone. `chosen` is
    None for a rejection."""
    if by.role not in DECIDERS and decision.owner_id != by.member_id:
        owner = decision.owner
        raise NotYoursToDecide(
            number=decision.number, owner=named(owner.name, owner.name_zh) if owner else named("–")
        )
    stake = alternative_at_stake(decision, chosen)
    if stake is not None:
        require_authority(by=by, money=at_stake(stake), units=stake.units, arbiters=arbiters(by=by))


def may_decide(*, by: Actor, decision: Decision, chosen: Alternative | None) -> bool:
    """True where `require_may_decide` would not refuse and the role may decide at all."""
    if not may_take(by=by, action="decide"):
        return False
    try:
        require_may_decide(by=by, decision=decision, chosen=chosen)
    except (NotYoursToDecide, BeyondYourAuthority):
        return False
    return True


def is_beyond_owner(decision: Decision) -> bool:
    """True where what is recommended is more than the decision's owner may decide alone, in money or in volume."""
    owner, stake = decision.owner, recommended(decision)
    if owner is None or owner.role == ARBITER or stake is None:
        return False
    too_much_volume = owner.authority_units is not None and abs(stake.units) > owner.authority_units
    return at_stake(stake) > owner.authority or too_much_volume


def arbiters(*, by: Actor) -> str:
    """Names of the general managers of the company, in the reader's language."""
    found = Member.objects.filter(company_id=by.company_id, role=ARBITER, active=True).order_by("person")
    members = once(("arbiters", by.company_id), lambda: list(found))
    return in_a_row((named(one.name, one.name_zh)[by.language] for one in members), by.language)
