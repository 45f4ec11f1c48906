"""The meeting packet: to whom it goes, until when it is in time, which one counts, whether its rule was lifted."""

from __future__ import annotations

import datetime as dt

from sandop.cycle import is_working_day
from sandop.cycle import step as template
from sandop_web.store.days import company_days_off
from sandop_web.store.ground_rules import ground_rules
from sandop_web.store.models import Cycle, CycleStep, Member, MinuteLine, Packet
from sandop_web.store.standing import members_of, steps_of

MEETING = "sop_meeting"
PACK_INPUT = "meeting_pack"  # the input of the meeting's step that the packet is
LIFTED = "causes.minute.lifted"  # line of the minutes: the meeting is held though the packet was late
_DAY = dt.timedelta(days=1)
_HOURS = 24


def invited_roles() -> tuple[str, ...]:
    """Whom the meeting's step names, in its order."""
    step = template(MEETING)
    return tuple(dict.fromkeys((step.chair, step.accountable, *step.responsible, *step.consulted)))


def participants(cycle: Cycle) -> list[Member]:
    """Who gets the packet: whoever is invited, and the owners of decisions."""
    owners = set(cycle.decisions.exclude(state="lapsed").values_list("owner_id", flat=True))
    wanted = invited_roles()
    return [one for one in members_of(cycle.company_id) if one.active and (one.role in wanted or one.pk in owners)]


def packet_due(cycle: Cycle) -> dt.date:
    """The last working day that lies the agreed hours ahead of the meeting. A meeting has a day and no hour, so the
    hours are counted in whole days."""
    ahead = -(-ground_rules(cycle.company).packet_hours // _HOURS)
    day = cycle.meeting - ahead * _DAY
    years = range(day.year - 1, day.year + 2)
    off = company_days_off(company=cycle.company, country=cycle.country, years=years)
    while not is_working_day(day, days_off=off.off, days_worked=off.worked):
        day -= _DAY
    return day


def packet_sent(cycle: Cycle) -> Packet | None:
    """The packet that counts: the newest; None where none was sent."""
    sent = Packet.objects.filter(cycle=cycle).select_related("member", "version", "cycle")
    return sent.order_by("-number").first()


def rule_lifted(cycle: Cycle) -> MinuteLine | None:
    """The word that the meeting is held though its packet was late; None where nobody gave it."""
    return MinuteLine.objects.filter(cycle=cycle, message=LIFTED).select_related("member").order_by("-pk").first()


def is_closed_to_numbers(cycle: Cycle) -> bool:
    """Pre-S&OP is signed: what the packet says is what the meeting speaks of."""
    return any(one.step == "pre_sop" and one.state == CycleStep.State.SIGNED for one in steps_of(cycle))
