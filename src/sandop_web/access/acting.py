"""Who may report on an action."""

from __future__ import annotations

from sandop_web.access.actor import Actor
from sandop_web.access.refusals import WebRefusal
from sandop_web.access.roles import may
from sandop_web.store.models import ActionItem
from sandop_web.store.spoken import named

_ANY_ACTION = ("sop_manager", "gm")


class NotYoursToReport(WebRefusal):
    """The action is somebody else's."""

    message = "decisions.not_yours_to_report"
    status = 403


def require_may_report(*, by: Actor, item: ActionItem) -> None:
    """Raises NotYoursToReport unless `by` owns the action, made it, or runs the cycle."""
    if by.role in _ANY_ACTION or by.member_id in (item.owner_id, item.made_by_id):
        return
    owner = item.owner
    raise NotYoursToReport(number=item.number, owner=named(owner.name, owner.name_zh))


def may_report(*, by: Actor, item: ActionItem) -> bool:
    """True where `by` may report on the action."""
    if by.read_only or not may(by.role, "report_on_action"):
        return False
    return by.role in _ANY_ACTION or by.member_id in (item.owner_id, item.made_by_id)
