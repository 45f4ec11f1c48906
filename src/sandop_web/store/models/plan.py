"""Plans: immutable chunks named by their content, versions that point at them, and every change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sandop_web.store.models.people import Company, Member

HEAD = -1  # block number of the entry that names a sheet's rows and periods


class Chunk(models.Model):
    """A piece of content, compressed and named by the SHA-256 of what it holds. Never changed; shared by versions."""

    hash = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()


class Version(models.Model):
    """One state of a company's plan: a draft people work on, or a published one that nobody can change.

    purpose     plan (the cycle's own), scenario (a branch of one), snapshot (the data as closed)
    results_of  number of changes that the results were computed with; null: no results
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    class Purpose(models.TextChoices):
        PLAN = "plan"
        SCENARIO = "scenario"
        SNAPSHOT = "snapshot"

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()  # counts up within the company
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=10, choices=Purpose)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="branches")
    start = models.CharField(max_length=7)  # first planned month
    steps = models.JSONField(default=list)  # steps of the chain made so far
    results_of = models.PositiveBigIntegerField(null=True)
    verified = models.CharField(max_length=64, blank=True)  # result hash whose certificate was checked and holds
    input_hash = models.CharField(max_length=64, blank=True)  # set when published
    result_hash = models.CharField(max_length=64, blank=True)
    root_hash = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["company", "number"], name="one_version_per_number"),
        ]


class Entry(models.Model):
    """What a version holds where: kind and name say what, block says which 256 rows; the chunk is the content."""

    class Kind(models.TextChoices):
        SETTINGS = "settings"
        TABLE = "table"
        INPUT = "input"
        VINTAGE = "vintage"
        PREVIOUS = "previous"
        RESULT = "result"
        REPORT = "report"
        PROOF = "proof"
        FINDINGS = "findings"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=100)
    block = models.IntegerField()
    chunk = models.ForeignKey(Chunk, on_delete=models.PROTECT, related_name="entries")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "kind", "name", "block"], name="one_chunk_per_block"),
        ]


class Change(models.Model):
    """One cell that somebody changed. Append-only; `before` and `after` in the measure's unit, null is a blank."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="changes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True)
    person = models.CharField(max_length=100)
    at = models.DateTimeField()
    measure = models.CharField(max_length=60)
    row = models.JSONField()  # the row's key, a list of ids
    period = models.CharField(max_length=10)
    before = models.FloatField(null=True)
    after = models.FloatField(null=True)
    why = models.TextField(blank=True)
    batch = models.UUIDField(db_index=True)  # cells changed together: one paste, one undo


class MasterRow(models.Model):
    """A row of a master table as it is from a month on, until a later row of the same key. Append-only."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="masters")
    table = models.CharField(max_length=40)
    key = models.JSONField()  # list of the key's parts
    key_text = models.CharField(max_length=400)  # the same joined, to find it by
    effective = models.CharField(max_length=7)  # first month it holds; empty: always did
    cells = models.JSONField()
    ended = models.BooleanField(default=False)  # the row is no more from that month on
    person = models.CharField(max_length=100)
    at = models.DateTimeField()
    why = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["company", "table", "key_text", "effective"])]


class MasterChange(models.Model):
    """One cell of a version's master tables that somebody changed. Append-only."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="master_changes")
    person = models.CharField(max_length=100)
    at = models.DateTimeField()
    table = models.CharField(max_length=40)
    key = models.JSONField()
    column = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    effective = models.CharField(max_length=7, blank=True)
    why = models.TextField(blank=True)
    batch = models.UUIDField(null=True, db_index=True)  # rows changed together in the grid; null: one by one
