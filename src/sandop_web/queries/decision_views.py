"""What a reader sees of the decision list, of one decision, and of the people in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody by name."""

    person: str
    name: str
    name_zh: str


@dataclass(frozen=True)
class AlternativeLine:
    """One way to decide.

    money, worth, cost, revenue, margin   plan currency
    units       plan units delivered more
    at_stake    what counts against an authority limit, plan currency
    may_choose  whether the reader's authority reaches it
    """

    letter: str
    text: str
    money: float
    worth: float
    cost: float
    revenue: float
    margin: float
    units: float
    at_stake: float
    recommended: bool
    chosen: bool
    may_choose: bool


@dataclass(frozen=True)
class DecisionLine:
    """A decision in the list.

    title, kind, way   in the reader's language; `way` is what was chosen, or is recommended while it is open
    kind_id            code of the kind
    weight             money at stake with its largest alternative, plan currency
    money              what the way earns, plan currency
    units              plan units the way delivers more
    days_left          days to its last responsible moment, negative when that has passed; None where it is decided
    needs              who decides within their authority: its owner, else the general managers
    beyond             it is too large for its owner
    overdue            its last responsible moment or its due date has passed and it is still open
    may_decide         the reader may make at least one choice
    """

    number: int
    kind: str
    kind_id: str
    title: str
    owner: Person | None
    due: dt.date | None
    last_responsible: dt.date | None
    state: str
    chosen: str
    way: str
    weight: float
    money: float
    units: float
    days_left: int | None
    needs: str
    beyond: bool
    conditions: str
    escalated: bool
    overdue: bool
    mine: bool
    may_decide: bool


@dataclass(frozen=True)
class DecisionList:
    """The list of a cycle.

    lines        in the order of the agenda; what lapsed stands in `lapsed`
    undecided    how many are open
    signed       the plan of the cycle is signed: the list stays as it is
    may_take_up, may_add   what the reader may do now
    fresh        the plan's results speak of its numbers as they are
    months       months whose lists can be looked at, newest first
    """

    month: str
    meeting: dt.date | None
    lines: tuple[DecisionLine, ...]
    lapsed: tuple[DecisionLine, ...]
    undecided: int
    signed: bool
    open: bool
    fresh: bool
    may_take_up: bool
    may_add: bool
    months: tuple[str, ...]


@dataclass(frozen=True)
class EventLine:
    """What became of a decision."""

    what: str
    outcome: str
    chosen: str
    conditions: str
    person: str
    name: str
    name_zh: str
    role: str
    at: dt.datetime
    why: str


@dataclass(frozen=True)
class DecisionView:
    """One decision with everything the meeting wants to see of it.

    recommendation   why the recommended alternative is; `moment` how the last responsible moment was found
    members       whom the decision may be given to; empty where the reader may not
    may_reject, may_escalate, may_reopen, may_assign   what the reader may do now
    """

    month: str
    line: DecisionLine
    alternatives: tuple[AlternativeLine, ...]
    events: tuple[EventLine, ...]
    decided_by: Person | None
    decided_at: dt.datetime | None
    why: str
    recommendation: str
    moment: str
    actions: tuple[int, ...]
    members: tuple[Person, ...]
    may_reject: bool
    may_escalate: bool
    may_reopen: bool
    may_assign: bool
