"""Long work as its readers see it: how far it is, what it said, what came out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from sandop.findings import Finding, finding_of_plain
from sandop_demo.companies import companies
from sandop_web.access import Actor, NothingThere, may_take, query
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.store.models import Job, JobLine, Member, Version
from sandop_web.store.spoken import named
from sandop_web.wording import say

RECENT = 50  # jobs in a list
_TONES = {
    Job.State.QUEUED: "muted",
    Job.State.RUNNING: "warn",
    Job.State.DONE: "ok",
    Job.State.FAILED: "bad",
    Job.State.CANCELLED: "muted",
}


@dataclass(frozen=True)
class JobLineView:
    """A line of the log in the reader's language."""

    at: dt.datetime
    text: str


@dataclass(frozen=True)
class JobView:
    """One job.

    title       what is done, in the reader's language
    who         who asked for it
    progress    0 to 1
    before      jobs that wait or run before it, while it waits
    going       it waits or runs
    refusal, remedy   why it came to nothing and what to do; empty where it did not
    findings    what was found in a file that was brought, worst first
    version     id of the version it is about or has made; 0 for none
    about       what that version is called; empty for none
    company     short name of the company it has opened
    document, document_name, document_size   file that it made; 0 for none
    may_cancel  this reader may call it off now
    """

    number: int
    work: str
    title: str
    who: str
    state: str
    state_title: str
    progress: float
    before: int
    going: bool
    attempt: int
    cancel_wanted: bool
    queued_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    refusal: str
    remedy: str
    lines: tuple[JobLineView, ...]
    findings: tuple[Finding, ...]
    version: int
    about: str
    company: str
    document: int
    document_name: str
    document_size: int
    may_cancel: bool

    @property
    def percent(self) -> int:
        return round(self.progress * 100)

    @property
    def tone(self) -> str:
        """How the state is coloured; its word stands beside."""
        return _TONES[Job.State(self.state)]

    @property
    def kilobytes(self) -> int:
        return -(-self.document_size // 1024)


@dataclass(frozen=True)
class DemoChoice:
    """A demo company that can be opened."""

    company: str
    title: str
    description: str


@query
def jobs_of(*, by: Actor) -> tuple[JobView, ...]:
    """The company's latest jobs, the newest first, without their logs."""
    return _views(by, Job.objects.filter(company_id=by.company_id).order_by("-pk")[:RECENT])


@query
def job_view(*, by: Actor, job: int) -> JobView:
    """One job of the company with its log. Raises NothingThere."""
    return _one(by, Job.objects.filter(company_id=by.company_id), job)


@query
def run_of_version(*, by: Actor, version: int) -> JobView | None:
    """The run of a version's month that waits, goes on or ended last; None where there was none."""
    runs = Job.objects.filter(company_id=by.company_id, work="run_month", arguments__version=version)
    latest = runs.order_by("-pk").first()
    return None if latest is None else job_view(by=by, job=latest.pk)


@query
def foundings_of(*, by: Actor) -> tuple[JobView, ...]:
    """The companies that a founder has asked for, the newest first."""
    return _views(by, Job.objects.filter(company=None, user_id=by.user_id).order_by("-pk")[:RECENT])


@query
def founding_view(*, by: Actor, job: int) -> JobView:
    """One of a founder's own jobs with its log. Raises NothingThere."""
    return _one(by, Job.objects.filter(company=None, user_id=by.user_id), job)


@query
def demo_choices(*, by: Actor) -> tuple[DemoChoice, ...]:
    """The demo companies that can be opened."""
    return tuple(
        DemoChoice(demo.company, demo.title(by.language), demo.description(by.language))
        for demo in companies().values()
    )


def _views(by: Actor, found: QuerySet[Job]) -> tuple[JobView, ...]:
    jobs = list(found.select_related("user", "document").defer("document__content"))
    names, titles = _names(by, jobs), _titles(jobs)
    return tuple(_view(by, job, names, titles, ()) for job in jobs)


def _one(by: Actor, among: QuerySet[Job], number: int) -> JobView:
    found = among.filter(pk=number).select_related("user", "document").defer("document__content")
    job = found.first()
    if job is None:
        raise NothingThere()
    lines = [
        JobLineView(line.at, say(line.message, by.language, **line.values))
        for line in JobLine.objects.filter(job=job).order_by("pk")
    ]
    return _view(by, job, _names(by, [job]), _titles([job]), lines)


def _version(job: Job) -> int:
    """The version the job has made or is about; 0 for none."""
    return job.outcome.get("version") or job.arguments.get("version") or 0


def _titles(jobs: Iterable[Job]) -> dict[int, str]:
    """Version → what it is called."""
    return dict(Version.objects.filter(pk__in=map(_version, jobs)).values_list("pk", "title"))


def _names(by: Actor, jobs: Iterable[Job]) -> dict[int, str]:
    """User → name in the reader's language; outside a company the account's own name."""
    users = {job.user_id: job.user.get_username() for job in jobs}
    members = Member.objects.filter(company_id=by.company_id, user_id__in=users)
    here = {member.user_id: named(member.name, member.name_zh)[by.language] for member in members}
    return {**users, **here}


def _before(job: Job) -> int:
    """Jobs of all companies that the workers take before this one, or have taken."""
    if job.state != Job.State.QUEUED:
        return 0
    return Job.objects.filter(state__in=Job.GOING, pk__lt=job.pk).count()


def _may_cancel(by: Actor, job: Job) -> bool:
    action = "cancel_founding" if job.company_id is None else "cancel_job"
    return may_take(by=by, action=action) and (job.user_id == by.user_id or by.role == SOP_MANAGER)


def _view(
    by: Actor, job: Job, names: dict[int, str], titles: dict[int, str], lines: Iterable[JobLineView]
) -> JobView:
    outcome = job.outcome
    refusal, what_to_do = outcome.get("failure", {}).get(by.language, ("", ""))
    may_see = by.everywhere or job.user_id == by.user_id
    document = job.document if may_see else None
    return JobView(
        number=job.pk,
        work=job.work,
        title=say(f"jobs.work.{job.work}", by.language),
        who=names[job.user_id],
        state=job.state,
        state_title=say(f"jobs.state.{job.state}", by.language),
        progress=job.progress,
        before=_before(job),
        going=job.state in Job.GOING,
        attempt=job.attempt,
        cancel_wanted=job.cancel_wanted,
        queued_at=job.queued_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
        refusal=refusal,
        remedy=what_to_do,
        lines=tuple(lines),
        findings=tuple(map(finding_of_plain, outcome.get("findings", ()))) if may_see else (),
        version=_version(job),
        about=titles.get(_version(job), ""),
        company=outcome.get("company", ""),
        document=document.pk if document else 0,
        document_name=document.name if document else "",
        document_size=document.size if document else 0,
        may_cancel=job.state in Job.GOING and _may_cancel(by, job),
    )
