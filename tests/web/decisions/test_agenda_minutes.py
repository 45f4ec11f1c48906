"""The minutes of the agenda: they come to the length of the meeting, and most go where most money is at stake."""

import pytest
from meeting import asked
from stage import Act

from sandop_web.actions.rules import change_rule
from sandop_web.queries.meeting import AgendaPoint, meeting_of

pytestmark = pytest.mark.usefixtures("cycle")


def points(act: Act) -> tuple[AgendaPoint, ...]:
    held = meeting_of(by=act("vic"))
    assert held is not None
    return held.points


def minutes(act: Act) -> dict[str, int]:
    return {point.id: point.minutes for point in points(act)}


@pytest.mark.parametrize("length", [30, 45, 60, 120, 240, 480])
def test_they_come_to_the_length_of_the_meeting(act: Act, length: int) -> None:
    for money in (5_000.0, 90_000.0, 300.0):
        asked(act("max"), money=money)
    change_rule(by=act("max"), name="meeting_minutes", value=length, why="as long as that")
    found = minutes(act)
    assert sum(found.values()) == length and min(found.values()) > 0


def test_most_go_to_the_decision_with_most_money_at_stake(act: Act) -> None:
    small, large = asked(act("max"), money=5_000.0), asked(act("max"), money=95_000.0)
    found = minutes(act)
    assert (found[f"decision-{large}"], found[f"decision-{small}"]) == (5 + 57, 5 + 3)
    assert found["opening"] == 10 and found["sign"] == 5


def test_where_no_money_is_at_stake_decisions_share_alike(act: Act) -> None:
    first, second = asked(act("max")), asked(act("max"))
    found = minutes(act)
    assert found[f"decision-{first}"] == found[f"decision-{second}"] == 35


def test_without_decisions_the_plan_has_the_time(act: Act) -> None:
    found = minutes(act)
    assert sum(found.values()) == 120 and found["plan"] == found["scenario"] == 45


def test_each_point_is_led_by_whoever_answers_for_it(act: Act) -> None:
    asked(act("max"), money=5_000.0, owner="pia")
    led = {point.id: point.presenter.person for point in points(act) if point.presenter}
    assert (led["decision-1"], led["plan"], led["sign"], led["opening"]) == ("pia", "fiona", "eve", "max")
