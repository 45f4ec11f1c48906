"""The process that computes: it takes one job after another from its worker and says how far it is.

It lives as long as its worker. What it computes is written in one transaction with the end of the job.
"""

from __future__ import annotations

import os
import signal
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, cast

from sandop.parallel import one_numerical_thread
from sandop.wording import Language

ORPHANED_AFTER = 1.0  # seconds between two looks for the worker


@dataclass(frozen=True)
class Told:
    """How far a job is, and a line of its log; either may be missing."""

    progress: float | None
    message: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Ended:
    """A job has ended: done and written; or `why` says in both languages why not (nothing where somebody else holds
    it now). `more` joins the outcome, `trace` is for the server's log."""

    done: bool = False
    why: Mapping[Language, tuple[str, str]] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    trace: str = ""


def compute_for(worker: int, pipe: Connection) -> None:
    """Do jobs as they come through the pipe until it is closed. `worker` is the process to live and die with."""
    os.setsid()  # a process group of its own, so that the worker can end it with all it has started
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with, args=(worker,), daemon=True).start()
    one_numerical_thread()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandop_web.settings")
    import django

    django.setup()
    while (held := _next(pipe)) is not None:
        pipe.send(_do(held, pipe))


def _next(pipe: Connection) -> Any:
    try:
        return pipe.recv()
    except EOFError:
        return None


def _die_with(worker: int) -> None:
    while os.getppid() == worker:
        time.sleep(ORPHANED_AFTER)
    os.killpg(0, signal.SIGKILL)


def _do(held: Any, pipe: Connection) -> Ended:
    """Compute, then write. Whatever goes wrong is told, never raised: the next job is waiting."""
    from django.db import close_old_connections

    from sandop.findings import Refusal
    from sandop_web.jobs.task import RefusedWith
    from sandop_web.store.jobs import LeaseLost, failure, failure_of

    close_old_connections()
    try:
        _compute(held, pipe)
    except LeaseLost:
        return Ended()
    except RefusedWith as refused:
        return Ended(why=failure_of(refused.refusal), more=refused.more)
    except Refusal as refusal:
        return Ended(why=failure_of(refusal))
    except MemoryError:
        return Ended(why=failure("jobs.out_of_memory"), trace=traceback.format_exc())
    except Exception:
        return Ended(why=failure("jobs.broken", job=held.job), trace=traceback.format_exc())
    return Ended(done=True)


def _compute(held: Any, pipe: Connection) -> None:
    from django.db import transaction
    from django.utils import timezone

    from sandop_web.jobs.task import Task
    from sandop_web.jobs.works import work_named
    from sandop_web.store import jobs

    def tell(progress: float | None, message: str, values: Mapping[str, Any]) -> None:
        pipe.send(Told(progress, message, values))

    task = Task(held.arguments, cast(Any, held.language), held.user_id, held.company, tell)
    write = work_named(held.work)(task)
    with transaction.atomic():
        jobs.hold_to_the_end(held)
        outcome = write()
        jobs.done(held, outcome=outcome.said, document_id=outcome.document, at=timezone.now())
