"""Who may give a place in the company to whom: roles, scope and authority are given from above, never to oneself."""

from __future__ import annotations

from dataclasses import dataclass

from sandop.cycle import roles
from sandop.scenario import ARBITER
from sandop.wording import Language, in_a_row
from sandop_web.access import Actor, WebRefusal
from sandop_web.store.models import Member


class RoleUnknown(WebRefusal):
    """The cycle has no such role."""

    message = "people.role_unknown"
    status = 400


class OwnPlace(WebRefusal):
    """Nobody changes their own role, scope or authority."""

    message = "people.own_place"
    status = 403


class OnlyTheArbiter(WebRefusal):
    """Only a general manager makes another one, or changes one."""

    message = "people.only_the_arbiter"
    status = 403


class LastArbiter(WebRefusal):
    """The company would be left without a general manager."""

    message = "people.last_arbiter"


class MoreThanYourOwn(WebRefusal):
    """Nobody but the general manager gives more authority than they have themselves."""

    message = "people.more_than_your_own"
    status = 403


@dataclass(frozen=True)
class Place:
    """A place in the company.

    region, family    scope; empty is all
    authority         plan currency that may be decided alone
    authority_units   plan units that may be decided alone; None is no limit in volume
    """

    role: str
    region: str = ""
    family: str = ""
    authority: float = 0.0
    authority_units: float | None = None
    active: bool = True

    @property
    def arbiter(self) -> bool:
        """True for a general manager who is still there."""
        return self.active and self.role == ARBITER


def place_of(member: Member) -> Place:
    """The place a member has now."""
    return Place(member.role, member.region, member.family, member.authority, member.authority_units, member.active)


def require_role(*, role: str, language: Language) -> None:
    """Raises RoleUnknown unless the cycle knows the role."""
    if role not in roles():
        raise RoleUnknown(role=role, roles=in_a_row((title[language] for title in roles().values()), language))


def require_may_give(*, by: Actor, before: Place | None, after: Place) -> None:
    """Raises OnlyTheArbiter, LastArbiter or MoreThanYourOwn unless `by` may turn the place `before` (None: somebody
    new) into `after`. Where a company has no general manager at all, the S&OP manager may name the first."""
    arbiters = _arbiters(by)
    was_arbiter = before is not None and before.role == ARBITER
    if (was_arbiter or after.arbiter) and before != after and arbiters and not by.arbiter:
        raise OnlyTheArbiter()
    if before is not None and before.arbiter and not after.arbiter and arbiters == 1:
        raise LastArbiter()
    if not by.arbiter and not after.arbiter:
        _require_own_authority(by, before, after)


def _arbiters(by: Actor) -> int:
    """How many general managers the company has; they cannot change until the action is done."""
    held = Member.objects.select_for_update().filter(company_id=by.company_id, role=ARBITER, active=True)
    return len(held)


def _require_own_authority(by: Actor, before: Place | None, after: Place) -> None:
    money_before = before.authority if before else 0.0
    units_before = before.authority_units if before else 0.0
    more_money = after.authority > max(money_before, by.authority)
    more_units = _units(after.authority_units) > max(_units(units_before), _units(by.authority_units))
    if more_money or more_units:
        raise MoreThanYourOwn(money=by.authority, units=_units(by.authority_units))


def _units(limit: float | None) -> float:
    return float("inf") if limit is None else limit
