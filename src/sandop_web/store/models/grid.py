"""The planning grid: what people say of a cell, and each person's steps back and forward."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sandop_web.store.models.people import Member
from sandop_web.store.models.plan import Version


class CellComment(models.Model):
    """What somebody said of a cell of a version; a branch begins without any.

    cell        level → label, as {"family": "DOM", "region": "East"}; empty is the grand total
    period      label of the period
    resolved_by, resolved_at    who has settled it, and when; null while it is open
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="comments")
    measure = models.CharField(max_length=60)
    cell = models.JSONField(default=dict)
    period = models.CharField(max_length=10)
    text = models.TextField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="comments")
    made_at = models.DateTimeField()
    mentioned = models.JSONField(default=list)  # ids of the people it names
    resolved_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["version", "period"])]


class GridBatch(models.Model):
    """One step of a person in the grid of a version: cells changed together, taken back or given again.

    batch   under which the changes are on record
    of      the batch that it takes back or gives again; of an edit its own
    """

    class Turn(models.TextChoices):
        EDIT = "edit"
        UNDO = "undo"
        REDO = "redo"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="grid_batches")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    batch = models.UUIDField(unique=True)
    of = models.UUIDField()
    turn = models.CharField(max_length=4, choices=Turn)
    cells = models.PositiveIntegerField()
    why = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["version", "member"])]


class AmendedReason(models.Model):
    """Another reason for cells that were changed together. Append-only: the changes keep the reason they were made
    with, the latest amendment is the one that people read.

    batch   under which the changes are on record
    before  the reason that was read until then
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="amended_reasons")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=100)
    batch = models.UUIDField(db_index=True)
    before = models.TextField(blank=True)
    why = models.TextField()
    at = models.DateTimeField()
