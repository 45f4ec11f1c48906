"""Notices: read, and the webhooks that carry them into a group chat."""

from __future__ import annotations

from collections.abc import Sequence

from sandop_web.access import Actor, NotUnderstood, action
from sandop_web.actions.webhooks import KINDS, Webhook, require_reachable
from sandop_web.store.models import Company, Notice

_MOST = 5  # webhooks of a company


@action
def mark_notices_read(*, by: Actor, notices: Sequence[int] | None = None) -> int:
    """Mark one's own notices as read, all of them where none are named; how many became read."""
    unread = Notice.objects.filter(member_id=by.member_id, read_at=None)
    if notices is not None:
        unread = unread.filter(pk__in=[one for one in notices if 0 < one < 2**63])  # others no database keeps
    return unread.update(read_at=by.at)


@action
def change_webhooks(*, by: Actor, webhooks: Sequence[Webhook], why: str) -> None:
    """Send the company's notices to these webhooks from now on, and to no others.

    Raises NotUnderstood for an unknown kind or too many, WebhookNotAllowed for an address that is not public https.
    """
    if len(webhooks) > _MOST:
        raise NotUnderstood(field="webhooks", value=len(webhooks), wanted=f"≤ {_MOST}")
    for webhook in webhooks:
        if webhook.kind not in KINDS:
            raise NotUnderstood(field="kind", value=webhook.kind, wanted=", ".join(KINDS))
        require_reachable(webhook.url)
    company = Company.objects.select_for_update().get(pk=by.company_id)
    company.rules = {**company.rules, "webhooks": [webhook.kept() for webhook in webhooks]}
    company.save(update_fields=["rules"])
