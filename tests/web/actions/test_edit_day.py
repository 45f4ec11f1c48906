"""Days off and make-up days that the company announces."""

import datetime as dt

import pytest
from meeting import at_the_doors
from month import signed
from stage import Act, Browser

from sandop.cycle import MeetingOnADayOff
from sandop_web.access import NotUnderstood, NotYourRole
from sandop_web.actions.calendar import edit_day
from sandop_web.queries.calendar import days_of_company
from sandop_web.store.models import CycleStep, DayEdit

pytestmark = pytest.mark.usefixtures("cycle")
FRIDAY = dt.date(2026, 1, 16)


def _day(step: str) -> dt.date:
    return CycleStep.objects.get(step=step).day


def test_a_day_off_moves_the_steps_before_it(act: Act) -> None:
    """The meeting is on Wednesday the 21st; four days before is the 15th, and without Friday the 14th."""
    assert _day("supply_review") == dt.date(2026, 1, 15)
    edit_day(by=act("max"), day=FRIDAY, word="off", why="stock count")
    assert _day("supply_review") == dt.date(2026, 1, 14)


def test_a_make_up_day_moves_them_back_and_taking_the_word_back_undoes_it(act: Act) -> None:
    edit_day(by=act("max"), day=dt.date(2026, 1, 17), word="worked")
    assert _day("supply_review") == dt.date(2026, 1, 16)
    edit_day(by=act("max"), day=dt.date(2026, 1, 17), word="forget")
    assert _day("supply_review") == dt.date(2026, 1, 15) and not DayEdit.objects.exists()


def test_signed_steps_keep_their_day(act: Act) -> None:
    signed(act, "data_close")
    edit_day(by=act("max"), day=FRIDAY, word="off")
    assert _day("data_close") == dt.date(2026, 1, 5) and _day("business_review") == dt.date(2026, 1, 6)


def test_a_sites_day_is_its_own(act: Act) -> None:
    edit_day(by=act("olaf"), day=FRIDAY, word="off", site="P", why="repair")
    assert _day("supply_review") == dt.date(2026, 1, 15)
    (said,) = days_of_company(by=act("vic")).said
    assert (said.site, said.worked, said.why) == ("P", False, "repair")


def test_the_last_word_on_a_day_counts(act: Act) -> None:
    edit_day(by=act("max"), day=FRIDAY, word="off")
    edit_day(by=act("eve"), day=FRIDAY, word="worked")
    said = DayEdit.objects.get()
    assert said.worked and said.person == "eve" and _day("supply_review") == dt.date(2026, 1, 15)


def test_the_day_of_the_meeting_cannot_be_made_free(act: Act) -> None:
    with pytest.raises(MeetingOnADayOff):
        edit_day(by=act("max"), day=dt.date(2026, 1, 21), word="off")
    assert not DayEdit.objects.exists()


def test_an_unknown_site_or_word_is_refused(act: Act) -> None:
    with pytest.raises(NotUnderstood, match="MOON") as refused:
        edit_day(by=act("max"), day=FRIDAY, word="off", site="MOON")
    assert "DC, P" in refused.value.remedy("en")
    with pytest.raises(NotUnderstood):
        edit_day(by=act("max"), day=FRIDAY, word="maybe")  # type: ignore[arg-type]


def test_not_everybody_may(act: Act) -> None:
    for person in ("dana", "vic"):
        with pytest.raises(NotYourRole):
            edit_day(by=act(person), day=FRIDAY, word="off")


def test_the_doors(client_of: Browser) -> None:
    form = {"day": "2026-01-16", "word": "off", "site": "", "why": "stock count"}
    at_the_doors(client_of, "cycle/days/edit/", who="max", form=form, not_for=("dana", "vic"))
    assert DayEdit.objects.get().day == FRIDAY
