"""The decision list and the S&OP meeting on the stage, for tests of both.

The small company's results ask for two decisions: extra shifts on LINE (Olaf's; b and c earn money, c is recommended)
and the cuts for E and W (Hana's).
"""

from __future__ import annotations

from collections.abc import Mapping

from stage import Browser

from sandop.wording import LANGUAGES, Language
from sandop_web.access import Actor
from sandop_web.access.cycles import cycle_now
from sandop_web.actions.decisions import WayToDecide, add_decision, decide, take_up_decisions
from sandop_web.actions.packets import keep_packet
from sandop_web.queries.packet_content import packet_content
from sandop_web.store.models import Cycle, CycleStep, Decision, Packet
from sandop_web.store.plans import change_count

SHIFTS, CUTS = 1, 2


def listed(by: Actor) -> None:
    """The decisions of the plan stand on the list."""
    take_up_decisions(by=by)


def asked(
    by: Actor,
    *,
    money: float = 0.0,
    cost: float = 0.0,
    units: float = 0.0,
    owner: str = "",
    title: str = "A test rig",
) -> int:
    """A decision on the list whose alternative b is recommended and has this at stake; its number."""
    return add_decision(
        by=by,
        title=title,
        owner=owner,
        alternatives=[
            WayToDecide(text="Leave it"),
            WayToDecide(text="Buy it", money=money, cost=cost, units=units, recommended=True),
        ],
    )


def all_decided(by: Actor) -> None:
    """Everything on the list is approved as recommended."""
    for decision in Decision.objects.filter(cycle__company_id=by.company_id, state=Decision.State.OPEN):
        letter = next(one.letter for one in decision.alternatives.all() if one.recommended)
        decide(by=by, number=decision.number, outcome="approved", chosen=letter, why="as recommended")


def packet_out(by: Actor) -> Packet:
    """The packet of the meeting is out, sent by `by` at their moment; the job that makes it has its own test."""
    cycle = cycle_now(by=by)
    packs: dict[Language, tuple[str, bytes]] = {one: (f"pack {one}.xlsx", f"PK {one}".encode()) for one in LANGUAGES}
    return keep_packet(
        by=by,
        cycle=cycle,
        changes=change_count(cycle.version),
        content=packet_content(by=by),
        packs=packs,
        by_itself=False,
    )


def in_the_meeting() -> Cycle:
    """Every step up to pre-S&OP is signed and the S&OP meeting is on."""
    cycle = Cycle.objects.get()
    before = cycle.steps.get(step="sop_meeting").place
    cycle.steps.filter(place__lt=before).update(state=CycleStep.State.SIGNED)
    cycle.steps.filter(step="sop_meeting").update(state=CycleStep.State.OPEN)
    return cycle


def ready_to_sign(eve: Actor) -> int:
    """All is decided in the meeting; the version to sign."""
    listed(eve)
    all_decided(eve)
    return in_the_meeting().version_id


def at_the_doors(
    client_of: Browser,
    page: str,
    *,
    who: str,
    form: Mapping[str, object] | None = None,
    not_for: tuple[str, ...] = (),
) -> None:
    """Everybody comes to the POST page with the same form: who may is sent on, the others are refused each in their
    way, and nobody gets it by GET."""
    address, form = f"/c/small/{page}", dict(form or {})
    for person in not_for:
        assert client_of(person).post(address, form).status_code == 403, person
    assert client_of("olga").post(address, form).status_code == 404
    signed_out = client_of("").post(address, form)
    assert signed_out.status_code == 302 and "sign-in" in signed_out["Location"]
    assert client_of(who).get(address).status_code == 405
    taken = client_of(who).post(address, form)
    assert taken.status_code == 303 and "sign-in" not in taken["Location"], taken.content.decode()
