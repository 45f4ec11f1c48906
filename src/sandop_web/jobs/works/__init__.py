"""The works, one file each, found by name: `work(task)` computes and gives back what is to be written.

Nothing is written while it computes. What it gives back is called in one transaction with the end of the job, so that
a job broken off at any moment is either done wholly or not at all.
"""

from __future__ import annotations

from importlib import import_module

from sandop_web.jobs.task import Work

WORKS = ("run_month", "found_company", "found_demo", "import_plan", "export_plan", "send_packet")


def work_named(name: str) -> Work:
    """The work of this name. Raises KeyError where there is none."""
    if name not in WORKS:
        raise KeyError(name)
    work: Work = import_module(f"sandop_web.jobs.works.{name}").work
    return work
