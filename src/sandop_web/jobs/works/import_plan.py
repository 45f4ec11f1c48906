"""Bring in next month's data: look the file through, join it to the plan agreed last, make it a new version."""

from __future__ import annotations

from sandop_web.actions.taking_in import joined_to_last, require_next, take_in_plan
from sandop_web.jobs.brought import plan_brought
from sandop_web.jobs.task import Outcome, Task, Write


def work(task: Task) -> Write:
    """Raises FileIsGone, RefusedWith the findings where there is an error, MonthHasPassed, OtherCurrency."""
    by = task.actor()
    brought = plan_brought(task)
    assert brought.plan is not None
    require_next(by=by, plan=brought.plan)
    plan = joined_to_last(by=by, plan=brought.plan)

    def write() -> Outcome:
        version = take_in_plan(by=task.actor(), plan=plan, why=task.arguments["why"])
        return Outcome({"version": version, "findings": brought.as_outcome()})

    return write
