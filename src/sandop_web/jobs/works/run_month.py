"""Run the month of a version: every step of the chain, then its certificate checked again without the solver."""

from __future__ import annotations

from sandop.scenario import STEPS, Month, run_steps, verify_month
from sandop_web.access import WebRefusal
from sandop_web.access.versions import version_of
from sandop_web.actions.decisions import let_decisions_follow
from sandop_web.actions.results import store_results
from sandop_web.jobs.task import Outcome, Task, Write
from sandop_web.store.models import Version
from sandop_web.store.plans import change_count, read_plan
from sandop_web.store.refusals import VersionIsPublished

_READ = 0.03  # progress when the plan has been read
_COMPUTED = 0.95  # and when the steps are done; the rest is checking and writing


class CertificateFails(WebRefusal):
    """The plan that came out is not what its certificate proves."""

    message = "jobs.certificate_fails"


def work(task: Task) -> Write:
    """Raises NothingThere, VersionIsPublished, CertificateFails, and what the steps refuse."""
    by = task.actor()
    version = version_of(by=by, version=task.arguments["version"])
    if version.state == Version.State.PUBLISHED:
        raise VersionIsPublished.of(version)
    changes = change_count(version)  # before the plan is read: an edit made meanwhile leaves the results stale
    plan = read_plan(version)
    task.line("jobs.plan_read", progress=_READ, changes=changes)
    month = made_month(task, Month(plan), begin=_READ)
    verified = checked(month)
    task.line("jobs.certificate_holds", progress=_COMPUTED)

    def write() -> Outcome:
        by = task.actor()
        store_results(by=by, version=version.pk, month=month, changes=changes, verified=verified)
        let_decisions_follow(by=by, version=version.pk)
        return Outcome({"version": version.pk, "result_hash": verified})

    return write


def made_month(task: Task, month: Month, *, begin: float) -> Month:
    """The month after every step, each told with the number of its findings; progress runs on from `begin`."""
    for place, step in enumerate(STEPS, start=1):
        before = len(month.findings)
        month = run_steps(month=month, steps=(step,))
        progress = begin + (_COMPUTED - begin) * place / len(STEPS)
        task.line(f"jobs.made.{step}", progress=progress, findings=len(month.findings) - before)
    return month


def checked(month: Month) -> str:
    """The result hash of a month whose certificate holds. Raises CertificateFails."""
    verification = verify_month(month=month)
    if not verification.holds:
        raise CertificateFails(gap=verification.checked.gap, infeasibility=verification.checked.violation)
    return month.result_hash
