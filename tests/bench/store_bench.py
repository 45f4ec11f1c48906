"""Seconds and bytes of the store at size: run python tests/bench/store_bench.py [series]

A plan of 20,000 series x 36 months x 30 measures, every value drawn and none blank, is written, read in part, edited,
branched and compared, on a new SQLite file and, where SANDOP_BENCH_DATABASE_URL names a PostgreSQL server, in a
throwaway database there.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

import numpy as np
from io_bench import company

from sandop.calendar import Periods
from sandop.measures import measure, measures
from sandop.plan import Plan, Sheet
from sandop.scenario import Month

Result = TypeVar("Result")
AT = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
EDITS = 60
CHANGED = 200
MEASURES = 30
THROWAWAY = "sandop_store_bench"


def planned(series: int) -> tuple[Plan, Month]:
    """Items sold to ten customers from one site, every demand measure said in every month, and a vintage."""
    plan = company(series)
    time_of = plan.settings.time.model_copy(update={"start": "2025-01", "months": 36})
    plan = replace(plan, settings=plan.settings.model_copy(update={"time": time_of}))
    rows, periods = plan.sheets["orders"].rows, Periods.months("2025-01", 36)
    draw = np.random.default_rng(7)
    named = [name for name, one in measures().items() if one.grain == rows.grain][: MEASURES - 1]
    sheets = {name: Sheet(name, rows, periods, draw.gamma(2.0, 50.0, (series, 36))).rounded() for name in named}
    brought = {name: sheet for name, sheet in sheets.items() if measure(name).direction == "input"}
    made = {name: sheet for name, sheet in sheets.items() if name not in brought}
    plan = replace(plan, sheets=brought, vintages={"2024-12": next(iter(made.values())).named("demand")})
    return plan, Month(plan, sheets=made, steps=("forecast",))


def timed(name: str, work: Callable[[], Result], limit: float, runs: int = 1) -> Result:
    """Run it and print the median of its seconds beside what they may be at most."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    took = statistics.median(seconds)
    over = "" if took <= limit else "   OVER"
    print(f"{name:<44}{took * 1000:10.1f} ms   at most {limit * 1000:6.0f} ms{over}", flush=True)
    return result


def measured(series: int) -> None:
    """Print one line per step, on the database that DATABASE_URL names."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "sandop_web.settings"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from sandop_web.store.branches import branch, differences
    from sandop_web.store.edits import Edit, edit_cells
    from sandop_web.store.models import Chunk, Entry
    from sandop_web.store.models import Company as StoredCompany
    from sandop_web.store.plans import read_sheet, read_sheets, write_version
    from sandop_web.store.remembering import remembered

    plan, month = planned(series)
    bench = StoredCompany.objects.create(slug="bench", name="Bench", currency="CNY", made_at=AT)

    def write():
        return write_version(
            company=bench, title="bench", purpose="plan", plan=plan, month=month, made_by=None, at=AT
        )

    version = timed("write a version", write, 5.0)
    results = sorted(month.sheets)[:5]

    def load():
        remembered.forget()
        return read_sheets(version, Entry.Kind.RESULT, results)

    timed("load five measures, nothing remembered", load, 0.2, runs=5)
    timed("load five measures again", lambda: read_sheets(version, Entry.Kind.RESULT, results), 0.2, runs=5)
    timed("branch", lambda: branch(version=version, title="b", made_by=None, at=AT), 0.2, runs=3)
    other = branch(version=version, title="changed", made_by=None, at=AT)
    name = "sales_forecast"
    sheet = read_sheet(version, Entry.Kind.INPUT, name)
    assert sheet is not None
    draw = np.random.default_rng(11)
    drawn = draw.choice(sheet.values.size, CHANGED, replace=False)
    cells = [(int(place) // len(sheet.periods), int(place) % len(sheet.periods)) for place in drawn]
    values = [float(sheet.values[cell]) for cell in cells]
    keys, labels = sheet.rows.keys, sheet.periods.labels
    edits = [Edit(name, keys[r], labels[c], value, value + 1.0) for (r, c), value in zip(cells, values)]
    one_by_one = iter(edits)

    def edit(wanted):
        return edit_cells(version=other, edits=wanted, member=None, at=AT, why="bench")

    timed("one edit", lambda: edit([next(one_by_one)]), 0.025, runs=EDITS)
    rest = list(one_by_one)
    timed(f"{len(rest)} cells in one edit", lambda: edit(rest), 1.0)

    def compared():
        remembered.forget()
        return differences(version, other)

    assert len(timed(f"differences, {CHANGED} cells, nothing remembered", compared, 0.1, runs=5)) == CHANGED
    chunks = Chunk.objects.filter(entries__version=version).distinct().values_list("content", flat=True)
    print(f"{'content of a version':<44}{sum(map(len, chunks.iterator())) / 1e6:10.1f} MB", flush=True)


def throwaway(server: str) -> str:
    """A new, empty database on the server; its address."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as session:
        session.execute(f"DROP DATABASE IF EXISTS {THROWAWAY}")
        session.execute(f"CREATE DATABASE {THROWAWAY}")
    return urlunsplit(urlsplit(server)._replace(path=f"/{THROWAWAY}"))


def dropped(server: str) -> None:
    """The throwaway database is no more."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as session:
        session.execute(f"DROP DATABASE IF EXISTS {THROWAWAY}")


def main() -> None:
    """Each database in a process of its own."""
    series = sys.argv[1] if len(sys.argv) > 1 else "20000"
    if "SANDOP_BENCH_HERE" in os.environ:
        measured(int(series))
        return
    server = os.environ.get("SANDOP_BENCH_DATABASE_URL", "")
    with tempfile.TemporaryDirectory() as home:
        for kind, address in (("SQLite", ""), ("PostgreSQL", server)):
            if kind == "PostgreSQL" and not server:
                print("\nPostgreSQL: no SANDOP_BENCH_DATABASE_URL, left out")
                continue
            print(f"\n{kind}, {int(series):,} series x 36 months x {MEASURES} measures", flush=True)
            database = throwaway(server) if address else ""
            said = {**os.environ, "SANDOP_HOME": home, "DATABASE_URL": database, "SANDOP_BENCH_HERE": "1"}
            subprocess.run([sys.executable, Path(__file__), series], env=said, check=True)
            if address:
                dropped(server)


if __name__ == "__main__":
    main()
