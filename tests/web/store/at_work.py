"""Somebody at work in a process of their own, on the database of DATABASE_URL: `at_work.py edit|write|die …`."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandop_web.settings")
django.setup()

from django.db import connection  # noqa: E402

from sandop.plan import Plan, Sheet  # noqa: E402
from sandop_web.store.edits import Edit, edit_cells  # noqa: E402
from sandop_web.store.models import Entry, Version  # noqa: E402
from sandop_web.store.plans import read_plan, read_sheet, write_version  # noqa: E402
from sandop_web.store.refusals import CellHasMoved  # noqa: E402

AT = dt.datetime(2026, 1, 6, tzinfo=dt.UTC)
SHARED = ("I0000", "E")
MONTHS = ("2026-01", "2026-02", "2026-03")


def edit(version: int, worker: int, times: int) -> None:
    """Raise a price that everybody raises, a price that is this worker's own, and the hours everybody raises."""
    found = Version.objects.get(pk=version)
    for turn in range(times):
        month = MONTHS[turn % len(MONTHS)]
        own = (f"I{worker * 150 + turn + 1:04d}", "E")
        while True:
            cells = (("price", SHARED, month), ("price", own, month), ("capacity_regular", ("LINE",), month))
            seen = [_now(found, *cell) for cell in cells]
            wanted = [Edit(*cell, before=value, after=value + 1.0) for cell, value in zip(cells, seen)]
            try:
                edit_cells(version=found, edits=wanted, member=None, at=AT, why=f"worker {worker}")
                break
            except CellHasMoved:
                continue


def _now(version: Version, name: str, row: tuple[str, ...], period: str) -> float:
    sheet = read_sheet(version, Entry.Kind.INPUT, name)
    assert sheet is not None
    return sheet.at(row, period)


def raised(plan: Plan, by: float) -> Plan:
    """The plan with every price raised."""
    prices = plan.sheets["price"]
    return plan.with_sheets(price=Sheet("price", prices.rows, prices.periods, prices.values + by))


def write(version: int, times: int) -> None:
    """Write versions with other prices; every second one is taken back."""
    first = Version.objects.get(pk=version)
    plan = read_plan(first)
    for turn in range(times):
        made = _written(first, raised(plan, turn + 1.0))
        if turn % 2:
            made.delete()


def _written(first: Version, plan: Plan) -> Version:
    return write_version(
        company=first.company, title="raised", purpose="plan", plan=plan, month=None, made_by=None, at=AT
    )


def die(version: int, statement: int) -> None:
    """Write a version and be killed just before its statement of this number."""
    first = Version.objects.get(pk=version)
    plan = raised(read_plan(first), 1.0)
    said = 0

    def counting(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal said
        said += 1
        if said == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    with connection.execute_wrapper(counting):
        _written(first, plan)


if __name__ == "__main__":
    sys.stdin.readline()  # everybody begins together
    {"edit": edit, "write": write, "die": die}[sys.argv[1]](*map(int, sys.argv[2:]))
