"""Cuts as sales answers them: what is late or lost, at which price, why, and what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from sandop.pack.figures import Numbers, rows, sheet
from sandop.pack.pages.shortages import limit_name
from sandop.pack.reader import Reader
from sandop.plan import Key
from sandop_web.access import Actor, may_take, query
from sandop_web.access.cycles import open_cycle_in
from sandop_web.queries.decision_views import Person
from sandop_web.queries.decisions import person_of
from sandop_web.queries.steps.content import Needs, Reading
from sandop_web.queries.steps.reading import read_step
from sandop_web.store.cuts import Cut, answers_to, cuts_of_report, state_of
from sandop_web.store.evidence import is_fresh
from sandop_web.store.models import CutAnswer
from sandop_web.store.standing import is_signed

WAITING = ("open", "changed")
_NEEDS = Needs(sheets=("backlog",), reports=("unserved",))
_OWED = 0.5  # units owed from which a month counts as late


@dataclass(frozen=True)
class CutLine:
    """A cut and what was said to it.

    item, site, customer   ids; with a name beside each that people read
    months      months in which units wait, in words; empty where none wait
    waiting     units that wait at most; `lost` units given up, both plan units of the item
    penalty     plan currency
    reason      why, and what is short, in words
    state       open, accepted, escalated; changed: answered, and the cut has moved since
    decision    number of the decision it joined; None: none
    then_lost, then_penalty   as they were when answered; None: never
    """

    item: str
    item_name: str
    site: str
    customer: str
    customer_name: str
    family: str
    family_name: str
    unit: str
    months: str
    waiting: float
    lost: float
    penalty: float
    reason: str
    state: str
    person: Person | None
    at: dt.datetime | None
    why: str
    decision: int | None
    then_lost: float | None
    then_penalty: float | None


@dataclass(frozen=True)
class CutGroup:
    """The cuts of a family and a customer; `waiting` counts those without an answer."""

    family: str
    family_name: str
    customer: str
    customer_name: str
    unit: str
    count: int
    waiting: int
    accepted: int
    escalated: int
    late: float
    lost: float
    penalty: float
    reason: str


@dataclass(frozen=True)
class CutList:
    """The cuts of the open cycle's plan in the reader's scope, the dearest first.

    month      of the cycle; empty: none is open
    fresh      the plan's results speak of its numbers as they are
    lines      of the family and customer asked for; `groups` all
    waiting    how many wait for an answer, `waiting_money` their penalty
    """

    month: str
    version: int | None
    fresh: bool
    signed: bool
    groups: tuple[CutGroup, ...]
    lines: tuple[CutLine, ...]
    count: int
    waiting: int
    accepted: int
    escalated: int
    money: float
    waiting_money: float
    may_answer: bool


@query
def cuts_of(*, by: Actor, family: str = "", customer: str = "") -> CutList:
    """The cuts of the plan of the open cycle; `lines` only of this family and customer where they are given."""
    cycle = open_cycle_in(by.company_id)
    if cycle is None or "supply" not in cycle.version.steps:
        return _none(cycle.month if cycle else "")
    reading = read_step(by=by, version=cycle.version, needs=_NEEDS)
    network = reading.month.plan.network
    found = cuts_of_report(rows(reading.month, "unserved"), network)
    answers = answers_to(cycle.version)
    owed = _owed(reading)
    lines = [_line(reading, cut, answers, owed) for cut in found]
    signed = is_signed(cycle.version_id)
    fresh = is_fresh(cycle.version, "supply")
    wanted = [
        line
        for line in lines
        if family in ("", line.family) and customer in ("", line.customer) and (family or customer)
    ]
    return CutList(
        month=cycle.month,
        version=cycle.version_id,
        fresh=fresh,
        signed=signed,
        groups=tuple(_groups(lines, found)),
        lines=tuple(wanted),
        count=len(lines),
        waiting=sum(line.state in WAITING for line in lines),
        accepted=sum(line.state == "accepted" for line in lines),
        escalated=sum(line.state == "escalated" for line in lines),
        money=sum(line.penalty for line in lines),
        waiting_money=sum(line.penalty for line in lines if line.state in WAITING),
        may_answer=fresh and not signed and may_take(by=by, action="accept_cuts"),
    )


def _none(month: str) -> CutList:
    return CutList(month, None, False, False, (), (), 0, 0, 0, 0, 0.0, 0.0, False)


def _owed(reading: Reading) -> dict[Key, Numbers]:
    """Series → units owed in each planned month, (month,)."""
    found = sheet(reading.month, "backlog")
    return {} if found is None else dict(zip(found.rows.keys, found.values))


def _line(reading: Reading, cut: Cut, answers: Mapping[Key, CutAnswer], owed: Mapping[Key, Numbers]) -> CutLine:
    reader, (item, site, customer) = reading.reader, cut.key
    waits = np.nan_to_num(owed.get(cut.key, np.zeros(0)))
    labels = [label for label, units in zip(reading.month.plan.calendar.horizon.month_labels, waits) if units > _OWED]
    answer = answers.get(cut.key)
    return CutLine(
        item=item,
        item_name=reader.name("items", item),
        site=site,
        customer=customer,
        customer_name=reader.name("customers", customer),
        family=cut.family,
        family_name=reader.family(cut.family),
        unit=reader.word("unit_of", reader.plan_unit(cut.family)),
        months=reader.span(labels) if labels else "",
        waiting=float(waits.max(initial=0.0)),
        lost=cut.lost,
        penalty=cut.penalty,
        reason=reason_of(reader, cut),
        state=state_of(cut, answers),
        person=person_of(answer.member) if answer else None,
        at=answer.at if answer else None,
        why=answer.why if answer else "",
        decision=answer.decision.number if answer and answer.decision else None,
        then_lost=answer.lost if answer else None,
        then_penalty=answer.penalty if answer else None,
    )


def reason_of(reader: Reader, cut: Cut, most: int = 2) -> str:
    """Why, and what is short: "A limit is short: Winding, Casting"."""
    said = reader.word("reason", cut.reason)
    short = reader.joined(limit_name(reader, limit) for limit in cut.limits[:most])
    return reader.say("decide.about", kind=said, subject=short) if short else said


def _groups(lines: Iterable[CutLine], cuts: Iterable[Cut]) -> Iterable[CutGroup]:
    """Lines of a family and customer together, the dearest group first."""
    late = {cut.key: cut.late for cut in cuts}
    ordered = sorted(lines, key=lambda line: (line.family, line.customer))
    groups = [
        _group(list(group), late) for _, group in groupby(ordered, key=lambda line: (line.family, line.customer))
    ]
    return sorted(groups, key=lambda group: -group.penalty)


def _group(lines: list[CutLine], late: Mapping[Key, float]) -> CutGroup:
    first = max(lines, key=lambda line: line.penalty)
    return CutGroup(
        family=first.family,
        family_name=first.family_name,
        customer=first.customer,
        customer_name=first.customer_name,
        unit=first.unit,
        count=len(lines),
        waiting=sum(line.state in WAITING for line in lines),
        accepted=sum(line.state == "accepted" for line in lines),
        escalated=sum(line.state == "escalated" for line in lines),
        late=sum(late[line.item, line.site, line.customer] for line in lines),
        lost=sum(line.lost for line in lines),
        penalty=sum(line.penalty for line in lines),
        reason=first.reason,
    )
