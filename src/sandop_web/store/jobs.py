"""The queue of long work. A job is held by a lease: who holds it may write of it, nobody else.

Every write of a holder names worker and attempt, so that a worker whose lease ran out while it was asleep writes
nothing over the one that took the job up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from sandop.findings import Refusal
from sandop.wording import Language
from sandop_web.store.models import Document, Exchange, Job, JobLine, Packet
from sandop_web.store.spoken import SpokenRefusal
from sandop_web.wording import LANGUAGES, remedy, say

# Language → what happened, and what to do.
Failure: TypeAlias = Mapping[Language, tuple[str, str]]

LEASE = dt.timedelta(seconds=30)
ATTEMPTS = 2
_LOOKED_AT = 5  # jobs tried in one round; others may be taken by the neighbour meanwhile


class SuchWorkIsRunning(SpokenRefusal):
    """The same work waits or runs already; `job` says which."""

    message = "jobs.such_work_is_running"

    def __init__(self, *, job: int) -> None:
        self.job = job
        super().__init__(job=job)


class LeaseLost(Exception):
    """Somebody else holds the job now, or it was called off."""


@dataclass(frozen=True)
class Held:
    """A job in the hands of a worker.

    company   slug; empty for work outside every company
    """

    job: int
    work: str
    arguments: Mapping[str, Any]
    language: str
    user_id: int
    company: str
    worker: str
    attempt: int


@dataclass(frozen=True)
class Line:
    """A sentence of a job's log: message id and values."""

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


def queue(
    *,
    work: str,
    arguments: Mapping[str, Any],
    user_id: int,
    company_id: int | None,
    language: str,
    at: dt.datetime,
    once: str = "",
) -> int:
    """A new job; its number. Raises SuchWorkIsRunning where work named `once` waits or runs already."""
    try:
        with transaction.atomic():
            job = Job.objects.create(
                work=work,
                arguments=dict(arguments),
                user_id=user_id,
                company_id=company_id,
                language=language,
                queued_at=at,
                once=once,
            )
    except IntegrityError:
        other = Job.objects.filter(once=once, state__in=Job.GOING).first()
        if not once or other is None:
            raise
        raise SuchWorkIsRunning(job=other.pk) from None
    return job.pk


def claim(*, worker: str, at: dt.datetime) -> Held | None:
    """Take the job that has waited longest, or one whose holder's lease ran out; None where there is nothing to do.

    One UPDATE that succeeds only where the job is still to be had: two workers never hold the same job."""
    free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=at, attempt__lt=ATTEMPTS)
    for pk in Job.objects.filter(free).order_by("queued_at", "pk").values_list("pk", flat=True)[:_LOOKED_AT]:
        taken = Job.objects.filter(free, pk=pk).update(
            state=Job.State.RUNNING,
            worker=worker,
            lease_until=at + LEASE,
            attempt=F("attempt") + 1,
            started_at=at,
            progress=0.0,
        )
        if taken:
            return _held(Job.objects.select_related("company").get(pk=pk))
    return None


def _held(job: Job) -> Held:
    company = job.company.slug if job.company else ""
    return Held(
        job.pk, job.work, job.arguments, job.language, job.user_id, company, worker=job.worker, attempt=job.attempt
    )


def give_up_lost(*, at: dt.datetime) -> int:
    """Jobs whose last allowed holder was lost have failed; how many."""
    lost = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=at, attempt__gte=ATTEMPTS)
    return lost.update(
        state=Job.State.FAILED,
        ended_at=at,
        lease_until=None,
        outcome={"failure": failure("jobs.workers_lost", attempts=ATTEMPTS)},
    )


def _mine(held: Held) -> QuerySet[Job]:
    return Job.objects.filter(pk=held.job, state=Job.State.RUNNING, worker=held.worker, attempt=held.attempt)


def _require_ours(held: Held) -> None:
    """Raises LeaseLost unless the holder has the job still, or has done it this moment: its computing process writes
    the end itself, while the worker may be about to write a line."""
    ours = Job.objects.filter(pk=held.job, worker=held.worker, attempt=held.attempt)
    if not ours.filter(state__in=[Job.State.RUNNING, Job.State.DONE]).exists():
        raise LeaseLost


def renew(held: Held, *, at: dt.datetime) -> None:
    """Hold the job for another lease. Raises LeaseLost."""
    if not _mine(held).update(lease_until=at + LEASE):
        _require_ours(held)


def cancel_wanted(held: Held) -> bool:
    """Whether somebody has called the job off. Raises LeaseLost."""
    wanted = _mine(held).values_list("cancel_wanted", flat=True).first()
    if wanted is None:
        _require_ours(held)
    return bool(wanted)


def report(held: Held, *, progress: float | None, lines: Sequence[Line], at: dt.datetime) -> None:
    """Progress (0 to 1; None: as before) and lines of the log. Raises LeaseLost."""
    with transaction.atomic():
        if not _mine(held).update(progress=F("progress") if progress is None else progress):
            _require_ours(held)
        JobLine.objects.bulk_create(
            JobLine(job_id=held.job, at=at, message=line.message, values=dict(line.values)) for line in lines
        )


def hold_to_the_end(held: Held) -> None:
    """Until the transaction ends nobody can take the job. Called first in the transaction that writes what the work
    made: it is written together with `done`, wholly or not at all. Raises LeaseLost."""
    if not list(_mine(held).select_for_update(no_key=True).values_list("pk", flat=True)):
        raise LeaseLost


def done(held: Held, *, outcome: Mapping[str, Any], document_id: int | None, at: dt.datetime) -> None:
    """The work is done. Raises LeaseLost."""
    ended = _mine(held).update(
        state=Job.State.DONE,
        progress=1.0,
        outcome=dict(outcome),
        document_id=document_id,
        ended_at=at,
        lease_until=None,
    )
    if not ended:
        raise LeaseLost


def failed(held: Held, *, why: Failure, at: dt.datetime, more: Mapping[str, Any] | None = None) -> None:
    """The work ended in a refusal or in trouble; `more` joins the outcome. Nothing happens where somebody else holds
    the job."""
    outcome = {"failure": why, **(more or {})}
    _mine(held).update(state=Job.State.FAILED, outcome=outcome, ended_at=at, lease_until=None)


def failure(message: str, /, **values: Any) -> Failure:
    """Why work came to nothing, by message id."""
    return {each: (say(message, each, **values), remedy(message, each, **values)) for each in LANGUAGES}


def failure_of(refusal: Refusal) -> Failure:
    """Why work was refused."""
    return {each: (refusal.text(each), refusal.remedy(each)) for each in LANGUAGES}


def cancelled(held: Held, *, at: dt.datetime) -> None:
    """The work was called off. Nothing happens where somebody else holds the job."""
    _mine(held).update(state=Job.State.CANCELLED, ended_at=at, lease_until=None)


def give_back(held: Held) -> None:
    """The worker ends: the job waits again, and the attempt does not count."""
    _mine(held).update(
        state=Job.State.QUEUED, worker="", lease_until=None, attempt=F("attempt") - 1, progress=0.0, started_at=None
    )


def call_off(job: Job, *, at: dt.datetime) -> None:
    """A waiting job is cancelled at once, a running one by its worker within seconds; an ended one stays as it is."""
    if not Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(state=Job.State.CANCELLED, ended_at=at):
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_wanted=True)


def clear_away(*, before: dt.datetime) -> int:
    """Throw away ended jobs and the documents of that time; how many. What waits to be looked through is kept, and
    what was sent ahead of a meeting."""
    ended = [Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED]
    jobs, _ = Job.objects.filter(state__in=ended, ended_at__lt=before).delete()
    needed = [job.arguments.get("document", 0) for job in Job.objects.exclude(state__in=ended)]
    open_files = Exchange.objects.filter(state=Exchange.State.OPEN, document__isnull=False).values("document")
    sent = [*Packet.objects.values_list("pack_en", flat=True), *Packet.objects.values_list("pack_zh", flat=True)]
    kept = Document.objects.filter(made_at__lt=before).exclude(pk__in=needed).exclude(pk__in=open_files)
    old = kept.exclude(pk__in=sent)
    documents, _ = old.delete()
    return jobs + documents
