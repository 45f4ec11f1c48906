"""Progress of an action is reported."""

import datetime as dt

import pytest
from meeting import at_the_doors
from stage import NOW, Act, Browser

from sandop_web.access import NothingThere, NotUnderstood, NotYourRole
from sandop_web.access.acting import NotYoursToReport
from sandop_web.actions.action_items import add_action_item, report_on_action
from sandop_web.queries.action_items import actions_of
from sandop_web.store.models import ActionItem, Notice

pytestmark = pytest.mark.usefixtures("cycle")
DUE = dt.date(2026, 1, 9)


def _given(act: Act, effect: float | None = 12_000.0) -> int:
    """Dana gives Pia something to do."""
    return add_action_item(by=act("dana"), title="Call the foundry", owner="pia", due=DUE, effect_expected=effect)


def test_its_owner_says_what_it_has_brought_and_who_made_it_is_told_when_it_ends(act: Act) -> None:
    number = _given(act)
    report_on_action(by=act("pia"), number=number, state="started")
    assert not Notice.objects.filter(member__person="dana").exists()
    report_on_action(by=act("pia"), number=number, state="done", effect_seen=9_500.0, remark="second shift from May")
    item = ActionItem.objects.get()
    assert (item.state, item.effect_seen, item.remark, item.done_at) == (
        "done",
        9_500.0,
        "second shift from May",
        NOW,
    )
    told = Notice.objects.get(member__person="dana")
    assert told.message == "decisions.told.done" and told.values["remark"] == "second shift from May"


def test_what_is_done_and_what_it_brought_adds_up(act: Act) -> None:
    for effect in (1_000.0, 2_000.0):
        report_on_action(by=act("pia"), number=_given(act, effect), state="done", effect_seen=effect / 2)
    _given(act, 70.0)
    seen = actions_of(by=act("vic"), which="done")
    assert (seen.done, seen.running, seen.expected, seen.seen) == (2, 1, 3_000.0, 1_500.0)
    assert len(seen.lines) == 2


@pytest.mark.parametrize(("person", "may"), [("pia", True), ("dana", True), ("max", True), ("sam", False)])
def test_its_owner_its_maker_and_the_s_and_op_manager_may(act: Act, person: str, may: bool) -> None:
    number = _given(act)
    assert actions_of(by=act(person)).lines[0].may_report == may
    if may:
        report_on_action(by=act(person), number=number, state="given_up", remark="not needed")
    else:
        with pytest.raises(NotYoursToReport):
            report_on_action(by=act(person), number=number, state="given_up")
    assert (ActionItem.objects.get().state == "given_up") == may


def test_an_action_can_be_taken_up_again(act: Act) -> None:
    number = _given(act)
    report_on_action(by=act("pia"), number=number, state="done")
    report_on_action(by=act("pia"), number=number, state="started")
    assert ActionItem.objects.get().done_at is None


def test_it_is_overdue_from_the_day_after_it_is_due(act: Act) -> None:
    _given(act)
    on_the_day = act("pia", at=NOW + dt.timedelta(days=4))
    after = act("pia", at=NOW + dt.timedelta(days=5))
    assert not actions_of(by=on_the_day).lines[0].overdue
    assert actions_of(by=after).lines[0].overdue and actions_of(by=after).overdue == 1
    assert not actions_of(by=on_the_day, which="overdue").lines


def test_what_cannot_be_meant_is_refused(act: Act) -> None:
    number = _given(act)
    with pytest.raises(NotUnderstood):
        report_on_action(by=act("pia"), number=number, state="nearly")
    with pytest.raises(NotUnderstood):
        report_on_action(by=act("pia"), number=number, state="done", effect_seen=float("nan"))
    for unknown in (99, 10**20):
        with pytest.raises(NothingThere):
            report_on_action(by=act("pia"), number=unknown, state="done")


def test_a_viewer_reports_nothing(act: Act) -> None:
    with pytest.raises(NotYourRole):
        report_on_action(by=act("vic"), number=_given(act), state="done")


def test_the_page_has_a_door(act: Act, client_of: Browser) -> None:
    _given(act)
    form = {"state": "started", "effect": "", "remark": "called"}
    at_the_doors(client_of, "actions/1/report/", who="pia", form=form, not_for=("sam", "vic"))
    assert ActionItem.objects.get().remark == "called"
