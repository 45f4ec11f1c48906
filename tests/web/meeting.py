"""The decision list and the S&OP meeting on the stage, for tests of both.

The small company's results ask for two decisions: extra shifts on LINE (Olaf's; b and c earn money, c is recommended)
and the cuts for E and W (Hana's).
"""

from __future__ import annotations

import datetime as dt

from sandop_web.access import Actor
from sandop_web.actions.decisions import WayToDecide, add_decision, decide, take_up_decisions
from sandop_web.store.models import Cycle, CycleStep, Decision

SHIFTS, CUTS = 1, 2
LAST = dt.date(2026, 1, 2)  # last responsible moment of the extra shifts


def listed(by: Actor) -> None:
    """The decisions of the plan stand on the list."""
    take_up_decisions(by=by)


def asked(
    by: Actor,
    *,
    money: float = 0.0,
    cost: float = 0.0,
    units: float = 0.0,
    owner: str = "",
    title: str = "A test rig",
) -> int:
    """A decision on the list whose alternative b is recommended and has this at stake; its number."""
    return add_decision(
        by=by,
        title=title,
        owner=owner,
        alternatives=[
            WayToDecide(text="Leave it"),
            WayToDecide(text="Buy it", money=money, cost=cost, units=units, recommended=True),
        ],
    )


def all_decided(by: Actor) -> None:
    """Everything on the list is approved as recommended."""
    for decision in Decision.objects.filter(cycle__company_id=by.company_id, state=Decision.State.OPEN):
        letter = next(one.letter for one in decision.alternatives.all() if one.recommended)
        decide(by=by, number=decision.number, outcome="approved", chosen=letter, why="as recommended")


def in_the_meeting() -> Cycle:
    """Every step up to pre-S&OP is signed and the S&OP meeting is on."""
    cycle = Cycle.objects.get()
    before = cycle.steps.get(step="sop_meeting").place
    cycle.steps.filter(place__lt=before).update(state=CycleStep.State.SIGNED)
    cycle.steps.filter(step="sop_meeting").update(state=CycleStep.State.OPEN)
    return cycle


def ready_to_sign(eve: Actor) -> int:
    """All is decided in the meeting; the version to sign."""
    listed(eve)
    all_decided(eve)
    return in_the_meeting().version_id
