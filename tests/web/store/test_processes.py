"""Several processes at once on a real database: nothing is lost, half written, or thrown away while it lives.

price            600 rows in three blocks; everybody raises I0000, each worker rows of their own
capacity_regular everybody raises the hours of LINE
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import cast
import numpy as np
import pytest
from django.db import connection

from sandop.plan import Plan, Rows, Sheet, input_hash
from sandop_web.store.edits import Edit, edit_cells
from sandop_web.store.garbage import collect_garbage
from sandop_web.store.models import Change, Chunk, Company, Entry, Version
from sandop_web.store.plans import read_plan, write_version

pytestmark = [pytest.mark.concurrent, pytest.mark.django_db(transaction=True)]
AT = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
WORKERS, TURNS = 4, 12
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def plan() -> Plan:
    base = cast.company_plan()
    periods = base.sheets["price"].periods
    rows = Rows.of(("item", "customer"), ((f"I{i:04d}", "E") for i in range(600)))
    return base.with_sheets(price=Sheet("price", rows, periods, np.full((600, len(periods)), 100.0)))


@pytest.fixture
def begun(company: Company, plan: Plan) -> Version:
    return write_version(company=company, title="begun", purpose="plan", plan=plan, month=None, made_by=None, at=AT)


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """`start("edit", version, 0, 12)`: a process at work on this database; it begins when told."""

    def started(*words: object) -> subprocess.Popen[str]:
        said = {"DATABASE_URL": _address(), "SANDOP_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
        return subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "at_work.py"), *map(str, words)],
            env={**os.environ, **said, "DJANGO_SETTINGS_MODULE": "sandop_web.settings"},
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return started


def _address() -> str:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{known['NAME']}"
    return f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def _done(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        _, trouble = process.communicate(timeout=240)
        assert process.returncode == 0, trouble


def _go(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()


def test_four_people_edit_at_once_and_nothing_is_lost(begun: Version, plan: Plan, start: Start) -> None:
    people = [start("edit", begun.pk, worker, TURNS) for worker in range(WORKERS)]
    _go(*people)
    _done(*people)
    prices, hours = (read_plan(begun).sheets[name] for name in ("price", "capacity_regular"))
    assert float((prices.values[0] - 100.0).sum()) == WORKERS * TURNS
    assert float((hours.values - 560.0).sum()) == WORKERS * TURNS
    assert float((prices.values - 100.0).sum()) == 2 * WORKERS * TURNS
    assert Change.objects.filter(version=begun).count() == 3 * WORKERS * TURNS
    _replayed(begun, plan)


def _replayed(version: Version, plan: Plan) -> None:
    """The changes, one after the other over what was there first, give what is there now."""
    values = {name: sheet.rounded().values.copy() for name, sheet in plan.sheets.items()}
    for change in Change.objects.filter(version=version).order_by("pk"):
        sheet = plan.sheets[change.measure]
        place = sheet.rows.position[tuple(change.row)], sheet.periods.position[change.period]
        assert values[change.measure][place] == change.before
        values[change.measure][place] = change.after
    for name, sheet in read_plan(version).sheets.items():
        np.testing.assert_array_equal(sheet.values, values[name])


@pytest.mark.parametrize("statement", range(1, 8))
def test_a_killed_writer_leaves_no_half_version(begun: Version, plan: Plan, start: Start, statement: int) -> None:
    """Killed before each of the statements that write a version: the ones before it leave nothing behind."""
    writer = start("die", begun.pk, statement)
    _go(writer)
    writer.communicate(timeout=240)
    assert writer.returncode == -signal.SIGKILL
    assert list(Version.objects.values_list("title", flat=True)) == ["begun"]
    assert not Entry.objects.exclude(version=begun).exists()
    assert input_hash(read_plan(begun)) == input_hash(plan)
    following = write_version(
        company=begun.company, title="next", purpose="plan", plan=plan, month=None, made_by=None, at=AT
    )
    assert following.number == begun.number + 1


def test_garbage_is_collected_while_others_write_and_nothing_live_goes(begun: Version, start: Start) -> None:
    writer = start("write", begun.pk, 6)
    editor = start("edit", begun.pk, 1, 6)
    _go(writer, editor)
    gone = 0
    while writer.poll() is None or editor.poll() is None:
        gone += collect_garbage()
    _done(writer, editor)
    for version in Version.objects.all():
        assert len(read_plan(version).sheets) == len(read_plan(begun).sheets)
    collect_garbage()
    assert gone > 0
    assert Chunk.objects.count() == Entry.objects.values("chunk").distinct().count()


def test_what_nobody_points_at_goes_and_the_rest_stays(begun: Version) -> None:
    before = Chunk.objects.count()
    hours = Edit("capacity_regular", ("LINE",), "2026-02", 560.0, 600.0)
    edit_cells(version=begun, edits=[hours], member=None, at=AT, why="extra crew")
    assert Chunk.objects.count() == before + 1
    assert collect_garbage() == 1
    assert read_plan(begun).sheets["capacity_regular"].at(("LINE",), "2026-02") == 600.0
    assert collect_garbage() == 0
