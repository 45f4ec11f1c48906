"""Sending what is on its way out: e-mail and webhooks, tried five times with growing pauses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q

from sandop.wording import LANGUAGES, Language
from sandop_web.access import WebRefusal
from sandop_web.actions.webhooks import NotDelivered, body, post
from sandop_web.store.models import Outgoing
from sandop_web.store.notices import address_in, sentence
from sandop_web.store.spoken import named
from sandop_web.wording import say

Channel = Outgoing.Channel
ATTEMPTS = Outgoing.ATTEMPTS
_PAUSES = (1, 5, 30, 120, 720)  # minutes after each attempt
_BOTH: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True)
class Sent:
    """How many messages went out, and how many did not this time."""

    sent: int = 0
    failed: int = 0


def send_outgoing(*, at: dt.datetime, limit: int = 50) -> Sent:
    """Send what is due at `at`, at most `limit` messages. Never inside a transaction: the other side may be slow.
    Two senders never send the same message at once, and one that is broken off is tried again."""
    waiting = Outgoing.objects.filter(sent_at=None, next_at__lte=at, attempts__lt=ATTEMPTS)
    whole = waiting.select_related("notice__member__user", "notice__member__company")
    sent = failed = 0
    for outgoing in whole.order_by("next_at", "pk")[:limit]:
        if not _taken(outgoing, at):
            continue
        trouble = _delivered(outgoing)
        if trouble:
            Outgoing.objects.filter(pk=outgoing.pk).update(trouble=trouble)
            failed += 1
        else:
            Outgoing.objects.filter(pk=outgoing.pk).update(sent_at=at, trouble="")
            sent += 1
    return Sent(sent, failed)


def _taken(outgoing: Outgoing, at: dt.datetime) -> bool:
    """Count the attempt before it is made, so that a message that breaks the sender is not tried for ever."""
    pause = dt.timedelta(minutes=_PAUSES[min(outgoing.attempts, ATTEMPTS - 1)])
    still = Q(pk=outgoing.pk, attempts=outgoing.attempts, sent_at=None)
    return Outgoing.objects.filter(still).update(attempts=F("attempts") + 1, next_at=at + pause) == 1


def _delivered(outgoing: Outgoing) -> str:
    """Deliver a message; what went wrong, empty where nothing did."""
    try:
        if outgoing.channel == Channel.EMAIL:
            _mailed(outgoing)
        else:
            _posted(outgoing)
    except WebRefusal as refusal:
        return refusal.text("en")
    except (NotDelivered, SMTPException, OSError) as trouble:
        return f"{type(trouble).__name__}: {trouble}"[:500]
    return ""


def _mailed(outgoing: Outgoing) -> None:
    member = outgoing.notice.member
    lines = _lines(outgoing, _languages(member.user.language))
    subject = " ".join(lines[0].split())[:150]
    company = member.company.name
    EmailMessage(
        f"[Sandop {company}] {subject}", "\n\n".join([*lines, _link(outgoing)]).strip(), to=[outgoing.address]
    ).send()


def _posted(outgoing: Outgoing) -> None:
    member = outgoing.notice.member
    if outgoing.everybody:
        lines = _lines(outgoing, _BOTH)
    else:
        languages = _languages(member.user.language)
        names = named(member.name, member.name_zh)
        said = _lines(outgoing, languages)
        lines = [say("decisions.to_person", one, name=names[one], text=text) for one, text in zip(languages, said)]
    content = body(kind=outgoing.channel, text="\n".join(lines), link=_link(outgoing))
    post(url=outgoing.address, kind=outgoing.channel, content=content)


def _languages(chosen: str) -> tuple[Language, ...]:
    """Who has chosen a language reads that one, who has not reads both."""
    return tuple(one for one in LANGUAGES if one == chosen) or _BOTH


def _lines(outgoing: Outgoing, languages: tuple[Language, ...]) -> list[str]:
    notice = outgoing.notice
    return [sentence(notice.message, notice.values, language) for language in languages]


def _link(outgoing: Outgoing) -> str:
    path = address_in(company=outgoing.notice.member.company.slug, link=outgoing.notice.link)
    return f"{settings.ADDRESS.url}{path}" if path else ""
