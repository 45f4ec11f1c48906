"""Who has opened the packet: said by the page once it is open, kept as of the first time."""

import datetime as dt

import pytest
from meeting import at_the_doors, packet_out
from stage import NOW, Act, Browser

from sandop_web.access import NotYourRole
from sandop_web.access.cycles import NoCycleOpen
from sandop_web.actions.packets import open_packet
from sandop_web.queries.packets import packet_of_meeting
from sandop_web.store.models import PacketReceipt

LATER = NOW + dt.timedelta(hours=3)


def opened(person: str) -> dt.datetime | None:
    return PacketReceipt.objects.order_by("-packet__number").filter(member__person=person)[0].opened_at


@pytest.mark.usefixtures("cycle")
def test_the_first_time_counts(act: Act) -> None:
    packet_out(act("max"))
    open_packet(by=act("eve"))
    open_packet(by=act("eve", at=LATER))
    seen = packet_of_meeting(by=act("vic"))
    assert seen is not None and opened("eve") == NOW and opened("fiona") is None and seen.opened == 1


@pytest.mark.usefixtures("cycle")
def test_a_new_packet_is_to_be_opened_anew(act: Act) -> None:
    packet_out(act("max"))
    open_packet(by=act("eve"))
    packet_out(act("max"))
    assert opened("eve") is None


@pytest.mark.usefixtures("cycle")
def test_who_was_sent_none_leaves_no_trace(act: Act) -> None:
    open_packet(by=act("eve"))
    packet_out(act("max"))
    open_packet(by=act("pia"))
    assert not PacketReceipt.objects.exclude(opened_at=None).exists()


@pytest.mark.usefixtures("version")
def test_without_a_cycle_there_is_nothing_to_open(act: Act) -> None:
    with pytest.raises(NoCycleOpen):
        open_packet(by=act("eve"))


@pytest.mark.usefixtures("cycle")
def test_everybody_but_a_viewer_opens_their_own(act: Act, client_of: Browser) -> None:
    with pytest.raises(NotYourRole):
        open_packet(by=act("vic"))
    packet_out(act("max"))
    at_the_doors(client_of, "meeting/packet/opened/", who="fiona", not_for=("vic",))
    assert opened("fiona") is not None
    asked_by_the_page = client_of("eve").post("/c/small/meeting/packet/opened/", headers={"HX-Request": "true"})
    assert asked_by_the_page.status_code == 204 and opened("eve") is not None
