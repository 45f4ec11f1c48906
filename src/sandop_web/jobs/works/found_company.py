"""Open a company with its own data: look the file through, then make company, members, version and register."""

from __future__ import annotations

from sandop_web.actions.founding import open_company
from sandop_web.jobs.brought import plan_brought
from sandop_web.jobs.task import Outcome, Task, Write


def work(task: Task) -> Write:
    """Raises FileIsGone, RefusedWith the findings where there is an error, NotYourRole."""
    task.actor()
    brought = plan_brought(task)
    assert brought.plan is not None
    plan = brought.plan

    def write() -> Outcome:
        company = open_company(by=task.actor(), plan=plan)
        return Outcome({"company": company, "findings": brought.as_outcome()})

    return write
