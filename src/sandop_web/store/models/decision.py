"""What the meeting decides and signs, what people then do, and how they hear of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sandop_web.store.models.cycle import Cycle
from sandop_web.store.models.people import Company, Member
from sandop_web.store.models.plan import Version


class Decision(models.Model):
    """Something the meeting must decide."""

    class State(models.TextChoices):
        OPEN = "open"
        APPROVED = "approved"
        CONDITIONAL = "conditional"
        REJECTED = "rejected"
        LAPSED = "lapsed"  # the newest results no longer ask for it

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)  # extra_shift, expedite, opportunity, cuts, excess, other
    subject = models.CharField(max_length=200)  # ids it is about, or its title where written by hand
    by_hand = models.BooleanField(default=False)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    due = models.DateField(null=True)
    last_responsible = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    chosen = models.CharField(max_length=2, blank=True)
    conditions = models.TextField(blank=True)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    escalated_at = models.DateTimeField(null=True)  # brought to the general manager

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "number"], name="one_decision_per_number"),
        ]
        ordering: ClassVar = ["number"]


class DecisionEvent(models.Model):
    """What became of a decision: raised, changed, lapsed, assigned, escalated, decided, reopened. Append-only."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=20)
    outcome = models.CharField(max_length=12, blank=True)
    chosen = models.CharField(max_length=2, blank=True)
    conditions = models.TextField(blank=True)
    person = models.CharField(max_length=100)
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    why = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]


class Alternative(models.Model):
    """One way to decide, in words and in money (plan currency) and volume (plan units)."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="alternatives")
    letter = models.CharField(max_length=2)
    text_en = models.TextField()
    text_zh = models.TextField(blank=True)
    money = models.FloatField(default=0.0)
    worth = models.FloatField(default=0.0)
    cost = models.FloatField(default=0.0)
    revenue = models.FloatField(default=0.0)
    margin = models.FloatField(default=0.0)
    units = models.FloatField(default=0.0)
    recommended = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "letter"], name="one_alternative_per_letter"),
        ]
        ordering: ClassVar = ["letter"]


class Signature(models.Model):
    """A recorded name over a version's hash. Append-only."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="signature")
    root_hash = models.CharField(max_length=64)
    member = models.ForeignKey(Member, on_delete=models.PROTECT)
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    why = models.TextField()
    conditions = models.JSONField(default=list)
    decisions = models.JSONField(default=list)  # outcome of every decision on the list, as it was signed


class ActionItem(models.Model):
    """Something somebody is to do. It stays open from cycle to cycle until it is done or given up."""

    class State(models.TextChoices):
        OPEN = "open"
        STARTED = "started"
        DONE = "done"
        GIVEN_UP = "given_up"

    RUNNING: ClassVar = (State.OPEN, State.STARTED)

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="actions")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, null=True, related_name="actions")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="actions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    effect_expected = models.FloatField(null=True)  # plan currency
    effect_seen = models.FloatField(null=True)
    remark = models.TextField(blank=True)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["company", "number"], name="one_action_per_number"),
        ]


class Notice(models.Model):
    """Something a member should know, shown in the product in their language."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notices")
    message = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    link = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    once = models.CharField(max_length=120, blank=True)  # a reminder of this name is given once

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "once"], condition=~models.Q(once=""), name="reminded_once"),
        ]


class Outgoing(models.Model):
    """A notice on its way out by e-mail or webhook, tried at most five times."""

    ATTEMPTS: ClassVar = 5

    class Channel(models.TextChoices):
        EMAIL = "email"
        GENERIC = "generic"  # webhook that takes any JSON
        WECOM = "wecom"
        DINGTALK = "dingtalk"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="outgoing")
    channel = models.CharField(max_length=10, choices=Channel)
    address = models.CharField(max_length=500)
    everybody = models.BooleanField(default=False)  # meant for all members: a webhook gets it once, without a name
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sent_at", "next_at"])]
