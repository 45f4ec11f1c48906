"""Reminders: three days ahead, on the day, and every week overdue; each once.

| day          | reminder of what is due on 20 January |
|--------------|---------------------------------------|
| 16 January   | –                                     |
| 17 January   | ahead                                 |
| 20 January   | today                                 |
| 21 January   | overdue, first week                   |
| 28 January   | overdue, second week                  |
"""

import datetime as dt

import pytest
from meeting import asked
from stage import Act

from sandop_web.actions.action_items import add_action_item, report_on_action
from sandop_web.actions.reminding import due_reminders, occasion
from sandop_web.store.models import Cycle, CycleStep, Member, Notice, StepInput

pytestmark = pytest.mark.usefixtures("cycle")
DUE = dt.date(2026, 1, 20)


def _morning(day: int) -> dt.datetime:
    """Eight in the morning in Hangzhou, that day of January."""
    return dt.datetime(2026, 1, day, 0, 0, tzinfo=dt.UTC)


def _of(what: str, person: str = "") -> list[str]:
    """What was reminded of, in order."""
    found = Notice.objects.filter(message__startswith=f"decisions.remind.{what}").order_by("pk")
    if person:
        found = found.filter(member__person=person)
    return [message.rsplit(".", 1)[1] for message in found.values_list("message", flat=True)]


@pytest.mark.parametrize(
    ("day", "word"),
    [(16, ""), (17, "ahead"), (19, "ahead"), (20, "today"), (21, "late-1"), (27, "late-1"), (28, "late-2")],
)
def test_the_occasion_depends_on_the_days_left(day: int, word: str) -> None:
    assert occasion(due=DUE, today=dt.date(2026, 1, day)) == word


def test_an_action_is_reminded_of_day_by_day_each_time_once(act: Act) -> None:
    add_action_item(by=act("max"), title="Call the foundry", owner="pia", due=DUE)
    for day in range(5, 30):
        due_reminders(at=_morning(day))
        due_reminders(at=_morning(day))
    assert _of("action") == ["ahead", "today", "late", "late"]
    assert _of("action", "pia") == _of("action")


def test_what_is_done_is_not_reminded_of(act: Act) -> None:
    number = add_action_item(by=act("max"), title="Call the foundry", owner="pia", due=DUE)
    report_on_action(by=act("pia"), number=number, state="done")
    due_reminders(at=_morning(20))
    assert _of("action") == []


def test_the_owner_of_an_open_decision_is_reminded_of_its_last_responsible_moment(act: Act) -> None:
    asked(act("dana"), owner="pia")
    cycle = Cycle.objects.get()
    cycle.decisions.update(last_responsible=DUE)  # a day before the meeting, where it is due
    due_reminders(at=_morning(20))
    assert _of("decision", "pia") == ["today"]


def test_the_chair_of_a_step_that_is_not_signed_is_reminded() -> None:
    Cycle.objects.get().steps.filter(step="demand_review").update(day=DUE)
    due_reminders(at=_morning(20))
    assert "today" in _of("step", "hana")
    CycleStep.objects.update(state=CycleStep.State.SIGNED)
    Notice.objects.all().delete()
    due_reminders(at=_morning(20))
    assert _of("step") == []


def test_whoever_owes_an_input_is_reminded_until_it_is_there() -> None:
    Cycle.objects.get().steps.filter(step="demand_review").update(day=DUE)
    due_reminders(at=_morning(17))
    assert _of("input", "sally") == ["ahead"]
    sally = Member.objects.get(person="sally")
    StepInput.objects.filter(owner=sally).update(state=StepInput.State.DELIVERED)
    due_reminders(at=_morning(20))
    assert _of("input", "sally") == ["ahead"] and _of("input", "wes") == ["ahead", "today"]


def test_it_is_the_day_in_the_company_that_counts(act: Act) -> None:
    add_action_item(by=act("max"), title="Call the foundry", owner="pia", due=DUE)
    due_reminders(at=dt.datetime(2026, 1, 19, 17, 0, tzinfo=dt.UTC))  # one in the morning of the 20th in Hangzhou
    assert _of("action") == ["today"]
