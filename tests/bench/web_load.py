"""Fifty people reading and ten editing for a minute against the real server; run: python tests/bench/web_load.py [s]

The demo company is founded in a throwaway PostgreSQL (with `--sqlite`: in the embedded database) and served as a
deployment would serve it. Everybody signs in, then asks for something, reads it for three seconds on average (an
editor types for two), and asks again. Printed:
milliseconds by kind of request, errors, and edits refused because somebody else had changed the cell (conflicts).
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from postgres import programs, server

COMPANY = "qiantang-pumps"
PAGES = f"/c/{COMPANY}/"
API = f"/api/v1/companies/{COMPANY}/"
READERS, EDITORS = 50, 10
READING, EDITING = 3.0, 2.0  # seconds between two requests of one person, on average
MEASURE = "sales_forecast"
READ = {
    "my work": PAGES,
    "cycle": f"{PAGES}cycle/",
    "demand review": f"{PAGES}step/demand_review/",
    "supply review": f"{PAGES}step/supply_review/",
    "pre-S&OP": f"{PAGES}step/pre_sop/",
    "decisions": f"{PAGES}decisions/",
    "versions": f"{PAGES}plan/",
    "sheet page": f"{PAGES}plan/{{version}}/sheet/{MEASURE}/",
    "sheet (API)": f"{API}versions/{{version}}/sheets/demand?limit=1000",
    "KPIs (API)": f"{API}versions/{{version}}/reports/kpis",
}


@dataclass
class Person:
    """Somebody at a browser: one connection, cookies kept."""

    port: int
    user: str
    password: str
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, verb: str, path: str, body: str = "", **headers: str) -> tuple[int, bytes]:
        """Status and body of the answer."""
        headers |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"X-CSRFToken": self.cookies.get("csrftoken", ""), "Referer": f"http://127.0.0.1:{self.port}/"}
        try:
            self.line.request(verb, path, body=body or None, headers=headers)
            answer = self.line.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.line.close()  # the server closes a line that was quiet for long; a browser asks again too
            self.line.request(verb, path, body=body or None, headers=headers)
            answer = self.line.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, content = value.split(";")[0].partition("=")
                self.cookies[cookie] = content
        return answer.status, answer.read()

    def sign_in(self) -> None:
        """Through the page, as people do."""
        _, page = self.ask("GET", "/sign-in/")
        hidden = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert hidden, "the sign-in page has no CSRF token"
        form = {"username": self.user, "password": self.password, "csrfmiddlewaretoken": hidden[1].decode()}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _ = self.ask("POST", "/sign-in/", urlencode(form), **kind)
        assert status == 302, f"{self.user} could not sign in: {status}"


@dataclass
class Minute:
    """What happened: kind → seconds of each request; statuses that should not have been."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    conflicts: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def asked(self, kind: str, work: Callable[[], tuple[int, bytes]], *, conflicts: bool = False) -> bytes:
        """Time one request and judge its answer."""
        start = time.perf_counter()
        status, body = work()
        self.seconds[kind].append(time.perf_counter() - start)
        if status == 409 and conflicts:
            self.conflicts += 1
        elif status != 200:
            self.errors.append(f"{kind}: {status} {body[:200]!r}")
        return body


def read_for_a_minute(person: Person, minute: Minute, version: int, dice: random.Random) -> None:
    """One page or answer after the other, thinking in between."""
    while not minute.over.wait(dice.expovariate(1.0 / READING)):
        kind, path = dice.choice(list(READ.items()))
        address = path.format(version=version)
        minute.asked(kind, partial(person.ask, "GET", address))


def edit_for_a_minute(person: Person, minute: Minute, version: int, dice: random.Random) -> None:
    """Change a cell, knowing what it holds; now and then one that others change too."""
    seen = json.loads(person.ask("GET", f"{API}versions/{version}/sheets/{MEASURE}?limit=200")[1])
    rows = list(zip(*(seen["keys"][part] for part in seen["grain"])))
    patch = f"{API}versions/{version}/cells"
    while not minute.over.wait(dice.expovariate(1.0 / EDITING)):
        row = 0 if dice.random() < 0.1 else dice.randrange(len(rows))
        period = dice.choice(seen["periods"])
        column = seen["values"][period]
        after = (column[row] or 0.0) + dice.randrange(1, 9)
        cell = {"measure": MEASURE, "row": rows[row], "period": period, "expected": column[row], "value": after}
        body = json.dumps({"cells": [cell], "why": "load bench"})
        change = partial(person.ask, "PATCH", patch, body, **{"Content-Type": "application/json"})
        column[row] = _now_held(minute.asked("edit (API)", change, conflicts=True), after)


def _now_held(told: bytes, after: float) -> float | None:
    """What the cell holds after the answer: ours, or what the refusal says is there now."""
    conflicts = json.loads(told).get("conflicts") or []
    return conflicts[0]["found"] if conflicts else after


def people_of(home: Path) -> list[tuple[str, str]]:
    """User names and passwords that the demo wrote down; whoever opens companies and the viewer are left out."""
    lines = [
        line.split() for line in (home / "people.txt").read_text(encoding="utf-8").splitlines()[2:] if line.strip()
    ]
    return [(words[-2], words[-1]) for words in lines if words[-2] != "founder" and "Viewer" not in words]


def report(minute: Minute, seconds: float) -> None:
    """One line a kind of request, all together last."""
    print("| request | count | p50 ms | p95 ms | p99 ms | most ms |\n|---|---|---|---|---|---|")
    together = [one for times in minute.seconds.values() for one in times]
    for kind, times in [*sorted(minute.seconds.items()), ("all", together)]:
        p50, p95, p99 = np.percentile(np.array(times) * 1000, [50, 95, 99])
        print(f"| {kind} | {len(times):,} | {p50:,.0f} | {p95:,.0f} | {p99:,.0f} | {max(times) * 1000:,.0f} |")
    pace = len(together) / seconds
    print(f"\n{pace:.1f} requests a second, {minute.conflicts} conflicts, {len(minute.errors)} errors")
    for error in minute.errors[:5]:
        print(error)


def run(port: int, home: Path, seconds: float) -> Minute:
    """Everybody signs in, then the minute begins for all at once."""
    known = people_of(home)
    editor = next(one for one in known if one[0] == "zhou")  # the S&OP manager may edit every row
    crowd = [Person(port, *known[place % len(known)]) for place in range(READERS)]
    crowd += [Person(port, *editor) for _ in range(EDITORS)]
    for person in crowd:
        person.sign_in()
    version = json.loads(crowd[0].ask("GET", f"{API}versions/current")[1])["version"]
    minute = Minute()
    threads = [
        threading.Thread(
            target=read_for_a_minute if place < READERS else edit_for_a_minute,
            args=(person, minute, version, random.Random(place)),
        )
        for place, person in enumerate(crowd)
    ]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    minute.over.set()
    for thread in threads:
        thread.join()
    return minute


def main(arguments: list[str]) -> int:
    """Found the company, serve it, measure, stop. Exit code 1 where a request failed."""
    numbers = [word for word in arguments if word.isdigit()]
    seconds = float(numbers[0]) if numbers else 60.0
    found = programs()
    if "--sqlite" not in arguments and found is None:
        print("PostgreSQL is not installed: give --sqlite")
        return 1
    web = [sys.executable, "-m", "sandop_web.command"]
    database = nullcontext("") if found is None or "--sqlite" in arguments else server(found)
    with tempfile.TemporaryDirectory() as folder, database as url:
        env = {**os.environ, "SANDOP_HOME": folder, "DATABASE_URL": url, "SANDOP_URL": "http://127.0.0.1:8619"}
        plan = [f"--folder={os.environ['SANDOP_BENCH_FOLDER']}"] if "SANDOP_BENCH_FOLDER" in os.environ else []
        subprocess.run([*web, "demo", "pumps", *plan], env=env, check=True, stdout=subprocess.DEVNULL)
        serve = ["serve", "--port", "8619", "--web-processes", "2", "--threads", "4", "--workers", "1"]
        serving = subprocess.Popen([*web, *serve], env=env, stdout=subprocess.PIPE, text=True)
        try:
            assert serving.stdout
            while "127.0.0.1" not in serving.stdout.readline():
                pass
            minute = run(8619, Path(folder), seconds)
        finally:
            serving.terminate()
            serving.wait()
    print(f"{'PostgreSQL' if url else 'SQLite'}, {READERS} reading and {EDITORS} editing for {seconds:.0f} s\n")
    report(minute, seconds)
    return int(bool(minute.errors))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
