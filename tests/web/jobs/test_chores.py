"""What workers see to by themselves."""

from __future__ import annotations

import datetime as dt

import pytest
from stage import NOW

from sandop_web.jobs import chores
from sandop_web.jobs.chores import CHORES, Chore, see_to

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def test_a_chore_is_done_when_it_is_due_and_by_one_worker() -> None:
    done: list[dt.datetime] = []
    chore = Chore("send_notices", MINUTE, done.append)
    assert see_to((chore,), at=NOW) == ["send_notices"]
    assert see_to((chore,), at=NOW + MINUTE / 2) == []
    assert see_to((chore,), at=NOW + MINUTE) == ["send_notices"]
    assert done == [NOW, NOW + MINUTE]


def test_one_that_fails_comes_again_and_keeps_no_other_from_being_done() -> None:
    def fail(at: dt.datetime) -> None:
        raise RuntimeError(at)

    done: list[dt.datetime] = []
    both = (Chore("broken", MINUTE, fail), Chore("whole", MINUTE, done.append))
    assert see_to(both, at=NOW) == see_to(both, at=NOW + MINUTE) == ["whole"]


def test_notices_go_out_every_minute_and_room_is_made_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr(chores, "due_reminders", lambda **_: called.append("remind"))
    monkeypatch.setattr(chores, "send_outgoing", lambda **_: called.append("send"))
    assert see_to(CHORES, at=NOW) == ["send_notices", "clear_away", "collect_garbage"]
    assert see_to(CHORES, at=NOW + MINUTE) == ["send_notices"]
    assert called == ["remind", "send"] * 2
