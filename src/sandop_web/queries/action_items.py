"""Actions with their progress: what is open, what is overdue, what it has brought."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from sandop_web.access import Actor, may_take, query
from sandop_web.access.acting import may_report
from sandop_web.queries.decision_views import Person
from sandop_web.queries.decisions import members_of, person_of
from sandop_web.store.decision_list import alternative_spoken
from sandop_web.store.models import ActionItem

State = ActionItem.State
RUNNING = ActionItem.RUNNING
FILTERS = ("open", "overdue", "mine", "done", "all")


@dataclass(frozen=True)
class ActionLine:
    """An action.

    month      cycle it was made in; empty: outside every cycle
    decision   number of the decision of that cycle it carries out; None: none
    effect_expected, effect_seen   plan currency; None: nobody has said
    days_left  days until it is due, negative when overdue; None when it has ended
    """

    number: int
    title: str
    owner: Person
    made_by: Person
    due: dt.date
    state: str
    month: str
    decision: int | None
    effect_expected: float | None
    effect_seen: float | None
    remark: str
    made_at: dt.datetime
    done_at: dt.datetime | None
    days_left: int | None
    overdue: bool
    mine: bool
    may_report: bool


@dataclass(frozen=True)
class ActionList:
    """The actions of a company, overdue first, and how they stand.

    running, overdue, done   how many, of all
    expected, seen           plan currency, of those that are done
    members                  who may be given one; empty where the reader may add none
    """

    lines: tuple[ActionLine, ...]
    running: int
    overdue: int
    done: int
    expected: float
    seen: float
    members: tuple[Person, ...]
    may_add: bool

    @property
    def total(self) -> int:
        """Those that run and those that are done."""
        return self.running + self.done


@query
def actions_of(*, by: Actor, which: str = "open", owner: str = "", month: str = "") -> ActionList:
    """The actions of the company, those that run first, by the day they are due.

    which   open, overdue, mine, done, all; anything else is read as open
    owner   person id; empty: all
    month   cycle they were made in; empty: all
    """
    everything = ActionItem.objects.filter(company_id=by.company_id)
    found = _filtered(by, everything, which)
    if owner:
        found = found.filter(owner__person=owner)
    if month:
        found = found.filter(cycle__month=month)
    whole = found.select_related("owner", "made_by", "cycle", "decision").prefetch_related("decision__alternatives")
    lines = sorted((_line(by, item) for item in whole), key=lambda one: (one.days_left is None, one.due, one.number))
    done = everything.filter(state=State.DONE)
    may_add = may_take(by=by, action="add_action_item")
    return ActionList(
        lines=tuple(lines),
        running=everything.filter(state__in=RUNNING).count(),
        overdue=everything.filter(state__in=RUNNING, due__lt=by.today).count(),
        done=done.count(),
        expected=sum(one or 0.0 for one in done.values_list("effect_expected", flat=True)),
        seen=sum(one or 0.0 for one in done.values_list("effect_seen", flat=True)),
        members=tuple(members_of(by)) if may_add else (),
        may_add=may_add,
    )


def _filtered(by: Actor, items: QuerySet[ActionItem], which: str) -> QuerySet[ActionItem]:
    if which == "all":
        return items
    if which == "done":
        return items.exclude(state__in=RUNNING)
    running = items.filter(state__in=RUNNING)
    if which == "overdue":
        return running.filter(due__lt=by.today)
    return running.filter(owner_id=by.member_id) if which == "mine" else running


def _line(by: Actor, item: ActionItem) -> ActionLine:
    owner, made_by = person_of(item.owner), person_of(item.made_by)
    assert owner is not None and made_by is not None
    left = (item.due - by.today).days if item.state in RUNNING else None
    return ActionLine(
        number=item.number,
        title=title_of(item, by),
        owner=owner,
        made_by=made_by,
        due=item.due,
        state=item.state,
        month=item.cycle.month if item.cycle else "",
        decision=item.decision.number if item.decision else None,
        effect_expected=item.effect_expected,
        effect_seen=item.effect_seen,
        remark=item.remark,
        made_at=item.made_at,
        done_at=item.done_at,
        days_left=left,
        overdue=left is not None and left < 0,
        mine=item.owner_id == by.member_id,
        may_report=may_report(by=by, item=item),
    )


def title_of(item: ActionItem, by: Actor) -> str:
    """What is to be done; where the title is that of an alternative, in the reader's language."""
    for one in item.decision.alternatives.all() if item.decision else ():
        spoken = alternative_spoken(one)
        if spoken["en"][:300] == item.title:
            return spoken[by.language]
    return item.title
