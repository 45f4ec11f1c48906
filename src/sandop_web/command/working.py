"""A worker: takes jobs until it is told to end, and sees to the chores."""

from __future__ import annotations

import signal
import threading

import click

from sandop.parallel import one_numerical_thread
from sandop.wording import Language
from sandop_web.command.ready import get_ready, in_language, tell

PATIENCE = 5.0  # seconds for the chores to come to an end


@click.command()
@click.option("--until-done", is_flag=True, help="Do what waits now, then end.")
@in_language
def worker(until_done: bool, lang: Language) -> None:
    """Do long work: run months, look through files, make exports. Several may run, on one machine or many.

    \b
    Example:  sandop-web worker
    """
    one_numerical_thread()
    get_ready()
    from sandop_web.jobs.chores import keep_seeing_to
    from sandop_web.jobs.worker import Worker

    stop = threading.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: stop.set())
    working = Worker(stop)
    if until_done:
        working.run_waiting()
        return
    chores = threading.Thread(target=keep_seeing_to, args=(stop,), daemon=True)
    chores.start()
    tell("jobs.worker.ready", lang, name=working.name)
    working.run()
    chores.join(PATIENCE)
