"""Who may speak for sales, supply or finance when a family's plan is agreed."""

from __future__ import annotations

from sandop_web.access.actor import Actor
from sandop_web.access.refusals import OutsideYourScope
from sandop_web.store.models import FamilyAgreement

Function = FamilyAgreement.Function
FUNCTIONS = tuple(str(value) for value in Function.values)
_SPEAKS_FOR: dict[str, str] = {
    "sales": Function.SALES,
    "sales_head": Function.SALES,
    "supply_planner": Function.SUPPLY,
    "operations_head": Function.SUPPLY,
    "supply_chain_head": Function.SUPPLY,
    "finance": Function.FINANCE,
}


def function_of(by: Actor) -> str:
    """The function the person speaks for; empty for those who speak for none."""
    return str(_SPEAKS_FOR.get(by.role, ""))


def speaks_for_family(*, by: Actor, family: str) -> bool:
    """True where the person sees the whole family: who answers for one region cannot agree for all of them."""
    return not by.region and by.family in ("", family)


def require_speaks_for(*, by: Actor, family: str) -> None:
    """Raises OutsideYourScope unless `speaks_for_family`."""
    if not speaks_for_family(by=by, family=family):
        raise OutsideYourScope(row=family, family=by.family or "–", region=by.region or "–")
