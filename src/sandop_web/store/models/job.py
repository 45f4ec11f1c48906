"""Long work, and the files that go in and out of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sandop_web.store.models.people import Company, User


class Document(models.Model):
    """A file brought in or made: an uploaded plan, an exported workbook, a meeting pack. Kept for some weeks."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, related_name="documents")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    content = models.BinaryField()
    user = models.ForeignKey(User, on_delete=models.PROTECT)  # whose it is
    made_at = models.DateTimeField()


class Job(models.Model):
    """A piece of long work. A worker holds it by a lease that it renews; a lease run out may be taken once more."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    GOING: ClassVar = (State.QUEUED, State.RUNNING)

    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, related_name="jobs")
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    work = models.CharField(max_length=40)  # name of the function that does it
    arguments = models.JSONField(default=dict)
    language = models.CharField(max_length=2, default="en")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED, db_index=True)
    worker = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    progress = models.FloatField(default=0.0)  # 0 to 1
    cancel_wanted = models.BooleanField(default=False)
    outcome = models.JSONField(default=dict)  # what the work gives back; findings and refusals too
    once = models.CharField(max_length=120, blank=True)  # work of this name is never waiting or running twice
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="+")
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "queued_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["once"],
                condition=~models.Q(once="") & models.Q(state__in=["queued", "running"]),
                name="such_work_once_at_a_time",
            ),
        ]


class JobLine(models.Model):
    """A line of a job's log: a message id with its values, so that it reads in both languages."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="lines")
    at = models.DateTimeField()
    message = models.CharField(max_length=80)
    values = models.JSONField(default=dict)


class Chore(models.Model):
    """Something the workers see to again and again; whoever moves `next_at` on does it this time."""

    name = models.CharField(max_length=40, unique=True)
    next_at = models.DateTimeField()
