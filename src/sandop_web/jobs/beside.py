"""The computing process as its worker holds it: started once, kept warm between jobs, ended with all its children."""

from __future__ import annotations

import os
import signal
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from sandop_web.jobs.child import Ended, Told, compute_for
from sandop_web.store.jobs import Held

JOBS_EACH = 50  # jobs after which a fresh process takes over, so that nothing that leaks grows
PATIENCE = 5.0  # seconds for a process to end by itself


class ComputingProcess:
    """One process for one job at a time."""

    def __init__(self) -> None:
        context = get_context("spawn")  # a forked process hangs once polars has run
        ours, theirs = context.Pipe()
        self._pipe: Connection = ours
        self._process: SpawnProcess = context.Process(
            target=compute_for, args=(os.getpid(), theirs), name="sandop-computes"
        )
        self._process.start()
        theirs.close()
        self._given = 0

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    @property
    def worn(self) -> bool:
        """True where a fresh one should take the next job."""
        return self._given >= JOBS_EACH or not self.alive

    def give(self, held: Held) -> None:
        """Begin a job. Raises OSError where the process is gone."""
        self._given += 1
        self._pipe.send(held)

    def hear(self, seconds: float) -> Told | Ended | None:
        """The next thing it says within so many seconds; None where it is silent or gone."""
        try:
            if self._pipe.poll(seconds):
                said: Told | Ended = self._pipe.recv()
                return said
        except (EOFError, OSError):
            self._process.join(PATIENCE)
        return None

    def dismiss(self) -> None:
        """Let it end: it has no job."""
        self._pipe.close()
        self._process.join(PATIENCE)
        self.kill()

    def kill(self) -> None:
        """End it and everything it has started, at once."""
        if self._process.is_alive() and self._process.pid:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):  # it has not made its group yet
                self._process.kill()
        self._process.join(PATIENCE)
        self._pipe.close()
