"""What the workers see to by themselves: notices go out, what nobody refers to is thrown away."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from sandop_web.actions.packets import send_due_packets
from sandop_web.actions.reminding import due_reminders
from sandop_web.actions.sending import send_outgoing
from sandop_web.store.chores import my_turn
from sandop_web.store.garbage import collect_garbage
from sandop_web.store.jobs import clear_away
from sandop_web.store.visits import forget_visits

LOOK = 10.0  # seconds between two looks for what is due
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chore:
    """Something to be done every so often; `do` takes the moment."""

    name: str
    every: dt.timedelta
    do: Callable[[dt.datetime], object]


def _send_notices(at: dt.datetime) -> None:
    due_reminders(at=at)
    send_due_packets(at=at)
    send_outgoing(at=at)


def _collect_garbage(at: dt.datetime) -> None:  # noqa: ARG001 (every chore is told the moment)
    collect_garbage()


def _clear_away(at: dt.datetime) -> None:
    before = at - dt.timedelta(days=settings.KEEP_DOCUMENTS_DAYS)
    clear_away(before=before)
    forget_visits(at=at, before=before)


CHORES = (
    Chore("send_notices", dt.timedelta(minutes=1), _send_notices),
    Chore("clear_away", dt.timedelta(days=1), _clear_away),
    Chore("collect_garbage", dt.timedelta(days=1), _collect_garbage),
)


def see_to(chores: tuple[Chore, ...], *, at: dt.datetime) -> list[str]:
    """Do what is due and nobody else has taken; the names of what was done. A chore that fails is told to the log
    and comes again."""
    done = []
    for chore in chores:
        try:
            if my_turn(name=chore.name, every=chore.every, at=at):
                chore.do(at)
                done.append(chore.name)
        except Exception:
            log.exception("%s failed", chore.name)
    return done


def keep_seeing_to(stop: threading.Event) -> None:
    """See to the chores until `stop` is set."""
    while not stop.is_set():
        close_old_connections()
        see_to(CHORES, at=timezone.now())
        stop.wait(LOOK)
    connection.close()
