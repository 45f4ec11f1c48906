"""The agenda of a cycle's meeting: fixed points, and between them the decisions in their order."""

from __future__ import annotations

from sandop_web.store.decision_list import agenda
from sandop_web.store.models import Cycle, Decision

OPENING, PAST_ACTIONS, SCENARIO, PLAN, SIGN, ACTIONS = (
    "opening",
    "past-actions",
    "scenario",
    "plan",
    "sign",
    "actions",
)
FIXED = (OPENING, PAST_ACTIONS, SCENARIO, PLAN, SIGN, ACTIONS)


def decision_point(number: int) -> str:
    """Name of the point at which a decision is made."""
    return f"decision-{number}"


def decisions_on(cycle: Cycle) -> list[Decision]:
    """The decisions of the cycle that have not lapsed, most money at stake first."""
    found = cycle.decisions.exclude(state=Decision.State.LAPSED).select_related("owner", "cycle__version")
    return agenda(found.prefetch_related("alternatives"))


def points_of(cycle: Cycle) -> list[str]:
    """Names of all points, in the order in which the meeting takes them."""
    decided = [decision_point(one.number) for one in decisions_on(cycle)]
    return [OPENING, PAST_ACTIONS, *decided, SCENARIO, PLAN, SIGN, ACTIONS]
