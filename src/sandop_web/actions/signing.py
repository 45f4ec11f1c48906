"""The signature of the S&OP meeting: a name over the hash of a plan, after which nobody changes it."""

from __future__ import annotations

from collections.abc import Sequence

from sandop_web.access import Actor, action
from sandop_web.access.cycles import held_cycle
from sandop_web.access.signing import HashHasMoved, obstacles, require_certified
from sandop_web.access.versions import version_of
from sandop_web.actions.minutes import keep_minute
from sandop_web.actions.telling import tell_everybody
from sandop_web.store.agenda import SIGN
from sandop_web.store.decision_list import decision_spoken
from sandop_web.store.models import Cycle, Decision, MinuteLine, Signature, Version
from sandop_web.store.publishing import publish_version
from sandop_web.store.sealing import grouped, keep_substitutes, sealable
from sandop_web.store.spoken import named

_SHOWN = 16  # characters of a hash in a sentence


@action
def sign_plan(*, by: Actor, version: int, why: str, expected_hash: str = "", conditions: Sequence[str] = ()) -> str:
    """Sign the plan of the open cycle and freeze it; its root hash, which is told to everybody.

    expected_hash   the hash the signer was shown, spaces apart or not; empty: whatever it is now
    conditions      conditions of the approval, one text each

    Raises NothingThere, NoCycleOpen, and what `access.signing.obstacles` lists; CertificateIsUnchecked or
    CertificateDoesNotHold; HashHasMoved.
    """
    found = version_of(by=by, version=version)
    cycle = held_cycle(by=by)
    for obstacle in obstacles(cycle=cycle, version=found):
        raise obstacle
    sealed = sealable(found)
    _require_shown(expected_hash, sealed.root_hash)
    require_certified(version=found, month=sealed.month)
    keep_substitutes(found)
    root = publish_version(version=found, at=by.at)
    _require_shown(sealed.root_hash, root)
    _sign(found, cycle, root, by, why, [text.strip() for text in conditions if text.strip()])
    return root


def _require_shown(shown: str, now: str) -> None:
    """What is signed is what the signer has seen, to the last cell."""
    shown = "".join(shown.split()).lower()
    if shown and shown != now:
        raise HashHasMoved(shown=grouped(shown[:_SHOWN]), now=grouped(now[:_SHOWN]))


def _sign(version: Version, cycle: Cycle, root: str, by: Actor, why: str, conditions: list[str]) -> None:
    Signature.objects.create(
        version=version,
        root_hash=root,
        member_id=by.member_id,
        role=by.role,
        at=by.at,
        why=why.strip(),
        conditions=conditions,
        decisions=[_as_signed(one) for one in cycle.decisions.exclude(state=Decision.State.LAPSED)],
    )
    tell_everybody(
        company_id=by.company_id,
        message="decisions.told.signed",
        values={
            "name": named(by.name, by.name_zh),
            "month": cycle.month,
            "hash": grouped(root[:_SHOWN]),
        },
        link="sign/",
        at=by.at,
    )
    keep_minute(
        cycle=cycle,
        by=by,
        point=SIGN,
        kind=MinuteLine.Kind.SIGNATURE,
        message="meeting.minute.signed",
        values={
            "name": named(by.name, by.name_zh),
            "title": version.title,
            "hash": grouped(root[:_SHOWN]),
            "why": why,
        },
    )


def _as_signed(decision: Decision) -> dict[str, object]:
    """A decision as the signature keeps it: its outcome and the alternative that was chosen."""
    way = decision.alternatives.filter(letter=decision.chosen).first() if decision.chosen else None
    return {
        "number": decision.number,
        "kind": decision.kind,
        "subject": decision.subject,
        "title": dict(decision_spoken(decision)),
        "by_hand": decision.by_hand,
        "state": decision.state,
        "chosen": decision.chosen,
        "text_en": way.text_en if way else "",
        "text_zh": way.text_zh if way else "",
        "money": way.money if way else 0.0,
        "conditions": decision.conditions,
        "decided_by": decision.decided_by.person if decision.decided_by else "",
        "why": decision.why,
    }
