"""The queue: one holder at a time, a second chance, and never a word from somebody who has lost the job."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from stage import NOW

from sandop_web.store import jobs
from sandop_web.store.jobs import Held, LeaseLost, Line, SuchWorkIsRunning
from sandop_web.store.models import Company, Job, JobLine, User

LATER = NOW + jobs.LEASE + dt.timedelta(seconds=1)


@pytest.fixture
def asked(company: Company) -> int:
    return _asked(company)


def _asked(company: Company, once: str = "") -> int:
    user = User.objects.get(username="max").pk
    return jobs.queue(
        work="run_month", arguments={}, user_id=user, company_id=company.pk, language="en", at=NOW, once=once
    )


def _claimed(worker: str = "w1", at: dt.datetime = NOW) -> Held:
    held = jobs.claim(worker=worker, at=at)
    assert held is not None
    return held


def test_the_job_that_waited_longest_is_taken_first(company: Company) -> None:
    numbers = [_asked(company) for _ in range(3)]
    assert [_claimed().job for _ in numbers] == numbers
    assert jobs.claim(worker="w1", at=NOW) is None


@pytest.mark.usefixtures("asked")
def test_a_job_in_good_hands_is_not_taken() -> None:
    held = _claimed()
    jobs.renew(held, at=LATER)
    assert jobs.claim(worker="w2", at=LATER) is None


def test_a_job_whose_worker_was_lost_is_taken_up_once(asked: int) -> None:
    _claimed()
    again = _claimed("w2", LATER)
    assert (again.job, again.attempt) == (asked, 2)
    much_later = LATER + jobs.LEASE * 2
    assert jobs.claim(worker="w3", at=much_later) is None
    assert jobs.give_up_lost(at=much_later) == 1
    job = Job.objects.get()
    assert job.state == "failed" and "2" in job.outcome["failure"]["en"][0]


@pytest.mark.usefixtures("asked")
def test_who_has_lost_a_job_writes_nothing_of_it() -> None:
    lost = _claimed()
    now = _claimed("w2", LATER)
    for late in (
        lambda: jobs.renew(lost, at=LATER),
        lambda: jobs.cancel_wanted(lost),
        lambda: jobs.report(lost, progress=0.9, lines=[Line("jobs.demo_built")], at=LATER),
        lambda: jobs.done(lost, outcome={}, document_id=None, at=LATER),
    ):
        with pytest.raises(LeaseLost):
            late()
    with pytest.raises(LeaseLost), transaction.atomic():
        jobs.hold_to_the_end(lost)
    jobs.failed(lost, why=jobs.failure("jobs.process_died"), at=LATER)
    jobs.cancelled(lost, at=LATER)
    jobs.give_back(lost)
    job = Job.objects.get()
    assert (job.state, job.worker, job.attempt, job.progress) == ("running", now.worker, 2, 0.0)
    assert not JobLine.objects.exists()


@pytest.mark.usefixtures("asked")
def test_a_line_said_while_the_end_was_being_written_is_kept() -> None:
    held = _claimed()
    jobs.done(held, outcome={}, document_id=None, at=NOW)
    jobs.report(held, progress=0.9, lines=[Line("jobs.demo_built")], at=NOW)
    assert not jobs.cancel_wanted(held)
    job = Job.objects.get()
    assert (job.state, job.progress, job.lines.count()) == ("done", 1.0, 1)


@pytest.mark.usefixtures("asked")
def test_a_worker_that_ends_gives_its_job_back_unspent() -> None:
    jobs.give_back(_claimed())
    assert _claimed("w2").attempt == 1


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_is_asked_to_stop(company: Company) -> None:
    waiting, running = Job.objects.get(pk=_asked(company)), Job.objects.get(pk=_asked(company))
    jobs.call_off(waiting, at=NOW)
    held = _claimed()
    assert held.job == running.pk and not jobs.cancel_wanted(held)
    jobs.call_off(running, at=NOW)
    assert jobs.cancel_wanted(held)
    jobs.cancelled(held, at=NOW)
    jobs.call_off(running, at=NOW)
    assert set(Job.objects.values_list("state", flat=True)) == {"cancelled"}


def test_the_same_work_waits_or_runs_only_once(company: Company) -> None:
    first = _asked(company, once="run_month:1")
    with pytest.raises(SuchWorkIsRunning) as refused:
        _asked(company, once="run_month:1")
    assert refused.value.job == first
    held = _claimed()
    with pytest.raises(SuchWorkIsRunning):
        _asked(company, once="run_month:1")
    jobs.done(held, outcome={}, document_id=None, at=NOW)
    assert _asked(company, once="run_month:1") != first


def test_old_jobs_are_cleared_away_and_waiting_ones_are_not(company: Company) -> None:
    _asked(company)
    jobs.done(_claimed(), outcome={}, document_id=None, at=NOW)
    waiting = _asked(company)
    jobs.clear_away(before=NOW + dt.timedelta(days=1))
    assert list(Job.objects.values_list("pk", flat=True)) == [waiting]


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_of_many_workers_that_reach_for_a_job_one_gets_it(company: Company) -> None:
    numbers = [_asked(company) for _ in range(5)]
    taken: list[int] = []
    begin = threading.Barrier(6)

    def reach(name: str) -> None:
        begin.wait()
        while (held := jobs.claim(worker=name, at=NOW)) is not None:
            taken.append(held.job)
        connection.close()

    reaching = [threading.Thread(target=reach, args=(f"w{number}",)) for number in range(6)]
    for thread in reaching:
        thread.start()
    for thread in reaching:
        thread.join()
    assert sorted(taken) == numbers
    assert set(Job.objects.values_list("attempt", flat=True)) == {1}
