"""One door to many processes: `map_tasks(function, tasks)`. Spawned workers, one numerical thread each."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS")


def one_numerical_thread() -> None:
    """This process computes with one thread, so that results are equal everywhere; called before the first number."""
    for name in _ONE_THREAD:
        os.environ[name] = "1"


def map_tasks(function: Callable[[Task], Result], tasks: Sequence[Task], *, workers: int = 1) -> list[Result]:
    """`function` of every task, in the order of the tasks.

    With one worker (or one task) it runs here; else in spawned processes, because a forked process hangs
    once polars has run. A task should last 1-10 s: starting a worker costs about one.
    """
    if workers < 1:
        raise ValueError(f"workers must be 1 or more, got {workers}")
    if workers == 1 or len(tasks) < 2:
        return [function(task) for task in tasks]
    count = min(workers, len(tasks))
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=one_numerical_thread) as pool:
        return list(pool.map(function, tasks))
