"""The agenda of a cycle's meeting: fixed points, and between them the decisions in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sandop_web.store.decision_list import agenda, weight
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


_MINUTES = {OPENING: 10, PAST_ACTIONS: 10, SCENARIO: 10, PLAN: 10, SIGN: 5, ACTIONS: 5}
_AT_LEAST = 5  # minutes of a decision, where the meeting is long enough


def minutes_of_points(decisions: Sequence[Decision], *, length: int) -> dict[str, int]:
    """Name of each point → its minutes, which together are the `length` of the meeting. Fixed points take what they
    always take, each decision five minutes and its share of the rest by the money at stake; a meeting too short for
    that is shared out in the same proportions."""
    names = [decision_point(one.number) for one in decisions]
    wanted: dict[str, float] = {**_MINUTES, **dict.fromkeys(names, float(_AT_LEAST))}
    left = length - sum(wanted.values())
    if left > 0:
        stakes = [weight(one) for one in decisions] if any(map(weight, decisions)) else [1.0] * len(names)
        growing = dict(zip(names, stakes)) or {point: float(_MINUTES[point]) for point in (SCENARIO, PLAN)}
        for name, stake in growing.items():
            wanted[name] += left * stake / sum(growing.values())
    return _whole(wanted, length)


def _whole(wanted: Mapping[str, float], length: int) -> dict[str, int]:
    """Whole minutes in these proportions that come to `length`: the largest remainders are rounded up."""
    scale = length / sum(wanted.values())
    minutes = {name: int(amount * scale) for name, amount in wanted.items()}
    by_remainder = sorted(wanted, key=lambda name: (minutes[name] - wanted[name] * scale, name))
    for name in by_remainder[: length - sum(minutes.values())]:
        minutes[name] += 1
    return minutes
