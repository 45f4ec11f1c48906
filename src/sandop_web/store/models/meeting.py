"""What people say about a plan on its way to the signature, and what the meeting's minutes keep of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sandop_web.store.models.cycle import Cycle
from sandop_web.store.models.decision import Decision
from sandop_web.store.models.people import Member
from sandop_web.store.models.plan import Version


class CutAnswer(models.Model):
    """What sales said to demand that a version does not serve on time. Append-only: the newest answer to a series
    counts, and it speaks of the cut as it was then.

    late, lost   unit-months late and units lost as they were answered; `penalty` in plan currency
    decision     the decision that an escalated cut joined
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted"
        ESCALATED = "escalated"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="cut_answers")
    item = models.CharField(max_length=100)
    site = models.CharField(max_length=100)
    customer = models.CharField(max_length=100)
    period = models.CharField(max_length=10)
    answer = models.CharField(max_length=10, choices=Answer)
    late = models.FloatField()
    lost = models.FloatField()
    penalty = models.FloatField()
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="cut_answers")
    why = models.TextField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]


class FamilyAgreement(models.Model):
    """Whether sales, supply or finance agrees with a family's plan. Append-only: the newest word of each counts.

    changes   number of changes the version had: another number since, and the word is outdated
    """

    class Function(models.TextChoices):
        SALES = "sales"
        SUPPLY = "supply"
        FINANCE = "finance"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="agreements")
    family = models.CharField(max_length=100)
    function = models.CharField(max_length=10, choices=Function)
    agrees = models.BooleanField()
    why = models.TextField(blank=True)
    changes = models.PositiveBigIntegerField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]


class MinuteLine(models.Model):
    """A line of the minutes of a cycle's meeting, written as it goes. Append-only: a correction is a new line.

    point     of the agenda: "opening", "decision-3", "sign" …
    message   sentence of a line that the workbench wrote, with its `values`; empty where somebody wrote `text`
    """

    class Kind(models.TextChoices):
        NOTE = "note"
        DECISION = "decision"
        ACTION = "action"
        SIGNATURE = "signature"

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="minutes")
    point = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind)
    message = models.CharField(max_length=80, blank=True)
    values = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]


class Attendance(models.Model):
    """Somebody is at the meeting of a cycle, or was expected and is not."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="attendance")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "member"], name="one_attendance_per_member"),
        ]
