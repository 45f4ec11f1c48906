"""The packet is frozen as it was sent: agenda, decisions, key figures, meeting pack; each participant hears of it."""

import pytest
from django.db import DatabaseError, transaction
from jobs_stage import do
from meeting import at_the_doors, listed, packet_out, ready_to_sign
from stage import Act, Browser

from sandop_web.access import NotYourRole
from sandop_web.access.cycles import NoCycleOpen
from sandop_web.actions.decisions import decide
from sandop_web.actions.jobs import SuchWorkIsRunning
from sandop_web.actions.packets import MeetingIsOver, PacketIsNotReady, send_packet
from sandop_web.actions.signing import sign_plan
from sandop_web.queries.packets import packet_of_meeting
from sandop_web.store.jobs import clear_away
from sandop_web.store.models import Document, Job, Notice, Packet, StepInput, Version


def sent(act: Act) -> Packet:
    """A packet with the decisions of the plan, sent by Max."""
    listed(act("max"))
    return packet_out(act("max"))


@pytest.mark.usefixtures("cycle")
def test_it_says_what_the_meeting_will_speak_of_in_both_languages(act: Act) -> None:
    content = sent(act).content
    assert [point["id"] for point in content["agenda"]][:4] == ["opening", "past-actions", "decision-2", "decision-1"]
    assert sum(point["minutes"] for point in content["agenda"]) == 120
    assert all(decision["title"]["en"] and decision["title"]["zh"] for decision in content["decisions"])
    assert {figure["kpi"] for figure in content["figures"]} >= {"fill_rate", "utilisation_peak"}
    assert content["headline"]["en"] != content["headline"]["zh"]


@pytest.mark.usefixtures("cycle")
def test_the_job_makes_the_pack_in_both_languages_and_it_is_not_cleared_away(act: Act) -> None:
    do(send_packet(by=act("max")))
    packet = Packet.objects.get()
    assert bytes(packet.pack_en.content).startswith(b"PK") and packet.pack_en_id != packet.pack_zh_id
    assert "会议材料" in packet.pack_zh.name
    Job.objects.all().delete()
    clear_away(before=packet.at.replace(year=packet.at.year + 1))
    assert Document.objects.filter(pk__in=[packet.pack_en_id, packet.pack_zh_id]).count() == 2


@pytest.mark.usefixtures("cycle")
def test_who_is_invited_and_who_owns_a_decision_hears_of_it(act: Act) -> None:
    sent(act)
    told = set(Notice.objects.filter(message="causes.packet_is_out").values_list("member__person", flat=True))
    assert {"eve", "max", "fiona", "olaf", "hana"} <= told and "vic" not in told
    seen = packet_of_meeting(by=act("eve"))
    assert seen is not None and {one.person.person for one in seen.receipts} == told and seen.opened == 0


@pytest.mark.usefixtures("cycle")
def test_the_meetings_step_has_its_pack(act: Act) -> None:
    sent(act)
    assert StepInput.objects.get(step__step="sop_meeting", input="meeting_pack").state == "delivered"


@pytest.mark.usefixtures("cycle")
def test_what_is_decided_afterwards_is_told_against_it(act: Act) -> None:
    sent(act)
    decide(by=act("eve"), number=1, outcome="approved", chosen="c", why="go")
    seen = packet_of_meeting(by=act("vic"))
    assert seen is not None and seen.content is not None
    assert [(number, what) for number, _, what in seen.moved.decisions] == [(1, "decided")]
    assert seen.content["decisions"][0]["state"] == "open"  # what was sent stays what it was
    assert seen.moved.figures == () and seen.moved.count == 0


@pytest.mark.usefixtures("cycle")
def test_nothing_moved_while_nobody_moves_anything(act: Act) -> None:
    sent(act)
    seen = packet_of_meeting(by=act("vic"))
    assert seen is not None and not seen.moved.any


@pytest.mark.usefixtures("cycle")
def test_what_was_sent_is_never_changed(act: Act) -> None:
    packet = sent(act)
    with pytest.raises(DatabaseError), transaction.atomic():
        Packet.objects.filter(pk=packet.pk).update(content={})


@pytest.mark.usefixtures("cycle")
def test_another_packet_is_a_new_one(act: Act) -> None:
    sent(act)
    packet_out(act("eve"))
    assert list(Packet.objects.values_list("number", flat=True)) == [1, 2]
    seen = packet_of_meeting(by=act("max"))
    assert seen is not None and seen.number == 2 and seen.sent_by is not None and seen.sent_by.person == "eve"


@pytest.mark.usefixtures("cycle")
def test_it_is_made_once_at_a_time(act: Act) -> None:
    send_packet(by=act("max"))
    with pytest.raises(SuchWorkIsRunning):
        send_packet(by=act("eve"))


@pytest.mark.usefixtures("cycle")
def test_results_older_than_the_numbers_are_not_sent(act: Act) -> None:
    Version.objects.update(results_of=99)
    with pytest.raises(PacketIsNotReady) as refused:
        send_packet(by=act("max"))
    assert "run the month" in refused.value.remedy("en")


@pytest.mark.usefixtures("cycle")
def test_a_signed_plan_needs_no_packet(act: Act) -> None:
    sign_plan(by=act("eve"), version=ready_to_sign(act("eve")), why="agreed")
    with pytest.raises(MeetingIsOver):
        send_packet(by=act("max"))


@pytest.mark.usefixtures("version")
def test_without_a_cycle_there_is_no_meeting(act: Act) -> None:
    assert packet_of_meeting(by=act("max")) is None
    with pytest.raises(NoCycleOpen):
        send_packet(by=act("max"))


@pytest.mark.usefixtures("cycle")
def test_the_sop_manager_or_the_general_manager_sends_it(act: Act, client_of: Browser) -> None:
    with pytest.raises(NotYourRole):
        send_packet(by=act("dana"))
    at_the_doors(client_of, "meeting/packet/send/", who="max", not_for=("dana", "vic"))
    assert Job.objects.get(work="send_packet").user.username == "max"
