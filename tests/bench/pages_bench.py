"""Milliseconds of every page of the workbench at 10,000 rows of demand: python tests/bench/pages_bench.py [copies]

The demo company's month is run, then the company is grown: each of its items is made and sold 31 times over, and so
are its results (`enlarged`): the plan stays feasible, and no solver waits for ten thousand rows. With
SANDOP_BENCH_FOLDER the month is read from that plan folder. A scenario changes 3,000 cells. Every page is then asked
of the application in this process, on the embedded database, as the S&OP manager reads it.

Milliseconds of CPU, as these benches count: what else the machine does is not in them.
first    the first request for the page after the start: its content is read, little is remembered
again    median of the requests after it
"""

from __future__ import annotations

import datetime as dt
import os
import re
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from enlarged import grown_month

from sandop.calendar import first_day
from sandop.cycle import steps
from sandop.io import check
from sandop.plan import input_hash
from sandop.scenario import STEPS, Month, kept_month, run_steps
from sandop_demo import pumps

if TYPE_CHECKING:
    from django.test import Client

COPIES, RUNS, CHANGED = 31, 5, 3_000
MANAGER = "zhou"
WANTED, LARGEST = 1_500, 1_500  # milliseconds of a page that is asked for again, and KB of one, at most
PAGES = {
    "home": "",
    "cycle": "cycle/",
    "grid": "plan/{plan}/grid/",
    "grid: its numbers": "plan/{plan}/grid/columns/?view=demand",
    "data": "data/",
    "versions": "plan/",
    "version": "plan/{plan}/",
    "sheet": "plan/{plan}/sheet/sales_forecast/",
    "sheet, its last page": "plan/{plan}/sheet/sales_forecast/?page=9999",
    "sheet of history": "plan/{plan}/sheet/orders/",
    "items": "plan/{plan}/masters/items/",
    "open orders": "plan/{plan}/masters/open_orders/",
    "report: schedule": "plan/{plan}/report/schedule/",
    "report: forecast": "plan/{plan}/report/forecast_report/",
    "two versions": "plan/compare/?a={plan}&b={scenario}",
    "two versions, a measure": "plan/compare/?a={plan}&b={scenario}&measure=sales_forecast",
    "scenarios": "scenarios/",
    "scenario": "scenarios/{scenario}/",
    "scenarios side by side": "scenarios/compare/?v={plan}&v={scenario}",
    "cuts": "pre-sop/cuts/",
    "cuts of a family": "pre-sop/cuts/?family=GAR",
    "agreement": "pre-sop/agreement/",
    "family sheets": "family-sheet/",
    "family sheet": "family-sheet/DOM/",
    "decisions": "decisions/",
    "decision": "decisions/1/",
    "meeting": "meeting/",
    "meeting: a decision": "meeting/1/",
    "minutes": "meeting/minutes/",
    "sign": "sign/",
    "number explained": "plan/{plan}/why/?measure=backlog&family=DOM&period=2026-03",
    "search": "palette/?q=pump",
    "people": "people/",
    "audit": "deeds/",
}


@dataclass(frozen=True)
class Asked:
    """What asking for a page took: milliseconds of CPU, bytes, questions to the database."""

    page: str
    status: int
    first: float
    again: float
    size: int
    queries: int

    def line(self) -> str:
        """A line of the table."""
        too_slow = " OVER" if self.again > WANTED else ""
        too_large = " OVER" if self.size > LARGEST * 1024 and "numbers" not in self.page else ""
        status = "" if self.status == 200 else f" ({self.status})"
        size = f"{self.size / 1024:,.0f}{too_large}"
        return f"| {self.page}{status} | {self.first:,.0f} | {self.again:,.0f}{too_slow} | {size} | {self.queries} |"


def small_month() -> Month:
    """The demo company with its month run, or as a folder keeps it."""
    folder = os.environ.get("SANDOP_BENCH_FOLDER", "")
    if not folder:
        return run_steps(month=Month(pumps.build().plan), steps=tuple(STEPS))
    plan = check(Path(folder)).plan
    assert plan is not None, f"{folder} holds no plan"
    return kept_month(folder=Path(folder), plan=plan, inputs=input_hash(plan)).month


def founded(month: Month) -> tuple[int, int]:
    """The company in the store, its cycle open, decisions taken up, a scenario branched: ids of plan and scenario."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from sandop_web.access import actor_of, founder_of
    from sandop_web.actions.cycle import open_cycle
    from sandop_web.actions.decisions import take_up_decisions
    from sandop_web.actions.founding import make_founder, open_company
    from sandop_web.store.models import User, Version

    now, start = timezone.now(), month.plan.settings.time.start
    make_founder(name="founder", password="pages-bench-2026", at=now)
    founder = founder_of(user=User.objects.get(username="founder"), at=now, language="en")
    day = first_day(start) + dt.timedelta(days=4)
    slug = open_company(by=founder, plan=month.plan, month=month, lives_on=day, joining=False)
    manager = actor_of(user=User.objects.get(username=MANAGER), company=slug, at=now, through="job")
    open_cycle(by=manager, month=start, meeting=day + dt.timedelta(days=16), country="CN", why="bench")
    take_up_decisions(by=manager)
    plan = Version.objects.get(company__slug=slug)
    return plan.pk, _scenario(plan.pk)


def _scenario(plan: int) -> int:
    """A scenario whose forecast is higher in so many cells."""
    from django.utils import timezone

    from sandop_web.store.branches import branch
    from sandop_web.store.edits import Edit, edit_cells
    from sandop_web.store.models import Entry, Version
    from sandop_web.store.plans import read_sheet

    made = branch(version=Version.objects.get(pk=plan), title="More", made_by=None, at=timezone.now())
    sheet = read_sheet(made, Entry.Kind.INPUT, "sales_forecast")
    assert sheet is not None
    cells = zip(sheet.rows.keys, sheet.values[:, 0].tolist())
    edits = [
        Edit("sales_forecast", key, sheet.periods.labels[0], held, held + 5.0) for key, held in cells if held == held
    ]
    edit_cells(version=made, edits=edits[:CHANGED], member=None, at=timezone.now(), why="bench")
    return made.pk


def asked_for(client: Client, page: str, address: str) -> Asked:
    """The page asked for once, then so many times again."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def once() -> tuple[float, int, int]:
        start = time.process_time()
        answer = client.get(address)
        size = len(answer.getvalue())
        return (time.process_time() - start) * 1000, answer.status_code, size

    first, status, size = once()
    again = [once()[0] for _ in range(RUNS)]
    with CaptureQueriesContext(connection) as queries:
        once()
    return Asked(page, status, first, statistics.median(again), size, len(queries))


def sections_of(client: Client, home: str, step: str) -> list[str]:
    """Addresses of the pages that a step's first page leads to."""
    html = client.get(f"{home}step/{step}/").getvalue().decode()
    return sorted(set(re.findall(rf'href="({home}step/{step}/[\w-]+/)[#?"]', html)))


def measured(home: str, plan: int, scenario: int) -> int:
    """One line a page; of a step's sections the slowest. The number of those that fail."""
    from django.conf import settings
    from django.test import Client

    from sandop_web.store.models import User

    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    client.force_login(User.objects.get(username=MANAGER), backend=settings.AUTHENTICATION_BACKENDS[-1])
    print("| page | first ms | again ms | KB | queries |\n|---|---|---|---|---|", flush=True)
    failed = 0
    for page, path in PAGES.items():
        failed += _told(asked_for(client, page, home + path.format(plan=plan, scenario=scenario)))
    for step in (one.step for one in steps()):
        name = step.replace("_", " ")
        failed += _told(asked_for(client, name, f"{home}step/{step}/"))
        sections = [asked_for(client, name, address) for address in sections_of(client, home, step)]
        slowest = max(sections, key=lambda one: one.again, default=None)
        failed += sum(one.status != 200 for one in sections)
        if slowest:
            _told(replace(slowest, page=f"{name}: slowest of {len(sections)} sections"))
    return failed


def _told(asked: Asked) -> bool:
    print(asked.line(), flush=True)
    return asked.status != 200


def main() -> int:
    """Zero where every page answered."""
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else COPIES
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"SANDOP_HOME": home, "DJANGO_SETTINGS_MODULE": "sandop_web.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.urls import get_resolver

        _ = get_resolver().url_patterns  # as a server does before it answers
        start = time.perf_counter()
        month = grown_month(small_month(), copies)
        plan, scenario = founded(month)
        rows = {name: len(month.plan.sheets[name].rows) for name in ("sales_forecast", "orders")}
        made = time.perf_counter() - start
        print(
            f"{rows['orders']:,} rows of demand, {len(month.plan.network.items):,} items,"
            f" made in {made:.0f} s; results grown from the small company's, not solved anew\n"
        )
        from sandop_web.store.models import Company

        return min(measured(f"/c/{Company.objects.get().slug}/", plan, scenario), 1)


if __name__ == "__main__":
    sys.exit(main())
