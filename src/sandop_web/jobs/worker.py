"""The worker: takes a job, has it computed beside it, holds the lease, writes the log, and stops on request.

It computes nothing itself and holds no transaction, so that it can always renew, cancel and end.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator

from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from sandop_web.jobs.beside import ComputingProcess
from sandop_web.jobs.child import Ended, Told
from sandop_web.store import jobs
from sandop_web.store.jobs import Held, LeaseLost, Line

LOOK = 1.0  # seconds between two looks: for work, for a wish to cancel
HEARTBEAT = 5.0  # seconds between two renewals of the lease
log = logging.getLogger(__name__)


class Worker:
    """Does jobs until `stop` is set."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._beside: ComputingProcess | None = None

    def run(self) -> None:
        """Take jobs until told to stop; a job in hand then goes back to the queue."""
        self._process()
        try:
            while not self.stop.is_set():
                if not self._next_job():
                    self.stop.wait(LOOK)
        finally:
            self._end()

    def run_waiting(self) -> int:
        """Do what waits now, then end; how many jobs."""
        count = 0
        try:
            while not self.stop.is_set() and self._next_job():
                count += 1
        finally:
            self._end()
        return count

    def _next_job(self) -> bool:
        """Take and see through one job; False where none waits or the database does not answer."""
        try:
            close_old_connections()
            jobs.give_up_lost(at=timezone.now())
            held = jobs.claim(worker=self.name, at=timezone.now())
        except (DatabaseError, InterfaceError):
            log.exception("the queue cannot be read")
            return False
        if held is None:
            return False
        try:
            self._see_through(held)
        except LeaseLost:
            self._end()  # somebody else does it now, or it was thrown away
        except (DatabaseError, InterfaceError):
            log.exception("job %s: the database does not answer", held.job)
            self._end()  # the lease runs out, and the job is taken up again
        return True

    def _process(self) -> ComputingProcess:
        if self._beside is None or self._beside.worn:
            self._end()
            self._beside = ComputingProcess()
        return self._beside

    def _end(self) -> None:
        if self._beside is not None:
            self._beside.kill()
            self._beside = None

    def _see_through(self, held: Held) -> None:
        """From the first word to the last. Raises LeaseLost."""
        beside = self._process()
        beside.give(held)
        beats = _heartbeats(held)
        while True:
            alive = beside.alive  # asked first: what a process said before it died is still to be heard
            said = beside.hear(LOOK)
            if isinstance(said, Ended):
                return self._ended(held, said)
            if isinstance(said, Told):
                self._told(held, said)
            elif not alive:
                return jobs.failed(held, why=jobs.failure("jobs.process_died"), at=timezone.now())
            if self.stop.is_set():
                self._end()
                return jobs.give_back(held)
            if next(beats):
                self._end()
                return jobs.cancelled(held, at=timezone.now())

    def _told(self, held: Held, said: Told) -> None:
        lines = [Line(said.message, said.values)] if said.message else []
        jobs.report(held, progress=said.progress, lines=lines, at=timezone.now())

    def _ended(self, held: Held, said: Ended) -> None:
        if said.trace:
            log.error("job %s (%s) failed:\n%s", held.job, held.work, said.trace)
        if said.why:
            jobs.failed(held, why=said.why, at=timezone.now(), more=said.more)


def _heartbeats(held: Held) -> Iterator[bool]:
    """Each look: renew the lease when it is time; whether the job is to be cancelled. A database that does not answer
    is waited for as long as the lease is good. Raises LeaseLost."""
    renewed = asked = time.monotonic()
    while True:
        now, wanted = time.monotonic(), False
        try:
            if now - renewed >= HEARTBEAT:
                jobs.renew(held, at=timezone.now())
                renewed = now
            if now - asked >= LOOK:
                wanted = jobs.cancel_wanted(held)
                asked = now
        except (DatabaseError, InterfaceError):
            log.warning("job %s: the database does not answer", held.job)
            close_old_connections()
            if now - renewed > jobs.LEASE.total_seconds():
                raise LeaseLost from None
        yield wanted
