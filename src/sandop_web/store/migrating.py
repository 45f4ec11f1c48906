"""Bring the database to this release; of several processes that start at once, one does it and the others wait."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

_TURN = 7_205_760  # number of the advisory lock


def migrate() -> None:
    """Apply what is missing. Raises OperationalError where the database cannot be reached."""
    with _alone():
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _alone() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_TURN])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_TURN])
        return
    file = Path(settings.HOME) / "migrating"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def missing_migrations() -> int:
    """How many migrations the database has not seen. Raises OperationalError where it cannot be reached."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
