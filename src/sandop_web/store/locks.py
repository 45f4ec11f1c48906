"""Who waits for whom. SQLite lets one writer in at a time (IMMEDIATE); PostgreSQL needs the words said here.

editing         side by side with other edits of the version, never with its publishing
replacing       alone with the version: results exchanged, published
collecting      alone with the chunks: nobody may be about to point at one that is being thrown away

The database refuses by itself what comes too late (migration 0002); here its words become the refusal a person reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction

from sandop_web.store.models import Company, Version
from sandop_web.store.refusals import VersionIsPublished

FROZEN = "this version is published"  # what the triggers of migration 0002 say
_GARBAGE = 7_205_759  # number of the advisory lock; any one that nothing else in the database uses


@contextmanager
def writing() -> Iterator[None]:
    """A transaction during which no chunk is thrown away."""
    with transaction.atomic():
        _advisory("pg_advisory_xact_lock_shared")
        yield


@contextmanager
def editing(version: Version) -> Iterator[None]:
    """A transaction during which the version is not published. Raises VersionIsPublished where it is already."""
    with _refusing(version), writing():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 FROM {Version._meta.db_table} WHERE id = %s FOR SHARE", [version.pk])
        _require_draft(Version.objects.get(pk=version.pk))
        yield


@contextmanager
def replacing(version: Version) -> Iterator[Version]:
    """A transaction that has the version to itself; gives it as it is now. Raises VersionIsPublished."""
    with _refusing(version), writing():
        held = alone(version)
        _require_draft(held)
        yield held


def alone(version: Version) -> Version:
    """The version as it is now; until the transaction ends nobody else edits, exchanges or publishes it."""
    return Version.objects.select_for_update(no_key=True).get(pk=version.pk)


def numbering(company: Company) -> None:
    """Until the transaction ends nobody else gives a number in this company."""
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)


@contextmanager
def collecting() -> Iterator[None]:
    """A transaction during which nobody else writes chunks or points at them."""
    with transaction.atomic():
        _advisory("pg_advisory_xact_lock")
        yield


@contextmanager
def _refusing(version: Version) -> Iterator[None]:
    try:
        yield
    except IntegrityError as refused:
        if FROZEN in str(refused):
            raise VersionIsPublished.of(version) from refused
        raise


def _require_draft(version: Version) -> None:
    if version.state == Version.State.PUBLISHED:
        raise VersionIsPublished.of(version)


def _advisory(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [_GARBAGE])
