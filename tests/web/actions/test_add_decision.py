"""A decision is put on the list by hand."""

import datetime as dt

import pytest
from meeting import asked, at_the_doors, listed
from stage import Act, Browser

from sandop_web.access import NothingThere, NotUnderstood, NotYourRole
from sandop_web.actions.decisions import WayToDecide, add_decision
from sandop_web.store.models import Decision, Notice

pytestmark = pytest.mark.usefixtures("cycle")


def test_it_gets_the_next_number_and_is_due_on_the_day_of_the_meeting(act: Act) -> None:
    listed(act("max"))
    number = asked(act("dana"), money=8_000.0, title="A test rig for Hangzhou")
    decision = Decision.objects.get(number=number)
    assert number == 3
    assert decision.due == dt.date(2026, 1, 21)
    assert [(one.letter, one.money, one.recommended) for one in decision.alternatives.all()] == [
        ("a", 0.0, False),
        ("b", 8_000.0, True),
    ]


def test_its_owner_is_told_unless_they_added_it_themselves(act: Act) -> None:
    asked(act("dana"), owner="dana")
    assert not Notice.objects.filter(message="decisions.told.owned").exists()
    asked(act("dana"), owner="pia")
    assert Notice.objects.get(message="decisions.told.owned").member.person == "pia"


def test_one_way_is_no_choice(act: Act) -> None:
    with pytest.raises(NotUnderstood):
        add_decision(by=act("dana"), title="Rig", alternatives=[WayToDecide(text="Buy"), WayToDecide(text=" ")])


def test_it_needs_a_title(act: Act) -> None:
    with pytest.raises(NotUnderstood):
        add_decision(by=act("dana"), title=" ", alternatives=[WayToDecide(text="a"), WayToDecide(text="b")])


def test_money_is_a_number(act: Act) -> None:
    ways = [WayToDecide(text="a"), WayToDecide(text="b", money=float("nan"))]
    with pytest.raises(NotUnderstood):
        add_decision(by=act("dana"), title="Rig", alternatives=ways)


def test_nobody_outside_the_company_can_own_it(act: Act) -> None:
    with pytest.raises(NothingThere):
        asked(act("dana"), owner="olga")


def test_a_viewer_adds_nothing(act: Act) -> None:
    with pytest.raises(NotYourRole):
        asked(act("vic"))


def test_the_page_has_a_door(client_of: Browser) -> None:
    form = {"title": "Rig", "text-1": "Leave it", "text-2": "Buy it", "money-2": "8000", "recommended": "2"}
    at_the_doors(client_of, "decisions/add/", who="dana", form=form, not_for=("vic",))
    assert Decision.objects.get().alternatives.get(recommended=True).money == 8_000.0
