"""Serve the workbench: database up to date, web server, workers; everything that was started ends together."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import click

from sandop.wording import Language
from sandop_web.command.ready import get_ready, in_language, said, tell
from sandop_web.environment import LOOPBACK

PATIENCE = 20.0  # seconds for a process to end by itself
LOOK = 0.5  # seconds between two looks at the processes
STARTS_WITHIN = 60.0  # seconds for the web server to answer
PORTS_TRIED = 50
# Connections a web process holds open. What Granian calls backpressure counts connections, not requests, and browsers
# keep several each open for minutes, idle: once there were as many as this, nobody else would be let in.
CONNECTIONS = 1000
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


@dataclass(frozen=True)
class Serving:
    """How the workbench is served.

    bind, port       where the web server listens
    web_processes    processes that answer requests, `threads` at a time each
    workers          processes that do long work
    """

    bind: str = "127.0.0.1"
    port: int = 8000
    web_processes: int = 1
    threads: int = 4
    workers: int = 1


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address to listen on; behind a proxy only.")
@click.option("--web-processes", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="For each web process.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(0, 64), help="Processes for long work.")
@in_language
def serve(bind: str, port: int, web_processes: int, threads: int, workers: int, lang: Language) -> None:
    """Serve the workbench until Ctrl-C: web server and workers, on this machine alone unless a proxy stands before.

    \b
    Example:  sandop-web serve --port 8000
    """
    get_ready(address=f"http://127.0.0.1:{port}")
    require_reachable(bind, lang)
    run(Serving(bind, port, web_processes, threads, workers), lang)


def require_reachable(bind: str, language: Language) -> None:
    """Ends the command where others could reach the workbench without TLS before it."""
    from django.conf import settings

    if bind not in LOOPBACK and settings.ADDRESS.loopback:
        raise click.ClickException(said("jobs.serve.loopback_only", language, bind=bind))


def run(serving: Serving, language: Language) -> None:
    """Serve until a signal says to end, or the web server ends by itself."""
    from django.conf import settings
    from django.db import connections

    from sandop_web.store.migrating import migrate

    migrate()
    connections.close_all()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    stop = threading.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: stop.set())
    web = _started(_web(serving))
    workers = [_started(_worker(language)) for _ in range(serving.workers)]
    try:
        if _answers(serving, web, stop):
            tell("jobs.serve.ready", language, url=settings.ADDRESS.url)
        _watch(web, workers, stop, language)
    finally:
        _end([web, *workers])
    if not stop.is_set():
        raise click.ClickException(said("jobs.serve.web_died", language, code=web.returncode))
    tell("jobs.serve.ended", language)


def _watch(
    web: subprocess.Popen[bytes], workers: list[subprocess.Popen[bytes]], stop: threading.Event, language: Language
) -> None:
    """Until told to end or the web server is gone; a worker that is gone is started again."""
    while not stop.wait(LOOK) and web.poll() is None:
        for place, worker in enumerate(workers):
            if worker.poll() is not None:
                workers[place] = _started(_worker(language))


def _web(serving: Serving) -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", serving.bind]
    command += ["--port", str(serving.port), "--workers", str(serving.web_processes), "--no-ws"]
    command += ["--blocking-threads", str(serving.threads), "--log-level", "warning"]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "10"]
    command += ["--backpressure", str(CONNECTIONS)]
    return [*command, "sandop_web.wsgi:application"]


def _worker(language: Language) -> list[str]:
    return [sys.executable, "-m", "sandop_web.command", "worker", "--lang", language]


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A process of its own session, so that Ctrl-C reaches it through us; it ends with us whatever ends us."""
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_end_with_parent, env=dict(os.environ))


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _answers(serving: Serving, web: subprocess.Popen[bytes], stop: threading.Event) -> bool:
    """Whether the web server takes connections before it ends or is told to."""
    until = time.monotonic() + STARTS_WITHIN
    while web.poll() is None and not stop.is_set() and time.monotonic() < until:
        if not is_free(serving.port, serving.bind):
            return True
        time.sleep(0.1)
    return False


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def is_free(port: int, bind: str = "127.0.0.1") -> bool:
    """Whether nobody listens on the port."""
    asked = "127.0.0.1" if bind in ("0.0.0.0", "localhost") else bind
    family = socket.AF_INET6 if ":" in asked else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((asked, port)) != 0


def free_port(wanted: int, language: Language) -> int:
    """The port wanted, or the next one that is free, which is said. Ends the command where none is."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        if is_free(port):
            if port != wanted:
                tell("jobs.serve.port_taken", language, port=wanted, free=port)
            return port
    raise click.ClickException(said("jobs.serve.port_taken", language, port=wanted, free="–"))
