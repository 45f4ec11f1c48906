"""Keeping what a run of the month computed."""

from __future__ import annotations

from sandop.scenario import Month
from sandop_web.access import Actor, action
from sandop_web.access.versions import version_of
from sandop_web.store.plans import write_results
from sandop_web.store.steps import SUBSTITUTES, substitutes_report


@action
def store_results(*, by: Actor, version: int, month: Month, changes: int, verified: str = "") -> None:
    """Replace the results of a version.

    month       what was computed
    changes     `change_count` of the inputs it was computed from: edits made meanwhile leave the results stale
    verified    result hash, where the certificate was checked again and holds

    What stands in for inputs nobody gave is kept among the reports, so that the version's hash covers it.
    Raises NothingThere, VersionIsPublished.
    """
    found = version_of(by=by, version=version)
    substitutes = substitutes_report(found)
    whole = month.adding(reports={SUBSTITUTES: substitutes}) if substitutes else month
    write_results(found, whole, changes, verified=verified)
