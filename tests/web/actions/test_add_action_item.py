"""Somebody is given something to do."""

import datetime as dt

import pytest
from meeting import SHIFTS, at_the_doors, listed
from stage import Act, Browser

from sandop_web.access import NothingThere, NotUnderstood, NotYourRole
from sandop_web.actions.action_items import add_action_item
from sandop_web.queries.action_items import actions_of
from sandop_web.store.models import ActionItem, Cycle, Notice

pytestmark = pytest.mark.usefixtures("cycle")
DUE = dt.date(2026, 1, 30)


def _give(act: Act, person: str = "max", **more: object) -> int:
    told = {"title": "Ask the foundry for a second shift", "owner": "pia", "due": DUE, **more}
    return add_action_item(by=act(person), **told)


def test_its_owner_is_told_what_and_until_when(act: Act) -> None:
    number = _give(act, effect_expected=12_000.0)
    item = ActionItem.objects.get(number=number)
    assert (item.owner.person, item.due, item.effect_expected, item.state) == ("pia", DUE, 12_000.0, "open")
    told = Notice.objects.get(message="decisions.told.action")
    assert told.member.person == "pia" and told.values["day"] == {"day": "2026-01-30"}


def test_numbers_count_up_through_the_cycles(act: Act) -> None:
    assert [_give(act), _give(act, "dana")] == [1, 2]
    Cycle.objects.update(state=Cycle.State.CLOSED)
    assert _give(act) == 3
    assert ActionItem.objects.get(number=3).cycle is None


def test_an_open_action_stays_when_its_cycle_is_closed(act: Act) -> None:
    _give(act)
    Cycle.objects.update(state=Cycle.State.CLOSED)
    assert [line.number for line in actions_of(by=act("pia"), which="mine").lines] == [1]


def test_it_may_carry_out_a_decision(act: Act) -> None:
    listed(act("max"))
    _give(act, decision=SHIFTS)
    line = actions_of(by=act("max")).lines[0]
    assert (line.decision, line.month) == (SHIFTS, "2026-01")
    with pytest.raises(NothingThere):
        _give(act, decision=99)


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"title": "x" * 301}, {"due": dt.date(2026, 1, 4)}, {"effect_expected": float("inf")}]
)
def test_what_cannot_be_meant_is_refused(act: Act, wrong: dict[str, object]) -> None:
    with pytest.raises(NotUnderstood):
        _give(act, **wrong)


def test_nobody_outside_the_company_is_given_anything(act: Act) -> None:
    with pytest.raises(NothingThere):
        _give(act, owner="olga")


def test_a_viewer_gives_nobody_anything(act: Act) -> None:
    with pytest.raises(NotYourRole):
        _give(act, "vic")


def test_the_page_has_a_door(client_of: Browser) -> None:
    form = {"title": "Call the foundry", "owner": "pia", "due": "2099-01-30", "effect": "12000", "decision": ""}
    at_the_doors(client_of, "actions/add/", who="dana", form=form, not_for=("vic",))
    assert ActionItem.objects.get().effect_expected == 12_000.0
    assert client_of("dana").post("/c/small/actions/add/", {**form, "due": ""}).status_code == 400
