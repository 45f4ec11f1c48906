"""The notices of the reader, newest first, and where the company's notices are sent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from sandop.wording import messages
from sandop_web.access import Actor, query
from sandop_web.store.models import Company, Notice, Outgoing
from sandop_web.store.notices import address_in, host_shown, sentence


@dataclass(frozen=True)
class NoticeLine:
    """A notice in the reader's language; `address` is the path of the page it is about, empty for none."""

    id: int
    text: str
    address: str
    made_at: dt.datetime
    read: bool


@dataclass(frozen=True)
class WebhookLine:
    """A webhook of the company. Its address holds a key, so only the host is shown."""

    kind: str
    shown: str


@dataclass(frozen=True)
class Deliveries:
    """How notices leave the house.

    email    e-mail is set up
    waiting, failed   messages on their way, and those that five attempts did not deliver
    trouble  what the last failed attempts said
    """

    webhooks: tuple[WebhookLine, ...]
    email: bool
    waiting: int
    failed: int
    trouble: tuple[str, ...]


@query
def notices_of(*, by: Actor, unread: bool = False, limit: int = 100, offset: int = 0) -> tuple[NoticeLine, ...]:
    """The reader's own notices, newest first; only those not read where `unread`."""
    found = Notice.objects.filter(member_id=by.member_id).order_by("-made_at", "-pk")
    if unread:
        found = found.filter(read_at=None)
    first = max(offset, 0)
    return tuple(_line(by, one) for one in found[first : first + max(min(limit, 500), 1)])


def _line(by: Actor, notice: Notice) -> NoticeLine:
    known = notice.message in messages()
    text = sentence(notice.message, notice.values, by.language) if known else notice.message
    address = address_in(company=by.company, link=notice.link)
    return NoticeLine(notice.pk, text, address, notice.made_at, notice.read_at is not None)


@query
def deliveries(*, by: Actor) -> Deliveries:
    """Where the company's notices are sent, and how that goes."""
    company = Company.objects.get(pk=by.company_id)
    sent = Outgoing.objects.filter(notice__member__company=company, sent_at=None)
    failed = sent.exclude(trouble="")
    return Deliveries(
        webhooks=tuple(WebhookLine(one["kind"], host_shown(one["url"])) for one in company.rules.get("webhooks", ())),
        email=bool(settings.EMAIL_HOST),
        waiting=sent.filter(attempts__lt=Outgoing.ATTEMPTS).count(),
        failed=sent.filter(attempts__gte=Outgoing.ATTEMPTS).count(),
        trouble=tuple(failed.order_by("-pk").values_list("trouble", flat=True)[:5]),
    )
