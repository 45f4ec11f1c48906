"""The meeting packet: what the participants were sent ahead of the S&OP meeting, and who has opened it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sandop_web.store.models.cycle import Cycle
from sandop_web.store.models.job import Document
from sandop_web.store.models.people import Member
from sandop_web.store.models.plan import Version


class Packet(models.Model):
    """A packet as it was sent: agenda, decisions, key figures and the meeting pack of that moment. Append-only: what
    has changed since is told against it, and another packet is a new one.

    version    whose plan it speaks of, which had so many `changes` by then
    content    headline, agenda, decisions, key figures: numbers as numbers, words in both languages
    due        the last day on which it is in time
    by_itself  the workbench sent it when its day had come; `member` is the one in whose name
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="packets")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    changes = models.PositiveBigIntegerField()
    content = models.JSONField()
    pack_en = models.ForeignKey(Document, on_delete=models.RESTRICT, related_name="+")
    pack_zh = models.ForeignKey(Document, on_delete=models.RESTRICT, related_name="+")
    due = models.DateField()
    by_itself = models.BooleanField(default=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "number"], name="one_packet_per_number"),
        ]
        ordering: ClassVar = ["pk"]


class PacketReceipt(models.Model):
    """A participant was sent a packet; `opened_at` is when they looked at it for the first time."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="receipts")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["packet", "member"], name="one_receipt_per_member"),
        ]
