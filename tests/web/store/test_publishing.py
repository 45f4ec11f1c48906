"""A published version is named as the command line would name it, and nobody changes it, whatever door they try."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import cast
import pytest
from django.db import IntegrityError, connection, transaction

from sandop.io import publish
from sandop.plan import input_hash
from sandop_web.store import locks
from sandop_web.store.branches import branch
from sandop_web.store.edits import Edit, edit_cells
from sandop_web.store.models import Change, Chunk, Company, Deed, Entry, MasterChange, Member, Signature, Version
from sandop_web.store.plans import read_month
from sandop_web.store.publishing import publish_version
from sandop_web.store.refusals import ResultsAreStale, VersionIsPublished

EDIT = Edit("price", ("A", "E"), "2026-02", 100.0, 105.0)


@pytest.fixture
def edited(version: Version, dana: Member, later: dt.datetime) -> Version:
    """The plan after an edit of one price; its results are stale."""
    edit_cells(version=version, edits=[EDIT], member=dana, at=later, why="new list")
    return version


@pytest.fixture
def published(version: Version, later: dt.datetime) -> Version:
    publish_version(version=version, at=later)
    return version


def refused(statement: str, *values: object) -> None:
    words = r"published|kept as it was written"
    with pytest.raises(IntegrityError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_web_and_the_command_line_give_the_same_content_the_same_name(
    version: Version, later: dt.datetime, tmp_path: Path
) -> None:
    month = cast.company_month()
    on_disk = publish(
        tmp_path,
        sheets=month.sheets,
        reports=month.reports,
        input_hash=input_hash(month.plan),
        start="2026-01",
        who="eve",
        when="2026-01-21",
        others=month.proofs,
    )
    assert publish_version(version=version, at=later) == on_disk
    version.refresh_from_db()
    assert (version.state, version.root_hash, version.published_at) == ("published", on_disk, later)
    assert (version.input_hash, version.result_hash) == (input_hash(month.plan), month.result_hash)


def test_stale_results_are_not_published(edited: Version, later: dt.datetime) -> None:
    with pytest.raises(ResultsAreStale):
        publish_version(version=edited, at=later)
    edited.refresh_from_db()
    assert (edited.state, edited.root_hash) == ("draft", "")


def test_a_snapshot_without_results_is_published(edited: Version, later: dt.datetime) -> None:
    snapshot = branch(version=edited, title="Closed", made_by=None, at=later, purpose="snapshot")
    assert len(publish_version(version=snapshot, at=later)) == 64


def test_it_is_published_once(published: Version, later: dt.datetime) -> None:
    with pytest.raises(VersionIsPublished):
        publish_version(version=published, at=later)


def test_a_published_version_refuses_the_orm(published: Version, dana: Member, later: dt.datetime) -> None:
    entry, chunk = Entry.objects.filter(version=published)[:1].get(), Chunk.objects.exclude(pk=None)[:1].get()
    for attempt in (
        lambda: Version.objects.filter(pk=published.pk).update(title="Another"),
        lambda: Version.objects.filter(pk=published.pk).update(state="draft"),
        lambda: Entry.objects.filter(pk=entry.pk).update(chunk=chunk),
        lambda: Entry.objects.filter(pk=entry.pk).delete(),
        lambda: Entry.objects.create(version=published, kind="input", name="x", block=0, chunk=chunk),
        lambda: published.delete(),
        lambda: MasterChange.objects.create(version=published, at=later, table="items", key=["A"], column="x"),
        lambda: Change.objects.create(
            version=published, at=later, measure="price", row=["A", "E"], period="2026-02", batch="0" * 32
        ),
    ):
        with pytest.raises(IntegrityError, match=locks.FROZEN), transaction.atomic():
            attempt()
    with pytest.raises(VersionIsPublished):
        edit_cells(version=published, edits=[EDIT], member=dana, at=later, why="too late")
    assert read_month(published).result_hash == cast.company_month().result_hash


def test_a_published_version_refuses_raw_sql(published: Version) -> None:
    refused("UPDATE store_version SET title = 'x' WHERE id = %s", published.pk)
    refused("DELETE FROM store_version WHERE id = %s", published.pk)
    refused("UPDATE store_entry SET block = block + 1000 WHERE version_id = %s", published.pk)
    refused("DELETE FROM store_entry WHERE version_id = %s", published.pk)
    refused(
        "INSERT INTO store_entry (version_id, kind, name, block, chunk_id) "
        "SELECT version_id, kind, name, 77, chunk_id FROM store_entry WHERE version_id = %s",
        published.pk,
    )


def test_entries_of_a_draft_do_not_move_into_a_published_version(published: Version, later: dt.datetime) -> None:
    draft = branch(version=published, title="Next", made_by=None, at=later)
    refused("UPDATE store_entry SET version_id = %s, block = 99 WHERE version_id = %s", published.pk, draft.pk)


@pytest.mark.usefixtures("version")
def test_a_chunk_is_never_changed() -> None:
    refused("UPDATE store_chunk SET content = content")


def test_records_are_kept_as_they_were_written(edited: Version, dana: Member, later: dt.datetime) -> None:
    deed = Deed.objects.create(company=edited.company, person="dana", role="x", action="x", through="page", at=later)
    Signature.objects.create(version=edited, root_hash="a" * 64, member=dana, role="gm", at=later, why="agreed")
    refused("UPDATE store_change SET after = 1")
    for table in ("store_deed", "store_signature"):
        refused(f"UPDATE {table} SET role = 'y'")
        refused(f"DELETE FROM {table}")
    assert Deed.objects.get(pk=deed.pk).role == "x"


def test_a_draft_goes_with_its_changes(edited: Version) -> None:
    edited.delete()
    assert not Change.objects.exists() and not Entry.objects.exists()


def test_what_the_database_refuses_late_is_told_like_any_refusal(published: Version, monkeypatch) -> None:
    monkeypatch.setattr(locks, "_require_draft", lambda _: None)
    with pytest.raises(VersionIsPublished), locks.editing(published):
        Entry.objects.filter(version=published).update(name="x")


def test_another_wrong_write_is_no_refusal(version: Version, company: Company) -> None:
    with pytest.raises(IntegrityError), locks.editing(version):
        Version.objects.create(
            company=company, number=version.number, purpose="plan", start="2026-01", made_at=version.made_at
        )
