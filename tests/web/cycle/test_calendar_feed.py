"""The cycle in a person's own calendar, read back as a calendar program reads it."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
from django.utils import timezone
from stage import Act, Browser

from sandop_web.actions.calendar import edit_day
from sandop_web.actions.tokens import make_token
from sandop_web.store.models import Member

pytestmark = pytest.mark.usefixtures("cycle")
FEED = "/c/small/cycle/calendar.ics"


def _events(content: bytes) -> dict[str, icalendar.Event]:
    """UID → event."""
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def _with_key(act: Act, client_of: Browser, person: str, more: str = "") -> bytes:
    key = make_token(by=act(person, at=timezone.now()), name="my phone", scope="calendar", days=30)
    answer = client_of("").get(f"{FEED}?key={key}{more}")
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return bytes(answer.content)


def test_the_steps_are_all_day_events_on_their_days(client_of: Browser) -> None:
    events = _events(client_of("dana").get(FEED).content)
    meeting = events["small-2026-01-sop_meeting@sandop"]
    assert meeting["DTSTART"].dt == dt.date(2026, 1, 21) and meeting["DTEND"].dt == dt.date(2026, 1, 22)
    assert str(meeting["SUMMARY"]) == "S&OP meeting Jan 2026" and str(meeting["STATUS"]) == "CONFIRMED"


def test_the_year_ahead_is_there_too_and_may_still_move(client_of: Browser) -> None:
    events = _events(client_of("dana").get(FEED).content)
    assert len(events) == 7 * 13
    assert str(events["small-2026-12-pre_sop@sandop"]["STATUS"]) == "TENTATIVE"


def test_it_says_the_readers_part_and_what_they_owe(act: Act, client_of: Browser) -> None:
    hers = _events(_with_key(act, client_of, "sally"))["small-2026-01-demand_review@sandop"]
    his = _events(_with_key(act, client_of, "hana"))["small-2026-01-demand_review@sandop"]
    assert "Your part: Responsible" in hers["DESCRIPTION"]
    assert "You owe: Sales forecast by salesperson and customer" in hers["DESCRIPTION"]
    assert "Your part: Chair" in his["DESCRIPTION"] and "You owe" not in his["DESCRIPTION"]
    assert str(hers["URL"]) == "http://testserver/c/small/step/demand_review/"


def test_it_speaks_the_readers_language(act: Act, client_of: Browser) -> None:
    event = _events(_with_key(act, client_of, "sally", "&lang=zh"))["small-2026-01-demand_review@sandop"]
    assert str(event["SUMMARY"]) == "2026年1月需求评审" and "您的角色：负责" in event["DESCRIPTION"]


def test_a_day_that_moves_keeps_its_uid(act: Act, client_of: Browser) -> None:
    edit_day(by=act("max"), day=dt.date(2026, 1, 16), word="off")
    event = _events(client_of("dana").get(FEED).content)["small-2026-01-supply_review@sandop"]
    assert event["DTSTART"].dt == dt.date(2026, 1, 14)


def test_no_line_is_longer_than_the_standard_allows_and_special_signs_are_escaped(client_of: Browser) -> None:
    content = client_of("dana").get(FEED).content
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert rb"Bring demand\, supply and money" in content.replace(b"\r\n ", b"")


def test_a_key_opens_the_calendar_and_nothing_else(act: Act, client_of: Browser) -> None:
    key = make_token(by=act("dana", at=timezone.now()), name="a program", scope="read", days=30)
    visitor = client_of("")
    assert visitor.get(f"{FEED}?key={key}").status_code == 403
    assert visitor.get(f"{FEED}?key=sop_nothing").status_code == 401
    assert visitor.get(FEED).status_code == 302 and client_of("olga").get(FEED).status_code == 404
    assert client_of("dana").post(FEED).status_code == 405


def test_who_has_left_reads_nothing(act: Act, client_of: Browser) -> None:
    key = make_token(by=act("dana", at=timezone.now()), name="my phone", scope="calendar", days=30)
    Member.objects.filter(person="dana").update(active=False)
    assert client_of("").get(f"{FEED}?key={key}").status_code == 401
