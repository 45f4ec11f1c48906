"""Real workers on a real database: each job is done once, whatever becomes of the worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from django.db import connection
from django.utils import timezone
from stage import Act

from sandop_web.actions.jobs import cancel_job, export_plan, start_month
from sandop_web.store.jobs import LEASE
from sandop_web.store.models import Document, Job, User, Version

pytestmark = [pytest.mark.concurrent, pytest.mark.django_db(transaction=True)]
Start: TypeAlias = Callable[..., "subprocess.Popen[bytes]"]
PATIENCE = 90.0  # seconds


def _address() -> str:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{known['NAME']}"
    return f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """`start()`: a worker on this database; `start("--until-done")` one that ends when nothing waits."""
    started: list[subprocess.Popen[bytes]] = []
    said = {"DATABASE_URL": _address(), "SANDOP_HOME": str(tmp_path)}
    said["DJANGO_SETTINGS_MODULE"] = "sandop_web.settings"

    def starting(*words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "sandop_web.command", "worker", *words]
        started.append(subprocess.Popen(command, env={**os.environ, **said}, start_new_session=True))
        return started[-1]

    yield starting
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE)


def _until(true: Callable[[], bool]) -> None:
    """Look until it is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, list(Job.objects.values("state", "attempt", "progress", "outcome"))
        time.sleep(0.05)


def _begun(number: int) -> bool:
    return Job.objects.filter(pk=number, state=Job.State.RUNNING, lines__isnull=False).exists()


def _ended(number: int) -> bool:
    return Job.objects.filter(pk=number, ended_at__isnull=False).exists()


def _children(process: subprocess.Popen[bytes]) -> set[int]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return {int(pid) for pid, parent in map(str.split, listed.splitlines()) if int(parent) == process.pid}


def _alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.strip().startswith("Z")


def test_two_workers_share_the_queue_and_do_each_job_once(act: Act, version: Version, start: Start) -> None:
    numbers = [export_plan(by=act("dana"), version=version.pk, form="folder") for _ in range(6)]
    for worker in [start("--until-done"), start("--until-done")]:
        assert worker.wait(PATIENCE) == 0
    jobs = Job.objects.filter(pk__in=numbers)
    assert {(job.state, job.attempt) for job in jobs} == {("done", 1)}
    assert Document.objects.count() == len(numbers)


def test_a_job_whose_worker_was_killed_is_done_by_another_with_the_same_result(
    act: Act, version: Version, start: Start
) -> None:
    whole = start_month(by=act("sam"), version=version.pk)
    assert start("--until-done").wait(PATIENCE) == 0
    broken = start_month(by=act("sam"), version=version.pk)
    lost = start()
    _until(lambda: _begun(broken))
    computing = _children(lost)
    lost.kill()
    lost.wait()
    _until(lambda: not any(map(_alive, computing)))
    if not _ended(broken):  # else it was quicker than we
        Job.objects.filter(pk=broken).update(lease_until=timezone.now() - LEASE)
        assert start("--until-done").wait(PATIENCE) == 0
        assert Job.objects.get(pk=broken).attempt == 2
    assert Job.objects.get(pk=broken).outcome == Job.objects.get(pk=whole).outcome


def test_a_worker_told_to_end_gives_its_job_back(act: Act, version: Version, start: Start) -> None:
    job = start_month(by=act("sam"), version=version.pk)
    worker = start()
    _until(lambda: Job.objects.filter(pk=job, state=Job.State.RUNNING).exists())
    computing = _children(worker)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE) == 0
    _until(lambda: not any(map(_alive, computing)))
    found = Job.objects.get(pk=job)
    assert (found.state, found.attempt) in (("queued", 0), ("done", 1))


def test_a_cancelled_job_stops_and_the_worker_goes_on(act: Act, version: Version, start: Start) -> None:
    job = start_month(by=act("sam"), version=version.pk)
    start()
    _until(lambda: _begun(job) or _ended(job))
    if not _ended(job):
        cancel_job(by=act("max"), job=job)
    _until(lambda: _ended(job))
    assert Job.objects.get(pk=job).state in ("cancelled", "done")  # done where it was quicker than we
    later = export_plan(by=act("dana"), version=version.pk, form="folder")
    _until(lambda: _ended(later))
    assert Job.objects.get(pk=later).state == "done"


def test_a_computation_that_dies_is_told_in_words_and_the_worker_goes_on(
    act: Act, version: Version, start: Start
) -> None:
    job = start_month(by=act("sam"), version=version.pk)
    worker = start()
    _until(lambda: _begun(job) or _ended(job))
    for computing in _children(worker):
        os.kill(computing, signal.SIGKILL)
    _until(lambda: _ended(job))
    found = Job.objects.get(pk=job)
    assert found.state == "done" or "memory" in found.outcome["failure"]["en"][0]
    later = export_plan(by=act("dana"), version=version.pk, form="folder")
    _until(lambda: _ended(later))
    assert Job.objects.get(pk=later).state == "done"


def test_somebody_who_has_left_has_no_work_done(act: Act, version: Version, start: Start) -> None:
    job = start_month(by=act("sam"), version=version.pk)
    User.objects.filter(username="sam").update(is_active=False)
    assert start("--until-done").wait(PATIENCE) == 0
    found = Job.objects.get(pk=job)
    assert found.state == "failed" and set(found.outcome["failure"]) == {"en", "zh"}


def test_a_fault_in_a_work_is_told_by_number_and_nothing_more(act: Act, version: Version, start: Start) -> None:
    job = start_month(by=act("sam"), version=version.pk)
    Job.objects.filter(pk=job).update(work="no_such_work")
    assert start("--until-done").wait(PATIENCE) == 0
    text, remedy = Job.objects.get(pk=job).outcome["failure"]["en"]
    assert str(job) in text and "Traceback" not in text and remedy
