"""Who is at the meeting stands in its minutes."""

import pytest
from meeting import at_the_doors
from stage import Act, Browser

from sandop_web.access import NothingThere, NotYourRole
from sandop_web.actions.minutes import mark_attendance
from sandop_web.queries.meeting import minutes_of

pytestmark = pytest.mark.usefixtures("cycle")


def there(act: Act) -> dict[str, bool | None]:
    return {one.person.person: one.present for one in minutes_of(by=act("vic")).attendees}


def test_before_anybody_is_ticked_nobody_is_said_to_be_there_or_not(act: Act) -> None:
    assert there(act)["eve"] is None and "marc" not in there(act)


def test_those_ticked_are_there_and_a_later_list_replaces_the_first(act: Act) -> None:
    mark_attendance(by=act("max"), present=["eve", "hana", "marc"])
    assert there(act)["eve"] and there(act)["marc"]
    mark_attendance(by=act("max"), present=["eve"])
    assert there(act)["eve"] and there(act)["hana"] is False and "marc" not in there(act)


def test_nobody_unknown_comes_and_only_who_runs_the_meeting_says_so(act: Act) -> None:
    with pytest.raises(NothingThere):
        mark_attendance(by=act("max"), present=["olga"])
    with pytest.raises(NotYourRole):
        mark_attendance(by=act("dana"), present=["dana"])


def test_the_page_has_a_door(client_of: Browser) -> None:
    at_the_doors(client_of, "meeting/attendance/", who="max", form={"present": "eve"}, not_for=("vic", "dana"))
