"""The packet goes out by itself: from its last day on once pre-S&OP is signed, that evening in any case.

| day          | hour  | pre-S&OP | goes out          |
|--------------|-------|----------|-------------------|
| 16 January   | 20:00 | signed   | –                 |
| 19 January   | 09:00 | open     | –                 |
| 19 January   | 09:00 | signed   | yes               |
| 19 January   | 17:00 | open     | yes               |
| 20 January   | 09:00 | open     | yes, and is late  |
| 22 January   | 09:00 | signed   | –                 |
"""

import datetime as dt

import pytest
from jobs_stage import do
from meeting import packet_out, ready_to_sign
from stage import Act

from sandop_web.actions.packets import send_due_packets
from sandop_web.actions.signing import sign_plan
from sandop_web.queries.packets import packet_of_meeting
from sandop_web.store.models import Cycle, CycleStep, Job, Member, Notice, Version

pytestmark = pytest.mark.usefixtures("cycle")


def _at(day: int, hour: int = 9) -> dt.datetime:
    """That hour in Hangzhou, that day of January."""
    return dt.datetime(2026, 1, day, hour - 8, 0, tzinfo=dt.UTC)


def _pre_sop(state: str) -> None:
    Cycle.objects.get().steps.filter(step="pre_sop").update(state=state)


@pytest.mark.parametrize(
    ("day", "hour", "state", "count"),
    [
        (16, 20, CycleStep.State.SIGNED, 0),
        (19, 9, CycleStep.State.OPEN, 0),
        (19, 9, CycleStep.State.SIGNED, 1),
        (19, 17, CycleStep.State.OPEN, 1),
        (20, 9, CycleStep.State.OPEN, 1),
        (22, 9, CycleStep.State.SIGNED, 0),
    ],
)
def test_it_goes_out_when_its_day_has_come(day: int, hour: int, state: str, count: int) -> None:
    _pre_sop(state)
    assert send_due_packets(at=_at(day, hour)) == count


def test_it_goes_out_once_in_the_name_of_the_sop_manager(act: Act) -> None:
    assert send_due_packets(at=_at(19, 17)) == 1
    assert send_due_packets(at=_at(19, 18)) == 0  # it is on its way
    job = Job.objects.get()
    do(job.pk)
    job.state = Job.State.DONE
    job.save()
    assert send_due_packets(at=_at(21)) == 0
    seen = packet_of_meeting(by=act("vic"))
    assert seen is not None and seen.by_itself and seen.sent_by is not None and seen.sent_by.person == "max"


def test_one_sent_by_hand_is_enough(act: Act) -> None:
    packet_out(act("eve"))
    assert send_due_packets(at=_at(19, 17)) == 0


def test_a_job_that_failed_is_tried_again_the_next_day() -> None:
    send_due_packets(at=_at(19, 17))
    Job.objects.update(state=Job.State.FAILED)
    assert [send_due_packets(at=_at(day, hour)) for day, hour in ((19, 18), (20, 16), (20, 18))] == [0, 0, 1]


def test_where_the_month_was_not_run_the_sop_manager_hears_of_it_once() -> None:
    Version.objects.update(results_of=99)
    for hour in (17, 18, 19):
        assert send_due_packets(at=_at(19, hour)) == 0
    told = Notice.objects.filter(message__startswith="causes.")
    assert list(told.values_list("message", "member__person")) == [("causes.packet_waits", "max")]


def test_a_signed_plan_and_a_company_without_an_sop_manager_send_nothing(act: Act) -> None:
    Member.objects.filter(person="max").update(active=False)
    assert send_due_packets(at=_at(19, 17)) == 0
    Member.objects.update(active=True)
    sign_plan(by=act("eve"), version=ready_to_sign(act("eve")), why="agreed")
    assert send_due_packets(at=_at(19, 17)) == 0
