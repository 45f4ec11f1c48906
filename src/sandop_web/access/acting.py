"""Who may report on an action."""

from __future__ import annotations

from sandop.scenario import ARBITER
from sandop_web.access.actor import Actor
from sandop_web.access.refusals import WebRefusal
from sandop_web.access.roles import SOP_MANAGER, may_take
from sandop_web.store.models import ActionItem
from sandop_web.store.spoken import named

_ANY_ACTION = (SOP_MANAGER, ARBITER)


class NotYoursToReport(WebRefusal):
    """The action is somebody else's."""

    message = "decisions.not_yours_to_report"
    status = 403


def require_may_report(*, by: Actor, item: ActionItem) -> None:
    """Raises NotYoursToReport unless `by` owns the action, made it, or runs the cycle."""
    if not _is_theirs(by, item):
        raise NotYoursToReport(number=item.number, owner=named(item.owner.name, item.owner.name_zh))


def may_report(*, by: Actor, item: ActionItem) -> bool:
    """True where `by` may report on the action."""
    return may_take(by=by, action="report_on_action") and _is_theirs(by, item)


def _is_theirs(by: Actor, item: ActionItem) -> bool:
    return by.role in _ANY_ACTION or by.member_id in (item.owner_id, item.made_by_id)
