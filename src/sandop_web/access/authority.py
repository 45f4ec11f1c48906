"""Authority limits: what a person may decide alone, in money and in volume."""

from __future__ import annotations

from sandop_web.access.actor import Actor
from sandop_web.access.refusals import BeyondYourAuthority


def require_authority(*, by: Actor, money: float, units: float = 0.0, arbiters: str = "") -> None:
    """Raises BeyondYourAuthority where `money` (plan currency) or `units` (plan units), both without regard to
    sign, exceed what `by` may decide alone. The general manager has no limit. `arbiters` names who can lift it."""
    if by.arbiter:
        return
    too_much_money = abs(money) > by.authority
    too_much_volume = by.authority_units is not None and abs(units) > by.authority_units
    if too_much_money or too_much_volume:
        limit_units = float("inf") if by.authority_units is None else by.authority_units
        raise BeyondYourAuthority(
            money=abs(money), limit=by.authority, units=abs(units), limit_units=limit_units, arbiters=arbiters
        )
