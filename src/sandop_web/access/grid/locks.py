"""Which measures of a grid may be changed, here and now, by this person; and why not, in words."""

from __future__ import annotations

from sandop.findings import Refusal
from sandop_web.access.actor import Actor
from sandop_web.access.doors import require_may
from sandop_web.access.editing import (
    editors_of_measure,
    editors_of_table,
    require_may_edit_measure,
    require_may_edit_table,
)
from sandop_web.access.grid.asked import GridAsked
from sandop_web.access.grid.views import DEMAND, LAST_PLAN, View
from sandop_web.access.refusals import WebRefusal
from sandop_web.store.models import Version
from sandop_web.store.refusals import VersionIsPublished
from sandop_web.store.spoken import Spoken
from sandop_web.store.steps import require_step_open
from sandop_web.wording import LANGUAGES, say

OVERRIDES = "overrides"  # the master table in which overrides of the demand stand


class ComputedInTheMonth(WebRefusal):
    """A result is computed when the month is run; its inputs change it."""

    message = "gridrules.computed"


class LastPlanIsKept(WebRefusal):
    """The last plan stays as it was approved."""

    message = "gridrules.last_plan_is_kept"


class MoneyIsRead(WebRefusal):
    """Money follows from quantities and prices."""

    message = "gridrules.money_is_read"


def is_override(view: View, name: str) -> bool:
    """True where an edit of the measure becomes an override: the demand, which is computed."""
    return view.name == DEMAND and name == "demand"


def require_editable(*, by: Actor, version: Version, view: View, name: str) -> None:
    """Raises VersionIsPublished, LastPlanIsKept, ComputedInTheMonth, NotYourRole, StepIsClosed, TokenReadsOnly where
    this person may not change the measure in this version now."""
    if name == LAST_PLAN:
        raise LastPlanIsKept()
    if view.kind(name) != "input" and not is_override(view, name):
        raise ComputedInTheMonth(measure=_titled(view, name))
    if version.state == Version.State.PUBLISHED:
        raise VersionIsPublished.of(version)
    require_may(by, "edit_grid")
    if is_override(view, name):
        require_may_edit_table(by=by, version=version, name=OVERRIDES)
        require_step_open(version=version, step=editors_of_table(OVERRIDES).step)
    else:
        require_may_edit_measure(by=by, version=version, name=name)
        require_step_open(version=version, step=editors_of_measure(name).step)


def why_locked(*, by: Actor, version: Version, view: View, name: str, asked: GridAsked) -> str:
    """Why the measure cannot be changed, in a sentence; empty where it can."""
    try:
        require_editable(by=by, version=version, view=view, name=name)
        if asked.unit == "money" and view.priced:
            raise MoneyIsRead()
    except Refusal as refusal:
        reason, remedy = refusal.text(by.language), refusal.remedy(by.language)
        return say("gridrules.reason", by.language, reason=reason, remedy=remedy) if remedy else reason
    return ""


def _titled(view: View, name: str) -> Spoken:
    return {language: view.title(name, language) for language in LANGUAGES}
