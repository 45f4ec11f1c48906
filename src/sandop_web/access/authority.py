"""Authority limits: what a person may decide alone, in money and in volume."""

from __future__ import annotations

from sandop_web.access.actor import Actor
from sandop_web.access.refusals import BeyondYourAuthority


class BeyondYourAuthorityInMoney(BeyondYourAuthority):
    """The same for somebody without a limit in volume."""

    message = "access.beyond_your_authority_in_money"


def require_authority(*, by: Actor, money: float, units: float = 0.0, arbiters: str = "") -> None:
    """Raises BeyondYourAuthority where `money` (plan currency) or `units` (plan units), both without regard to
    sign, exceed what `by` may decide alone. The general manager has no limit. `arbiters` names who can lift it."""
    if by.arbiter:
        return
    too_much_money = abs(money) > by.authority
    too_much_volume = by.authority_units is not None and abs(units) > by.authority_units
    if not (too_much_money or too_much_volume):
        return
    if by.authority_units is None:
        raise BeyondYourAuthorityInMoney(money=abs(money), limit=by.authority, arbiters=arbiters)
    raise BeyondYourAuthority(
        money=abs(money), limit=by.authority, units=abs(units), limit_units=by.authority_units, arbiters=arbiters
    )
