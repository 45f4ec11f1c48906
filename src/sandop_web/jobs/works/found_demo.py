"""Open a demo company: build it, make its past forecasts and its last plan, run its month."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from sandop.calendar import first_day
from sandop.findings import Severity
from sandop.io import check
from sandop.plan import Plan, input_hash
from sandop.scenario import STEPS, Month, kept_month
from sandop_demo.companies import companies
from sandop_demo.earlier import with_last_plan
from sandop_demo.vintages import add_vintages
from sandop_web.actions.founding import open_company
from sandop_web.jobs.brought import PlanHasErrors
from sandop_web.jobs.task import Outcome, Task, Write
from sandop_web.jobs.works.run_month import checked, made_month

_BUILT = 0.6  # progress when the company is built; the rest is its month
_OPENS = dt.timedelta(days=4)  # the demo begins on the fifth of its first planned month, when the month before closes


def work(task: Task) -> Write:
    """The company that `company` names; where the command line gives a `folder`, from its plan folder and the results
    kept there. With `joining` false whoever opens it takes no part in it. Raises NotYourRole, PlanHasErrors,
    CertificateFails."""
    task.actor()
    folder = task.arguments.get("folder")
    month = _kept(Path(folder)) if folder else Month(_built(task))
    if not set(STEPS) <= set(month.steps):
        month = made_month(task, Month(month.plan), begin=_BUILT)
    verified = checked(month)
    task.line("jobs.certificate_holds")

    def write() -> Outcome:
        by = task.actor()
        company = open_company(
            by=by,
            plan=month.plan,
            month=month,
            verified=verified,
            lives_on=first_day(month.plan.settings.time.start) + _OPENS,
            joining=task.arguments.get("joining", True),
        )
        return Outcome({"company": company})

    return write


def _built(task: Task) -> Plan:
    plan = companies()[task.arguments["company"]].build().plan
    task.line("jobs.demo_built", progress=0.05)
    plan = add_vintages(plan, workers=os.cpu_count() or 1)
    task.line("jobs.demo_vintages", progress=0.4, count=len(plan.vintages))
    plan = with_last_plan(plan)
    task.line("jobs.demo_last_plan", progress=_BUILT)
    return plan


def _kept(folder: Path) -> Month:
    """The plan of the folder, and its month as far as it is kept there. Raises PlanHasErrors."""
    loaded = check(folder)
    if loaded.plan is None:
        raise PlanHasErrors(name=folder.name, errors=loaded.counts[Severity.ERROR])
    return kept_month(folder=folder, plan=loaded.plan, inputs=input_hash(loaded.plan)).month
