"""The minutes are written as the meeting goes; nothing is taken out, a correction is a line of its own."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from meeting import SHIFTS, at_the_doors, listed, ready_to_sign
from stage import Act, Browser

from sandop_web.access import NothingThere, NotUnderstood, NotYourRole
from sandop_web.actions.action_items import add_action_item
from sandop_web.actions.decisions import decide, reopen_decision
from sandop_web.actions.minutes import write_minute
from sandop_web.actions.signing import sign_plan
from sandop_web.queries.meeting import minutes_of
from sandop_web.store.models import MinuteLine

pytestmark = pytest.mark.usefixtures("cycle")


def told(act: Act, person: str = "vic") -> list[tuple[str, str]]:
    """Point and text of every line."""
    return [(point.title, line.text) for point in minutes_of(by=act(person)).points for line in point.lines]


def test_a_note_stands_at_its_point_with_who_said_it(act: Act) -> None:
    write_minute(by=act("dana"), text="Casting is the issue", point="plan")
    line = minutes_of(by=act("vic")).points[0].lines[0]
    assert (line.text, line.person.person, line.kind) == ("Casting is the issue", "dana", "note")
    assert told(act) == [("The plan to sign", "Casting is the issue")]


def test_a_correction_leaves_the_line_and_points_to_it(act: Act) -> None:
    wrong = write_minute(by=act("dana"), text="500 pumps", point="plan")
    write_minute(by=act("max"), text="600 pumps", corrects=wrong)
    first, second = minutes_of(by=act("vic")).points[0].lines
    assert first.corrected and (second.corrects, second.text) == (wrong, "600 pumps")


def test_what_is_done_writes_itself_in_both_languages(act: Act) -> None:
    listed(act("max"))
    decide(by=act("eve"), number=SHIFTS, outcome="conditional", chosen="c", conditions="no Sundays", why="go")
    reopen_decision(by=act("max"), number=SHIFTS, why="news")
    add_action_item(by=act("max"), title="Call the foundry", owner="pia", due=dt.date(2026, 2, 1))
    lines = [text for _, text in told(act)]
    assert any("no Sundays" in text and "approved on condition" in text for text in lines)
    assert any("open again" in text and "news" in text for text in lines)
    assert any("Call the foundry" in text and "Pia" in text for text in lines)
    texts = [line.values for line in MinuteLine.objects.exclude(message="")]
    assert all(values["title"] for values in texts)


def test_the_signature_is_its_last_line(act: Act) -> None:
    sign_plan(by=act("eve"), version=ready_to_sign(act("eve")), why="agreed")
    assert minutes_of(by=act("vic")).points[-1].lines[-1].kind == "signature"
    write_minute(by=act("max"), text="Read back to all", point="sign")
    assert told(act)[-1] == ("Sign-off", "Read back to all")


def test_lines_are_neither_changed_nor_taken_out_once_the_plan_is_signed(act: Act) -> None:
    sign_plan(by=act("eve"), version=ready_to_sign(act("eve")), why="agreed")
    for spoil in (lambda: MinuteLine.objects.update(text="nothing"), lambda: MinuteLine.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil()


def test_a_blank_note_an_unknown_point_and_an_unknown_line_are_refused(act: Act) -> None:
    with pytest.raises(NotUnderstood):
        write_minute(by=act("dana"), text="  ")
    with pytest.raises(NothingThere):
        write_minute(by=act("dana"), text="x", point="lunch")
    with pytest.raises(NothingThere):
        write_minute(by=act("dana"), text="x", corrects=99)
    with pytest.raises(NotYourRole):
        write_minute(by=act("vic"), text="x")


def test_the_page_has_a_door(client_of: Browser) -> None:
    form = {"text": "noted", "point": "opening"}
    at_the_doors(client_of, "meeting/note/", who="dana", form=form, not_for=("vic",))
