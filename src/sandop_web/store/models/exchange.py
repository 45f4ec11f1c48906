"""Workbooks that went out of the grid and came back: what somebody changed in them, waiting to be accepted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sandop_web.store.models.job import Document
from sandop_web.store.models.people import Member
from sandop_web.store.models.plan import Version


class Exchange(models.Model):
    """One workbook that somebody brought back. It is open until nothing of it waits, or it is discarded.

    asked        what the grid was asked for when the file was made
    made_by      name of whoever took the file out
    missing      rows of the export that are no longer in the file; nothing changes in them
    document     the file itself, kept as long as the exchange is open
    """

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DISCARDED = "discarded"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="exchanges")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="exchanges")
    brought_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    asked = models.JSONField()
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    missing = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="exchanges")


class ExchangeCell(models.Model):
    """One cell that the workbook holds otherwise than when it went out. How it stands against the plan is never kept
    but looked up: the plan goes on meanwhile.

    at          [[level, label], …] from the top down; empty is the grand total
    base, mine  what was exported, and what the workbook holds now; null is a blank
    choice      what the person wants: their own number or the plan's; empty: not said
    seen        what the plan held when they chose
    end         open, taken, left (the plan's number stays), covered (a number below it was changed as well: that one
                counts)
    """

    class Choice(models.TextChoices):
        UNSAID = ""
        MINE = "mine"
        THEIRS = "theirs"

    class End(models.TextChoices):
        OPEN = ""
        TAKEN = "taken"
        LEFT = "left"
        COVERED = "covered"

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="cells")
    place = models.PositiveIntegerField()  # order of the file
    measure = models.CharField(max_length=60)
    at = models.JSONField(default=list)
    period = models.CharField(max_length=10)
    base = models.FloatField(null=True)
    mine = models.FloatField(null=True)
    choice = models.CharField(max_length=6, choices=Choice, blank=True, default=Choice.UNSAID)
    seen = models.FloatField(null=True)
    end = models.CharField(max_length=7, choices=End, blank=True, default=End.OPEN)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exchange", "place"], name="one_place_per_exchange_cell"),
        ]
