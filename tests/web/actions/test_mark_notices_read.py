"""Notices are read by whoever they were given to."""

from dataclasses import replace

import pytest
from meeting import at_the_doors
from stage import NOW, Act, Browser

from sandop_web.actions.notices import mark_notices_read
from sandop_web.actions.telling import tell
from sandop_web.queries.notices import notices_of
from sandop_web.store.models import Member, Notice

pytestmark = pytest.mark.usefixtures("company")


def _told(person: str, count: int = 1) -> None:
    for number in range(count):
        tell(
            member_id=Member.objects.get(person=person).pk,
            message="decisions.told.reopened",
            values={"number": number, "title": "Rig", "name": {"en": "Max", "zh": "马克斯"}, "day": NOW.date()},
            link="decisions/1/",
            at=NOW,
        )


def test_all_of_ones_own_or_the_named_ones(act: Act) -> None:
    _told("sam", 3)
    first = notices_of(by=act("sam"))[0].id
    assert mark_notices_read(by=act("sam"), notices=[first]) == 1
    assert mark_notices_read(by=act("sam")) == 2
    assert notices_of(by=act("sam"), unread=True) == ()


def test_a_number_that_no_notice_can_have_reads_nothing(act: Act) -> None:
    _told("sam")
    assert mark_notices_read(by=act("sam"), notices=[2**70, -1]) == 0


def test_nobody_reads_for_somebody_else(act: Act) -> None:
    _told("sam")
    theirs = Notice.objects.get().pk
    assert mark_notices_read(by=act("dana"), notices=[theirs]) == 0
    assert notices_of(by=act("dana")) == () and len(notices_of(by=act("sam"), unread=True)) == 1


def test_each_reads_them_in_their_language(act: Act) -> None:
    _told("sam")
    en, zh = notices_of(by=act("sam"))[0], notices_of(by=replace(act("sam"), language="zh"))[0]
    assert en.text == "Max reopened decision 0, Rig; it is due on Jan 5, 2026"
    assert zh.text == "马克斯重新打开了第0项决策（Rig），期限为2026年1月5日"
    assert en.address == "/c/small/decisions/1/"


def test_a_viewer_has_notices_too(client_of: Browser) -> None:
    _told("vic")
    at_the_doors(client_of, "notices/read/", who="vic")
    assert not Notice.objects.filter(read_at=None).exists()
    assert client_of("vic").post("/c/small/notices/read/", {"notice": "x"}).status_code == 400
