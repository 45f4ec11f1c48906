"""Agreement on the plan, family by family: sales, supply and finance each say yes, or no and why."""

from __future__ import annotations

from collections.abc import Sequence

from sandop_web.access import Actor, NothingThere, WebRefusal, action
from sandop_web.access.agreeing import function_of, require_speaks_for
from sandop_web.access.cycles import held_cycle
from sandop_web.access.deciding import require_unsigned
from sandop_web.actions.decisions import ResultsDoNotSpeak
from sandop_web.store.evidence import is_fresh
from sandop_web.store.models import FamilyAgreement
from sandop_web.store.plans import change_count, read_network


class NoFamilyNamed(WebRefusal):
    """No family was ticked."""

    message = "meeting.no_family"
    status = 400


class DisagreementUnexplained(WebRefusal):
    """Who disagrees says why."""

    message = "meeting.disagreement_unexplained"
    status = 400


@action
def agree_on_families(*, by: Actor, families: Sequence[str], agrees: bool, why: str = "") -> None:
    """Say for one's own function (sales, supply, finance) that the plan of these families stands, or does not. The
    word holds for the plan as it is: when the plan moves it is outdated.

    Raises NoCycleOpen, PlanIsSigned, ResultsDoNotSpeak, NoFamilyNamed, NothingThere, OutsideYourScope,
    DisagreementUnexplained.
    """
    cycle = held_cycle(by=by)
    require_unsigned(cycle=cycle)
    version = cycle.version
    if not is_fresh(version, "supply"):
        raise ResultsDoNotSpeak(title=version.title)
    if not families:
        raise NoFamilyNamed()
    if not agrees and not why.strip():
        raise DisagreementUnexplained()
    known = set(read_network(version).families.keys)
    for family in families:
        if family not in known:
            raise NothingThere()
        require_speaks_for(by=by, family=family)
    changes = change_count(version)
    FamilyAgreement.objects.bulk_create(
        FamilyAgreement(
            version=version,
            family=family,
            function=function_of(by),
            agrees=agrees,
            why=why.strip(),
            changes=changes,
            member_id=by.member_id,
            role=by.role,
            at=by.at,
        )
        for family in dict.fromkeys(families)
    )
