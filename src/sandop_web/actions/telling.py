"""Telling people: a notice in the product, and on its way out by e-mail and webhook where these are set up.

Whoever acts calls `tell` inside their own action: the notice is kept or lost together with what it speaks of, and
nothing leaves the house before the action is whole (`sending.py` sends it afterwards).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings

from sandop.wording import LANGUAGES
from sandop_web.store.models import Member, Notice, Outgoing
from sandop_web.store.notices import kept_values, sentence


def tell(
    *, member_id: int, message: str, values: Mapping[str, object], link: str, at: dt.datetime, once: str = ""
) -> None:
    """Give a member a notice.

    message   id of the sentence
    values    what fills its places: text, numbers, days, or {"en": …, "zh": …} for what reads differently
    link      page it is about, below the company's own address ("decisions/4/"); empty: none
    once      name of a reminder: the same member is given it a single time

    Raises KeyError where the sentence is unknown or a place of it stays empty. Nobody is told who has left.
    """
    member = Member.objects.select_related("user", "company").get(pk=member_id)
    notice = _notice(member, message, values, link, at, once)
    if notice is not None:
        _send_by_mail(notice, member)
        _send_to_webhooks(notice, member, everybody=False)


def tell_everybody(
    *,
    company_id: int,
    message: str,
    values: Mapping[str, object],
    link: str,
    at: dt.datetime,
    once: str = "",
    roles: Iterable[str] = (),
) -> None:
    """Give every member a notice, or every member with one of the roles. A webhook gets it once. Otherwise as
    `tell`."""
    members = Member.objects.filter(company_id=company_id, active=True).select_related("user", "company")
    wanted = frozenset(roles)
    announced = False
    for member in members.order_by("pk"):
        if wanted and member.role not in wanted:
            continue
        notice = _notice(member, message, values, link, at, once)
        if notice is None:
            continue
        _send_by_mail(notice, member)
        if not announced:
            _send_to_webhooks(notice, member, everybody=True)
        announced = True


def _notice(
    member: Member, message: str, values: Mapping[str, object], link: str, at: dt.datetime, once: str
) -> Notice | None:
    """The notice as made; None where the member has left or has been reminded before."""
    kept = kept_values(values)
    for language in LANGUAGES:
        sentence(message, kept, language)  # a wrong message fails here and not on somebody's page
    if not member.active:
        return None
    told = {"message": message, "values": kept, "link": link, "made_at": at}
    if not once:
        return Notice.objects.create(member=member, **told)
    notice, new = Notice.objects.get_or_create(member=member, once=once, defaults=told)
    return notice if new else None


def _send_by_mail(notice: Notice, member: Member) -> None:
    if settings.EMAIL_HOST and member.user.email:
        _send(notice, Outgoing.Channel.EMAIL, member.user.email, everybody=False)


def _send_to_webhooks(notice: Notice, member: Member, *, everybody: bool) -> None:
    for webhook in member.company.rules.get("webhooks", ()):
        _send(notice, webhook["kind"], webhook["url"], everybody=everybody)


def _send(notice: Notice, channel: str, address: str, *, everybody: bool) -> None:
    Outgoing.objects.create(
        notice=notice, channel=channel, address=address, everybody=everybody, next_at=notice.made_at
    )
