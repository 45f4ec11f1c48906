"""Long work that members of a company ask for: run the month, export a plan, bring in the next month, call it off."""

from __future__ import annotations

from typing import Literal, get_args

from sandop_web.access import Actor, NothingThere, NotUnderstood, WebRefusal, action
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.access.versions import version_of
from sandop_web.actions.documents import keep_plan_file
from sandop_web.store import jobs
from sandop_web.store.jobs import SuchWorkIsRunning
from sandop_web.store.models import Job, Version
from sandop_web.store.refusals import VersionIsPublished

__all__ = [
    "FORMS",
    "Form",
    "JobHasEnded",
    "NotYourJob",
    "NothingComputed",
    "SuchWorkIsRunning",
    "WholeCompanyOnly",
    "cancel_job",
    "export_plan",
    "import_next_month",
    "require_not_ended",
    "start_month",
]

Form = Literal["workbook", "folder", "pack"]
FORMS: tuple[str, ...] = get_args(Form)


class WholeCompanyOnly(WebRefusal):
    """A file of the whole plan for somebody who may see a part of it."""

    message = "jobs.whole_company_only"
    status = 403


class NothingComputed(WebRefusal):
    """A meeting pack of a month that has not been run."""

    message = "jobs.nothing_computed"


class NotYourJob(WebRefusal):
    """Somebody else's work is to be called off."""

    message = "jobs.not_your_job"
    status = 403


class JobHasEnded(WebRefusal):
    """There is nothing left to cancel."""

    message = "jobs.job_has_ended"


@action
def start_month(*, by: Actor, version: int, why: str = "") -> int:
    """Run the month of a version: forecast, demand, supply, money, schedule, review; the job's number.

    Raises NothingThere, VersionIsPublished, and SuchWorkIsRunning where the same version is being run already.
    """
    found = version_of(by=by, version=version)
    if found.state == Version.State.PUBLISHED:
        raise VersionIsPublished.of(found)
    return _queue(by, "run_month", {"version": found.pk}, once=f"run_month:{found.pk}")


@action
def export_plan(*, by: Actor, version: int, form: str) -> int:
    """Make a file of a version: `workbook` (inputs), `folder` (inputs and results, zipped), `pack` (what the meeting
    reads); the job's number. The file is in the language of whoever asks.

    Raises NothingThere, NotUnderstood, WholeCompanyOnly, NothingComputed.
    """
    found = version_of(by=by, version=version)
    if form not in FORMS:
        raise NotUnderstood(field="form", value=form, wanted=" / ".join(FORMS))
    if not by.everywhere:
        raise WholeCompanyOnly(family=by.family or "–", region=by.region or "–")
    if form == "pack" and "review" not in found.steps:
        raise NothingComputed(title=found.title)
    return _queue(by, "export_plan", {"version": found.pk, "form": form})


@action
def import_next_month(*, by: Actor, file_name: str, content: bytes, why: str) -> int:
    """Bring in a workbook or a zipped plan folder as the company's next plan; the number of the job that looks
    through it. Raises FileTooLarge, FileIsEmpty, NotAPlanFile, WholeCompanyOnly, and SuchWorkIsRunning where another
    file is being looked through."""
    if not by.everywhere:
        raise WholeCompanyOnly(family=by.family or "–", region=by.region or "–")
    document = keep_plan_file(by=by, name=file_name, content=content)
    return _queue(by, "import_plan", {"document": document, "why": why}, once=f"import_plan:{by.company_id}")


@action
def cancel_job(*, by: Actor, job: int) -> None:
    """Call off work that waits or runs: one's own; the S&OP manager any. Raises NothingThere, NotYourJob,
    JobHasEnded."""
    found = Job.objects.filter(company_id=by.company_id, pk=job).first()
    if found is None:
        raise NothingThere()
    if found.user_id != by.user_id and by.role != SOP_MANAGER:
        raise NotYourJob(job=found.pk)
    require_not_ended(found)
    jobs.call_off(found, at=by.at)


def require_not_ended(job: Job) -> None:
    """Raises JobHasEnded."""
    if job.state not in Job.GOING:
        raise JobHasEnded(job=job.pk)


def _queue(by: Actor, work: str, arguments: dict[str, object], once: str = "") -> int:
    return jobs.queue(
        work=work,
        arguments=arguments,
        user_id=by.user_id,
        company_id=by.company_id,
        language=by.language,
        at=by.at,
        once=once,
    )
